import type { ReactNode } from 'react';
import type { ReaderForm } from '../../../shared/domain/peripherals.ts';
import type { CardGuide } from '../card-guide.ts';

interface CardAtSlotProps {
  readonly guide: CardGuide;
  readonly form: Exclude<ReaderForm, 'plate'>;
}

/** A card before a reader that it is pushed into, or through which it is drawn. */
export function CardAtSlot({ guide, form }: CardAtSlotProps) {
  return (
    <svg className="art card-art" data-guide={guide} data-form={form} viewBox="0 0 720 480" aria-hidden="true">
      {form === 'slot' ? <Slot guide={guide} /> : <Channel guide={guide} />}
    </svg>
  );
}

/** A card from its front, its photo to the right. */
function Card(): ReactNode {
  return (
    <>
      <rect className="art-solid" x="0" y="0" width="240" height="152" rx="16" />
      <rect x="0" y="0" width="240" height="152" rx="16" />
      <circle cx="182" cy="54" r="22" />
      <path d="M146 122c3-24 18-34 36-34s33 10 36 34" />
      <path className="art-soft" d="M24 44h80M24 76h96M24 108h60" />
    </>
  );
}

/** A slot in the front of the kiosk; the card goes in below its lip. */
function Slot({ guide }: { readonly guide: CardGuide }): ReactNode {
  const inside = guide === 'reading' || guide === 'stay';
  return (
    <>
      <rect className="art-fill" x="120" y="40" width="480" height="180" rx="20" />
      <rect x="120" y="40" width="480" height="180" rx="20" />
      <g transform={`translate(240 ${inside ? 176 : 292})`}>
        <g className={inside ? undefined : 'card-pushed'}>
          <Card />
        </g>
      </g>
      <path className="art-fill" d="M121 100h478v100H121z" />
      <path d="M200 200h320" strokeWidth="12" />
      <circle className={guide === 'reading' ? 'slot-light' : 'art-soft'} cx="540" cy="120" r="12" />
      {guide === 'again' && <path className="card-arrow" d="M130 290v110m-24-26 24 26 24-26" />}
      {!inside && <path className="card-arrow" d="M590 400v-110m-24 26 24-26 24 26" />}
    </>
  );
}

/** A channel through which the card is drawn from one end to the other. */
function Channel({ guide }: { readonly guide: CardGuide }): ReactNode {
  return (
    <>
      <path className="art-fill" d="M100 300h520l40 60v60H60v-60z" />
      <g transform="translate(150 170)">
        <g className={guide === 'reading' ? undefined : 'card-drawn'}>
          <Card />
        </g>
      </g>
      <path className="art-fill" d="M61 340h598v80H61z" />
      <path d="M100 300 60 360v60h600v-60l-40-60" />
      <path d="M60 340h600" strokeWidth="9" />
      {guide === 'reading' ? (
        <circle className="slot-light" cx="600" cy="382" r="12" />
      ) : (
        <path className="card-arrow" d="M440 110h140m-26-24 26 24-26 24" />
      )}
    </>
  );
}
