import { describe, expect, test } from 'vitest';
import { parseBaseReply } from '../../../src/main/card-reader/base-reply.ts';
import { parseAppendedAddress, parseTextBlock } from '../../../src/main/card-reader/layouts.ts';
import { encodeCard, fieldsThatDoNotFit } from '../../../src/main/card-reader/simulator/text-block.ts';
import { CARD_KINDS } from '../../../src/shared/domain/document.ts';
import { readIdentityNumber } from '../../../src/shared/domain/identity-number.ts';
import { reportOnNumber } from '../../../src/shared/domain/number-report.ts';
import { CARDS } from '../../support/card-reader/cards.ts';
import { fuzzFrames } from '../../support/card-reader/frame-fuzz.ts';
import { seededRandom } from '../../support/card-reader/seeded-random.ts';

describe('mutated replies', () => {
  test.each([1, 20_261_122])('seed %i: no crash, no wrong identity, in step again after silence', (seed) => {
    const frames = 25_000;
    const report = fuzzFrames(frames, seed);
    expect(report).toMatchObject({ frames, invented: 0, wrong: 0, notResynchronised: 0 });
    // The intact frame of nearly every stream came out, so the run has seen what it judges.
    expect(report.identities).toBeGreaterThan(frames * 0.95);
    expect(report.unharmed).toBeGreaterThan(frames * 0.02);
    expect(report.chanceFrames).toBeGreaterThan(0);
    // An intact frame is only lost to a chance frame, and eight bits of checksum are right one time in 256.
    expect(report.takenAlong).toBeLessThan(frames * 0.03);
  });

  test('the same seed does the same', () => {
    expect(fuzzFrames(500, 3)).toEqual(fuzzFrames(500, 3));
    expect(fuzzFrames(500, 3)).not.toEqual(fuzzFrames(500, 4));
  });
});

describe('mutated text blocks', () => {
  test('give fields that read the same when they are written again, or a reason', () => {
    const random = seededRandom(11);
    const pool = CARD_KINDS.map((kind) => encodeCard(CARDS[kind]).text);
    let read = 0;
    let refused = 0;
    for (let n = 0; n < 30_000; n++) {
      const text = random.pick(pool).slice();
      for (let changes = random.below(4); changes >= 0; changes--) {
        text[random.below(256)] = random.pick([random.below(256), 0, 0x20, 0x30, 0x31, 0xd8, 0xdf]);
      }
      const parsed = parseTextBlock(text);
      if (!parsed.ok) {
        expect(['card.malformed', 'card.unknown-kind']).toContain(parsed.error.code);
        refused++;
        continue;
      }
      read++;
      const { kind, fields } = parsed.value;
      for (const value of Object.values(fields)) expect(String(value).isWellFormed()).toBe(true);
      const written = fieldsThatDoNotFit(kind, fields).length === 0 ? encodeCard(parsed.value).text : null;
      // A blank or odd link to a former number is not kept, and neither is an odd nation code.
      if (written) expect(parseTextBlock(written)).toEqual(parsed);
    }
    expect([read > 2000, refused > 2000]).toEqual([true, true]);
  });
});

test('random bytes give reasons, whatever they are taken for', () => {
  const random = seededRandom(5);
  for (let n = 0; n < 20_000; n++) {
    const bytes = Uint8Array.from({ length: random.pick([0, 1, 4, 6, 70, 256, 300, 1284]) }, () => random.below(256));
    for (const result of [parseBaseReply(bytes), parseTextBlock(bytes)]) expect(result.ok).toBe(false);
    const address = parseAppendedAddress(bytes);
    expect(address.ok && bytes.length !== 70).toBe(false);
    const text = Buffer.from(bytes.subarray(0, 20)).toString('latin1');
    expect([readIdentityNumber(text).ok, reportOnNumber(text, '2026-01-01').ok]).toEqual([false, false]);
  }
});
