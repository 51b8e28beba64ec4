import type { BankIssuers } from '../../../../shared/domain/bank-issuers.ts';
import type { BankCardIssue } from '../../../../shared/domain/document-reading.ts';
import type { Frame } from '../../frame.ts';
import type { ReadLine } from '../contract.ts';
import type { BankCardContent, SeenBankCard } from './contract.ts';
import { quadAround } from './digit-rows.ts';
import { expiryFieldOf, NOT_FOUND } from './expiry-field.ts';
import { holderFieldOf } from './holder-field.ts';
import { middleOf, placeOf } from './line-geometry.ts';
import { numberFieldOf } from './number-field.ts';
import type { ReadRow } from './number-reading.ts';
import { readNumberRows } from './number-search.ts';
import { RELIEF_LIMITS, reliefScore } from './relief-cue.ts';
import { stripOf } from './strip-variants.ts';

/** Flanks are finer than digits, so that they are looked at in strips this high. */
const RELIEF_HEIGHT = 96;

const UNKNOWN_ISSUE: BankCardIssue = { issuer: null, issuerCode: null, type: null, cardName: null };

/**
 * Reads an upright bank card. The number is given as it was read: Luhn's check and the table of issuers only tell
 * whether to doubt it. The issuer is told for numbers that check.
 */
export async function readBankCard(
  { card: { picture }, lines, engine, today }: SeenBankCard,
  issuers: BankIssuers,
): Promise<BankCardContent> {
  const rows = await readNumberRows(picture, lines, engine, issuers);
  if (rows.length === 0) {
    const fields = { number: NOT_FOUND, expiry: NOT_FOUND, holder: NOT_FOUND };
    return { fields, issue: UNKNOWN_ISSUE, embossed: null };
  }
  const number = numberFieldOf(rows, picture);
  const others = lines.filter((line) => !isWithin(line, rows));
  const expiry = await expiryFieldOf(picture, others, engine, today);
  const below = Math.max(...rows.map(({ place }) => middleOf(place)[1] + place.height / 2));
  const holder = await holderFieldOf(picture, others, engine, below);
  const checks = number.doubt !== 'check-digit' && number.doubt !== 'form';
  return {
    fields: { number, expiry, holder },
    issue: number.text !== null && checks ? issuers.issueOf(number.text) : UNKNOWN_ISSUE,
    embossed: isRaised(picture, rows),
  };
}

function isWithin(line: ReadLine, rows: readonly ReadRow[]): boolean {
  const place = placeOf(line.region.quad);
  const [x, y] = middleOf(place);
  return rows.some(({ place: { from, to, height } }) => {
    const along = (x - from[0]) / Math.max(1, to[0] - from[0]);
    return along > -0.02 && along < 1.02 && Math.abs(y - from[1] - along * (to[1] - from[1])) < height / 2;
  });
}

function isRaised(picture: Frame, rows: readonly ReadRow[]): boolean | null {
  const score = reliefScore(stripOf(picture, quadAround(rows[0]!.place), RELIEF_HEIGHT));
  if (score >= RELIEF_LIMITS.raised) return true;
  return score <= RELIEF_LIMITS.flat ? false : null;
}
