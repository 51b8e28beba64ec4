import { BANK_CARD_DIGITS } from '../../../../shared/domain/bank-card.ts';
import { parseIdentityNumber } from '../../../../shared/domain/identity-number.ts';
import { cardSchemeOf, type BankIssuers } from '../../../../shared/domain/bank-issuers.ts';
import type { Frame } from '../../frame.ts';
import type { ReadLine, TextEngine } from '../contract.ts';
import { likelyBands } from './band-search.ts';
import { digitRowsOf, stackedRows, type DigitRow } from './digit-rows.ts';
import { readBand, readRow, type ReadRow } from './number-reading.ts';

/** With so many digits in one row, the others don't belong to the number. */
const NEARLY_WHOLE = 10;
/** A row that was hardly found is read all the same. */
const LEAST_FOUND = 4;

/**
 * Finds and reads the number: in the row with the most digits, in rows one under the other, or, where no text was
 * found, in the bands that look like digits. Empty when there is none.
 */
export async function readNumberRows(
  card: Frame,
  lines: readonly ReadLine[],
  engine: TextEngine,
  issuers: BankIssuers,
): Promise<readonly ReadRow[]> {
  const rows = digitRowsOf(lines).sort((a, b) => likelihood(b, issuers) - likelihood(a, issuers));
  const [best] = rows;
  const stack = best && best.digits >= NEARLY_WHOLE ? null : stackedRows(rows);
  if (stack) {
    const read: (ReadRow | null)[] = [];
    for (const row of stack) read.push(await readRow(card, row, engine));
    return read.filter((row) => row !== null);
  }
  const row = best && best.digits >= LEAST_FOUND ? await readRow(card, best, engine) : null;
  if (row && row.vote.digits.length >= BANK_CARD_DIGITS.least - 1) return [row];
  for (const band of likelyBands(card)) {
    const found = await readBand(card, band, engine);
    if (found && found.vote.digits.length > (row?.vote.digits.length ?? 0)) return [found];
  }
  return row ? [row] : [];
}

/** Ranks rows: as many digits as a number has, as its lines read a known beginning; no person's number. */
function likelihood({ digits, lines, height }: DigitRow, issuers: BankIssuers): number {
  const text = lines.map((line) => line.text.replace(/\D/g, '')).join('');
  const fits = digits >= BANK_CARD_DIGITS.least && digits <= BANK_CARD_DIGITS.most + 1;
  const begins = cardSchemeOf(text) !== null || issuers.knows(text);
  const personal = parseIdentityNumber(text).ok && !begins;
  return (
    Math.min(digits, BANK_CARD_DIGITS.most) + (fits ? 10 : 0) + (begins ? 4 : 0) - (personal ? 20 : 0) + height / 100
  );
}
