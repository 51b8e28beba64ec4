import type { ReactNode } from 'react';
import type { ChipGuide } from '../chip-guide.ts';

/** The same reader as for cards, with a field as large as a booklet. */
function Reader(): ReactNode {
  return (
    <>
      <path className="art-fill" d="M130 330h460l80 100H50z" />
      <path d="M130 330h460l80 100H50z" />
      <path d="M50 430v16a10 10 0 0 0 10 10h600a10 10 0 0 0 10-10v-16" />
      <path className="art-soft card-field" d="M206 346h308l52 68H154z" />
    </>
  );
}

/** A closed booklet as it lies in the field. */
function FlatPassport(): ReactNode {
  return (
    <>
      <path className="art-solid" d="M232 352h256l42 56H190z" />
      <path d="M232 352h256l42 56H190z" />
      <path d="M190 408v8h340v-8" />
      <ellipse cx="360" cy="376" rx="34" ry="11" />
      <path className="art-soft" d="M300 396h120" />
    </>
  );
}

/** A booklet seen from its front, with the sign of a chip. */
function Cover(): ReactNode {
  return (
    <>
      <rect className="art-solid" x="262" y="16" width="196" height="250" rx="14" />
      <rect x="262" y="16" width="196" height="250" rx="14" />
      <path className="art-soft" d="M278 18v246" />
      <circle cx="366" cy="112" r="46" />
      <path className="art-soft" d="M320 112h92M366 66c26 28 26 64 0 92M366 66c-26 28-26 64 0 92" />
      <path d="M344 210h44v28h-44zM328 224h16M388 224h16" />
      <circle cx="366" cy="224" r="7" />
    </>
  );
}

function Lay(): ReactNode {
  return (
    <>
      <g className="passport-moving">
        <Cover />
      </g>
      <path className="card-arrow" d="M360 282v36m-18-18 18 18 18-18" />
    </>
  );
}

function Again(): ReactNode {
  return (
    <>
      <path className="card-arrow" d="M110 310v-120m-24 26 24-26 24 26" />
      <path className="card-arrow" d="M610 190v120m-24-26 24 26 24-26" />
      <g className="card-raised">
        <FlatPassport />
      </g>
    </>
  );
}

function Reading(): ReactNode {
  return (
    <>
      <FlatPassport />
      <g className="card-waves">
        <path d="M316 300a64 64 0 0 1 88 0" />
        <path d="M288 266a104 104 0 0 1 144 0" />
        <path d="M260 232a144 144 0 0 1 200 0" />
      </g>
    </>
  );
}

function Finished(): ReactNode {
  return (
    <>
      <FlatPassport />
      <circle className="art-fill" cx="360" cy="190" r="80" />
      <circle cx="360" cy="190" r="80" />
      <path d="m322 192 26 26 52-58" />
    </>
  );
}

/** Somebody behind a counter looks at the booklet. */
function Unreadable(): ReactNode {
  return (
    <>
      <FlatPassport />
      <circle className="art-solid" cx="360" cy="120" r="46" />
      <circle cx="360" cy="120" r="46" />
      <path d="M262 292c8-62 46-92 98-92s90 30 98 92" />
    </>
  );
}

const SHOWN = {
  lay: Lay,
  again: Again,
  reading: Reading,
  finished: Finished,
  unreadable: Unreadable,
} as const satisfies Record<ChipGuide, () => ReactNode>;

/** What to do with the passport. Without motion the drawing says the same. */
export function PassportOnReader({ guide }: { readonly guide: ChipGuide }) {
  const Shown = SHOWN[guide];
  return (
    <svg className="art passport-art" data-guide={guide} viewBox="0 0 720 480" aria-hidden="true">
      <Reader />
      <Shown />
    </svg>
  );
}
