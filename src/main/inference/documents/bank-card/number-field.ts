import { BANK_CARD_DIGITS } from '../../../../shared/domain/bank-card.ts';
import { fitsScheme } from '../../../../shared/domain/bank-issuers.ts';
import type { ReadField } from '../../../../shared/domain/document-reading.ts';
import { passesLuhn } from '../../../../shared/domain/luhn.ts';
import type { Frame } from '../../frame.ts';
import type { Quad } from '../contract.ts';
import { quadAround } from './digit-rows.ts';
import type { VotedDigit } from './digit-vote.ts';
import { cardBoxOf } from './line-geometry.ts';
import type { ReadRow } from './number-reading.ts';

/**
 * The least confidence of a number's weakest digit with which it is sure, and the greatest share of readings that may
 * see a digit where the others see none. Chosen on the development half of the specimens.
 */
export const NUMBER_LIMITS = { confidence: 0.6, stray: 0.35 } as const;

/**
 * Two digits of one place that are this close are both well supported by the picture: there, and only there, the check
 * digit of the whole number may say which one is given first, and the number is `unclear` all the same.
 */
const TIE = { least: 0.3, margin: 0.15 } as const;

/** The number of a card, out of the rows that hold it. */
export function numberFieldOf(rows: readonly ReadRow[], card: Pick<Frame, 'width' | 'height'>): ReadField {
  const digits = rows.flatMap(({ vote }) => vote.digits);
  const stray = Math.max(0, ...rows.map(({ vote }) => vote.stray));
  const { text, tied } = ranked(digits);
  const confidence = leastOf(text, digits);
  const unclear = tied || confidence < NUMBER_LIMITS.confidence || stray > NUMBER_LIMITS.stray;
  const box = cardBoxOf(boundsOf(rows), card);
  return { text, confidence, doubt: formDoubt(text) ?? (unclear ? 'unclear' : null), box };
}

/** What is wrong with a number as such: its length, or its check digit. */
function formDoubt(text: string): 'form' | 'check-digit' | null {
  if (text.length < BANK_CARD_DIGITS.least || text.length > BANK_CARD_DIGITS.most || !fitsScheme(text)) return 'form';
  return passesLuhn(text) ? null : 'check-digit';
}

/** The best reading; of a single place with two digits about as likely, the one with which the number checks. */
function ranked(digits: readonly VotedDigit[]): { readonly text: string; readonly tied: boolean } {
  const text = digits.map(({ digit }) => digit).join('');
  const ties = digits.flatMap((one, at) => (isTie(one) ? [at] : []));
  if (ties.length !== 1 || passesLuhn(text)) return { text, tied: ties.length > 0 };
  const [at] = ties;
  const other = text.slice(0, at) + digits[at!]!.second.digit + text.slice(at! + 1);
  return { text: passesLuhn(other) ? other : text, tied: true };
}

function isTie({ confidence, second }: VotedDigit): boolean {
  return second.confidence >= TIE.least && confidence - second.confidence <= TIE.margin;
}

/** The least confidence among the digits that were given. */
function leastOf(text: string, digits: readonly VotedDigit[]): number {
  return Math.min(
    ...digits.map(({ digit, confidence, second }, at) => (text[at] === digit ? confidence : second.confidence)),
  );
}

function boundsOf(rows: readonly ReadRow[]): Quad {
  const corners = rows.flatMap(({ place }) => quadAround(place));
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
}
