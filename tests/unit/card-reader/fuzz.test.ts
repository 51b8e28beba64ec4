import { describe, expect, test } from 'vitest';
import { parseBaseReply } from '../../../src/main/card-reader/base-reply.ts';
import { FrameDecoder } from '../../../src/main/card-reader/frame-codec.ts';
import { parseAppendedAddress, parseTextBlock } from '../../../src/main/card-reader/layouts.ts';
import { baseData, dataFrame } from '../../../src/main/card-reader/simulator/simulated-reader.ts';
import { encodeCard, fieldsThatDoNotFit } from '../../../src/main/card-reader/simulator/text-block.ts';
import { STATUS } from '../../../src/main/card-reader/status-codes.ts';
import { CARD_KINDS } from '../../../src/shared/domain/document.ts';
import { readIdentityNumber } from '../../../src/shared/domain/identity-number.ts';
import { reportOnNumber } from '../../../src/shared/domain/number-report.ts';
import { CARDS } from '../../support/card-reader/cards.ts';
import { fuzzFrames } from '../../support/card-reader/frame-fuzz.ts';
import { splitAtRandom } from '../../support/card-reader/frame-mutations.ts';
import { seededRandom } from '../../support/card-reader/seeded-random.ts';

describe('mutated replies', () => {
  test.each([1, 20_261_122])('seed %i: no crash, no wrong identity, in step again after silence', (seed) => {
    const frames = 12_000;
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

test('noise in a line that is never silent delays frames, and loses none but to a frame that is right by chance', () => {
  const random = seededRandom(23);
  const frames = CARD_KINDS.map((kind) => {
    return Buffer.from(dataFrame(STATUS.ok, baseData(encodeCard(CARDS[kind]), false)));
  });
  const decoder = new FrameDecoder();
  let lost = 0;
  for (let round = 0; round < 2500; round++) {
    const noise = Buffer.from(Array.from({ length: 1 + random.below(200) }, () => random.below(256)));
    for (let starts = random.below(3); starts > 0; starts--) {
      noise.set([0xaa, 0xaa, 0x96, 0x69, random.below(16), random.below(256)].slice(0, noise.length), 0);
    }
    // Behind 4,096 bytes no false start is believed any more, whatever length it claims.
    const behind = [...frames, ...frames];
    const events = splitAtRandom(Buffer.concat([noise, ...behind]), random).flatMap((chunk) => decoder.push(chunk, 0));
    const payloads = events.flatMap((event) => (event.kind === 'frame' ? [Buffer.from(event.payload)] : []));
    const found = behind.filter((frame) => payloads.some((payload) => frame.subarray(7, -1).equals(payload))).length;
    const isChance = payloads.some((payload) => !frames.some((frame) => frame.subarray(7, -1).equals(payload)));
    if (!isChance) expect([found, payloads.length]).toEqual([behind.length, behind.length]);
    else lost++;
    expect(decoder.pendingBytes).toBe(0);
  }
  expect(lost).toBeGreaterThan(0);
  expect(lost).toBeLessThan(2500 / 100);
});

describe('mutated text blocks', () => {
  test('give fields that read the same when they are written again, or a reason', () => {
    const random = seededRandom(11);
    const pool = CARD_KINDS.map((kind) => encodeCard(CARDS[kind]).text);
    let read = 0;
    let refused = 0;
    for (let n = 0; n < 15_000; n++) {
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
    expect([read > 1000, refused > 1000]).toEqual([true, true]);
  });
});

test('random bytes give reasons, whatever they are taken for', () => {
  const random = seededRandom(5);
  for (let n = 0; n < 10_000; n++) {
    const bytes = Uint8Array.from({ length: random.pick([0, 1, 4, 6, 70, 256, 300, 1284]) }, () => random.below(256));
    for (const result of [parseBaseReply(bytes), parseTextBlock(bytes)]) expect(result.ok).toBe(false);
    const address = parseAppendedAddress(bytes);
    expect(address.ok && bytes.length !== 70).toBe(false);
    const text = Buffer.from(bytes.subarray(0, 20)).toString('latin1');
    expect([readIdentityNumber(text).ok, reportOnNumber(text, '2026-01-01').ok]).toEqual([false, false]);
  }
});
