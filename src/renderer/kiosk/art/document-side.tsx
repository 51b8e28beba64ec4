import type { ReactNode } from 'react';
import type { DocumentPage } from '../../../shared/domain/document-reading.ts';

const CARD = <rect x="3" y="3" width="122" height="76" rx="9" />;
const CARD_GROUND = <rect className="art-fill" x="3" y="3" width="122" height="76" rx="9" />;

const SIDES: Readonly<Record<DocumentPage, ReactNode>> = {
  'id-card-front': (
    <>
      {CARD_GROUND}
      {CARD}
      <circle cx="95" cy="28" r="9" />
      <path d="M79 56c1-12 7-16 16-16s15 4 16 16" />
      <path className="art-soft" d="M16 22h36M16 38h44M16 66h84" />
    </>
  ),
  'id-card-back': (
    <>
      {CARD_GROUND}
      {CARD}
      <path d="m27 14 4 9 9 1-7 7 2 9-8-5-9 5 3-9-7-7 9-1z" />
      <path className="art-soft" d="M54 20h56M54 36h44M30 58h70M30 68h56" />
    </>
  ),
  'bank-card': (
    <>
      {CARD_GROUND}
      {CARD}
      <rect x="16" y="22" width="22" height="17" rx="3" />
      <path d="M16 54h18M42 54h18M68 54h18M94 54h16" />
      <path className="art-soft" d="M16 67h40" />
    </>
  ),
  'travel-document': (
    <>
      <rect className="art-fill" x="8" y="3" width="112" height="76" rx="7" />
      <rect x="8" y="3" width="112" height="76" rx="7" />
      <circle cx="33" cy="22" r="7" />
      <path d="M20 46c1-11 6-14 13-14s12 3 13 14" />
      <path className="art-soft" d="M58 18h48M58 32h36M58 44h42" />
      <path d="M18 60h92M18 70h92" />
    </>
  ),
};

/** Which side of a document is meant. */
export function DocumentSide({ page }: { readonly page: DocumentPage }) {
  return (
    <svg className="document-side-art" data-page={page} viewBox="0 0 128 82" aria-hidden="true">
      {SIDES[page]}
    </svg>
  );
}
