import type { ReactNode } from 'react';
import type { GuardianGuide } from '../guardian-guide.ts';
import { CARD_DRAWINGS, Reader } from './card-on-reader.tsx';

/** The child's card, put aside: it has been read. */
function ChildCard({ leaving = false }: { readonly leaving?: boolean }): ReactNode {
  return (
    <g className={leaving ? 'card-child card-child-leaving' : 'card-child'}>
      <rect className="art-solid" x="16" y="120" width="150" height="96" rx="12" />
      <rect x="16" y="120" width="150" height="96" rx="12" />
      <circle cx="128" cy="154" r="13" />
      <path d="M106 196c2-15 10-20 22-20s20 5 22 20" />
      <path className="art-soft" d="M34 150h48M34 172h56" />
      <circle className="art-ground" cx="150" cy="112" r="24" />
      <circle className="art-fill" cx="150" cy="112" r="24" />
      <circle cx="150" cy="112" r="24" />
      <path d="m139 113 8 8 15-18" />
    </g>
  );
}

/** The guardian's card comes down to the field: a larger person with a smaller one beside. */
function GuardianLays(): ReactNode {
  return (
    <>
      <g className="card-moving">
        <rect className="art-solid" x="210" y="36" width="300" height="192" rx="18" />
        <rect x="210" y="36" width="300" height="192" rx="18" />
        <circle cx="424" cy="98" r="28" />
        <path d="M370 194c4-36 22-50 54-50s50 14 54 50" />
        <path className="art-soft" d="M242 90h92M242 130h104M242 170h72" />
      </g>
      <path className="card-arrow" d="M360 256v44m-20-20 20 20 20-20" />
    </>
  );
}

function Shown({ guide }: { readonly guide: GuardianGuide }): ReactNode {
  if (guide === 'lay' || guide === 'swap') return <GuardianLays />;
  const Drawing = CARD_DRAWINGS[guide];
  return <Drawing />;
}

/** The reader of every card screen, with the child's card beside it. */
export function GuardianCardOnReader({ guide }: { readonly guide: GuardianGuide }) {
  return (
    <svg className="art card-art" data-guide={guide} viewBox="0 0 720 480" aria-hidden="true">
      <Reader />
      <Shown guide={guide} />
      <ChildCard leaving={guide === 'swap'} />
    </svg>
  );
}
