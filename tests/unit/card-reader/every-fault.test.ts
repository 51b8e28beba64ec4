import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noPhotoDecoder } from '../../../src/main/card-reader/photo-decoder.ts';
import { CardReader } from '../../../src/main/card-reader/reader.ts';
import { parseFault } from '../../../src/main/card-reader/simulator/fault.ts';
import type { CardKind, DocumentFields, IdentityDocument } from '../../../src/shared/domain/document.ts';
import { numberAgreesWith } from '../../../src/shared/domain/number-agreement.ts';
import { REASONS, type Failure } from '../../../src/shared/reasons.ts';
import type { Result } from '../../../src/shared/result.ts';
import { CARDS } from '../../support/card-reader/cards.ts';
import { Loopback } from '../../support/card-reader/loopback.ts';
import { cardOf } from '../../support/card-reader/random-cards.ts';
import { VirtualTiming } from '../../support/card-reader/virtual-timing.ts';

const steps = fc.constantFrom('find', 'select', 'read', 'address', 'presence', 'status', 'sam-id');
const codes = fc.constantFrom(
  '10',
  '11',
  '21',
  '23',
  '24',
  '31',
  '32',
  '33',
  '40',
  '41',
  '47',
  '60',
  '66',
  '80',
  '81',
  '91',
);

/** Every fault that a loopback can have; `no-card` would only make the reader wait. */
const fault = fc.oneof(
  fc.constantFrom(
    'lost-leading-aa',
    'garbage-before',
    'split',
    'two-replies-in-one-chunk',
    'length-beyond-4089',
    'bad-checksum',
    'silent',
    'slow',
    'echo',
    'moving-card',
    'moving-card@2',
    'swapped-card',
    'listens-at@9600',
    'refuses-30-10',
    'photo-length-0',
    'unknown-type-flag',
    'all-zero-dates',
    'bad-check-digit',
  ),
  fc.tuple(fc.constantFrom('silent', 'bad-checksum', 'bad-checksum-once'), steps).map((parts) => parts.join('@')),
  fc.tuple(steps, codes).map(([step, code]) => `status@${step}:${code}`),
  fc.integer({ min: 0, max: 2400 }).map((bytes) => `pull-mid-frame@${bytes}`),
  fc.constantFrom(0, 512, 1024).map((bytes) => `fingerprint-bytes@${bytes}`),
);
const faults = fc.array(fault, { minLength: 1, maxLength: 3 }).map((names) => names.join(','));
const anyCard = fc.constantFrom<CardKind>('resident', 'hmt', 'foreigner-2017', 'foreigner-2023').chain(cardOf);

describe('under any faults', () => {
  test('an identity is the card’s own or none, and afterwards the next card is read', async () => {
    const seen = { read: 0, failed: 0 };
    await fc.assert(
      fc.asyncProperty(faults, anyCard, fc.boolean(), async (names, card, fingerprint) => {
        const timing = new VirtualTiming();
        const line = new Loopback(timing);
        const reader = new CardReader(line, {
          timing,
          photoDecoder: noPhotoDecoder,
          cardReading: { appendedAddress: true, fingerprint: fingerprint ? 'recognise' : 'skip' },
        });
        await reader.open();
        await timing.run(reader.identify());
        line.reader.insertCard(card);
        setFault(line, names);
        const first = await readWithin(timing, reader, 60_000);
        judge(first, names, card.fields, seen);
        line.reader.removeCard();
        setFault(line, 'none');
        await timing.pass(5000);
        line.reader.insertCard(CARDS.hmt);
        const next = await readWithin(timing, reader, 60_000);
        expect(next).toMatchObject({ ok: true, value: { kind: 'hmt', fields: CARDS.hmt.fields } });
      }),
      { numRuns: 400, seed: 20_261_122 },
    );
    expect([seen.read > 50, seen.failed > 100]).toEqual([true, true]);
  });
});

function judge(
  result: Result<IdentityDocument, Failure>,
  names: string,
  fields: DocumentFields,
  seen: { read: number; failed: number },
): void {
  if (!result.ok) {
    seen.failed++;
    expect(Object.keys(REASONS)).toContain(result.error.code);
    return;
  }
  seen.read++;
  if (!names.includes('bad-check-digit')) return expect(result.value.fields).toEqual(fields);
  // What the card says is what was read; the rules refuse it.
  expect({ ...result.value.fields, number: '' }).toEqual({ ...fields, number: '' });
  expect(numberAgreesWith(result.value.kind, result.value.fields).ok).toBe(false);
}

function readWithin(timing: VirtualTiming, reader: CardReader, ms: number): Promise<Result<IdentityDocument, Failure>> {
  const stop = new AbortController();
  const cancel = timing.setTimer(() => stop.abort(), ms);
  return timing.run(reader.waitForCard(stop.signal).finally(cancel));
}

function setFault(line: Loopback, names: string): void {
  const parsed = parseFault(names, line.reader.nowMs);
  if (!parsed.ok) throw new Error(parsed.error.detail);
  line.reader.setFault(parsed.value);
}
