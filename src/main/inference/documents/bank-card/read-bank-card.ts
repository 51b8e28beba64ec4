import type { BankIssuers } from '../../../../shared/domain/bank-issuers.ts';
import type { BankCardIssue, ReadField } from '../../../../shared/domain/document-reading.ts';
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
import { runsSideways, turnedBack, uprightAgain } from './sideways.ts';
import { stripOf } from './strip-variants.ts';

/** Flanks are finer than digits, so that they are looked at in strips this high. */
const RELIEF_HEIGHT = 96;

const UNKNOWN_ISSUE: BankCardIssue = { issuer: null, issuerCode: null, type: null, cardName: null };

/**
 * Reads a bank card that lies. The number is given as it was read: Luhn's check and the table of issuers only tell
 * whether to doubt it. The issuer is told for numbers that check. Where the text runs along the card's short side, the
 * card is turned for reading; boxes are those on the card that was given.
 */
export async function readBankCard(seen: SeenBankCard, issuers: BankIssuers): Promise<BankCardContent> {
  if (!runsSideways(seen.lines)) return contentOf(seen.card.picture, seen, issuers);
  const { picture, lines, quarterTurns } = await uprightAgain(seen.card.picture, seen.engine);
  const { fields, issue, embossed } = await contentOf(picture, { ...seen, lines }, issuers);
  picture.rgb.fill(0);
  const back = (field: ReadField): ReadField => turnedBack(field, quarterTurns);
  return {
    fields: { number: back(fields.number), expiry: back(fields.expiry), holder: back(fields.holder) },
    issue,
    embossed,
  };
}

async function contentOf(
  picture: Frame,
  { lines, engine, today }: SeenBankCard,
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
