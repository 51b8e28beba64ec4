import type { ReactNode } from 'react';
import type { ReaderForm } from '../../../shared/domain/peripherals.ts';
import type { CardGuide } from '../card-guide.ts';
import { CardAtSlot } from './card-at-slot.tsx';

/** The reader with the field in its middle where a card belongs. */
export function Reader(): ReactNode {
  return (
    <>
      <path className="art-fill" d="M150 340h420l70 90H80z" />
      <path d="M150 340h420l70 90H80z" />
      <path d="M80 430v16a10 10 0 0 0 10 10h540a10 10 0 0 0 10-10v-16" />
      <path className="art-soft card-field" d="M220 354h280l40 60H180z" />
    </>
  );
}

/** A card as it lies flat in the reader's field, its photo to the right. */
function FlatCard(): ReactNode {
  return (
    <>
      <path className="art-solid" d="M236 358h248l34 52H202z" />
      <path d="M236 358h248l34 52H202z" />
      <path className="art-soft" d="M262 374h92M252 392h108" />
      <ellipse cx="440" cy="383" rx="26" ry="13" />
    </>
  );
}

/** A card from its front coming down to the field. */
function Lay(): ReactNode {
  return (
    <>
      <g className="card-moving">
        <rect className="art-solid" x="210" y="36" width="300" height="192" rx="18" />
        <rect x="210" y="36" width="300" height="192" rx="18" />
        <circle cx="436" cy="104" r="28" />
        <path d="M388 190c4-30 22-42 48-42s44 12 48 42" />
        <path className="art-soft" d="M242 90h104M242 130h124M242 170h80" />
      </g>
      <path className="card-arrow" d="M360 256v44m-20-20 20 20 20-20" />
    </>
  );
}

/** Up from the field and flat onto it again. */
function Again(): ReactNode {
  return (
    <>
      <path className="card-arrow" d="M130 320v-120m-24 26 24-26 24 26" />
      <path className="card-arrow" d="M590 200v120m-24-26 24 26 24-26" />
      <g className="card-raised">
        <FlatCard />
      </g>
    </>
  );
}

/** A card in its place, and a second one that has to go. */
function One(): ReactNode {
  return (
    <>
      <g className="card-second">
        <path className="card-dashed" d="M276 216h248l34 52H242z" />
        <circle className="art-solid" cx="400" cy="242" r="42" />
        <circle cx="400" cy="242" r="42" />
        <path d="m384 226 32 32m0-32-32 32" />
      </g>
      <FlatCard />
    </>
  );
}

/** A card that lies still while a clock goes on. */
function Stay(): ReactNode {
  return (
    <>
      <FlatCard />
      <circle className="art-soft" cx="360" cy="190" r="96" />
      <circle className="card-clock" cx="360" cy="190" r="96" pathLength="100" transform="rotate(-90 360 190)" />
      <path d="M360 130v60l40 26" />
    </>
  );
}

/** A card that is being read. */
function Reading(): ReactNode {
  return (
    <>
      <FlatCard />
      <g className="card-waves">
        <path d="M316 306a64 64 0 0 1 88 0" />
        <path d="M288 272a104 104 0 0 1 144 0" />
        <path d="M260 238a144 144 0 0 1 200 0" />
      </g>
    </>
  );
}

/** What is drawn over the reader for each thing to do. */
export const CARD_DRAWINGS = {
  lay: Lay,
  again: Again,
  one: One,
  stay: Stay,
  reading: Reading,
} as const satisfies Record<CardGuide, () => ReactNode>;

/** What to do with the card, drawn over a reader that stays where it is. Without motion the drawing says the same. */
export function CardOnReader({ guide, form }: { readonly guide: CardGuide; readonly form: ReaderForm }) {
  if (form !== 'plate') return <CardAtSlot guide={guide} form={form} />;
  const Shown = CARD_DRAWINGS[guide];
  return (
    <svg className="art card-art" data-guide={guide} viewBox="0 0 720 480" aria-hidden="true">
      <Reader />
      <Shown />
    </svg>
  );
}
