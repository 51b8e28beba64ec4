import { describe, expect, it } from 'vitest';
import type { FlowEvent } from '../../../src/main/certification/flow-event.ts';
import { createGuardianReading } from '../../../src/main/certification/guardian-reading.ts';
import type { CardReader } from '../../../src/main/certification/ports/readers.ts';
import type { SubjectDesk } from '../../../src/main/certification/ports/subject-desk.ts';
import { createWithdrawalWork, ERASE_WITHIN_MS } from '../../../src/main/certification/withdrawal-work.ts';
import type { IdentityDocument } from '../../../src/shared/domain/document.ts';
import type { KeptOfSubject } from '../../../src/shared/domain/subject-erasure.ts';
import { failure, type Failure } from '../../../src/shared/reasons.ts';
import { err, ok, type Result } from '../../../src/shared/result.ts';
import { CERTIFY_ID, sampleDocument } from './samples.ts';

const ID = CERTIFY_ID;
const TODAY = '2026-11-22';
const CHILD = '110105201801010011';
const kept: KeptOfSubject = {
  records: 1,
  recordsUntilMs: 9,
  pictures: 1,
  waiting: 0,
  requests: 0,
  returnedFaces: 0,
  sent: false,
};

/** A fresh document each time: its portrait is overwritten. */
function document(changes: Partial<IdentityDocument['fields']> = {}, simulated = false): IdentityDocument {
  const fields = { ...sampleDocument.fields, ...changes };
  const portrait = { state: 'decoded', image: new Uint8Array([1, 2, 3]), mediaType: 'image/webp' } as const;
  return { kind: 'resident', fields, portrait, simulated };
}

function reader(read: () => Promise<Result<IdentityDocument, Failure>>, occupied = false): CardReader {
  return {
    read: (_, onProgress) => {
      onProgress('reading');
      return read();
    },
    isOccupied: async () => occupied,
    presence: async () => 'unknown',
    identity: () => null,
  };
}

describe('the guardian’s card', () => {
  async function events(card: Result<IdentityDocument, Failure>, occupied = false, numberValid = true) {
    const seen: FlowEvent[] = [];
    const reading = createGuardianReading({
      cardReader: reader(async () => card, occupied),
      acceptsSimulated: () => false,
      onCard: () => undefined,
      dispatch: (event) => void seen.push(event),
      today: () => TODAY,
      isNumberValid: () => numberValid,
    });
    await reading.start(ID, CHILD);
    return seen.filter(({ type }) => type !== 'card-progress');
  }

  it('gives a masked name and number and nothing else, and its portrait is overwritten', async () => {
    const adult = document();
    expect(await events(ok(adult))).toEqual([
      {
        type: 'guardian-read',
        certifyId: ID,
        guardian: { nameMasked: '样*人', numberMasked: '110***********002X' },
      },
    ]);
    expect(adult.portrait.state === 'decoded' && [...adult.portrait.image]).toEqual([0, 0, 0]);
  });

  it.each([
    ['18 today', '2008-11-22', 'guardian-read'],
    ['18 tomorrow', '2008-11-23', 'guardian.not-adult'],
    ['a day that does not exist', '2001-02-30', 'card.malformed'],
    ['a birth to come', '2027-01-01', 'card.malformed'],
  ])('of somebody born %s', async (_, birthDate, expected) => {
    const [event] = await events(ok(document({ birthDate })));
    expect(event?.type === 'guardian-refused' ? event.code : event?.type).toBe(expected);
  });

  it('is not the child’s own, and not one with a wrong number', async () => {
    expect(await events(ok(document({ number: CHILD })))).toEqual([
      { type: 'guardian-refused', certifyId: ID, code: 'guardian.same-card' },
    ]);
    expect(await events(ok(document()), false, false)).toEqual([
      { type: 'guardian-refused', certifyId: ID, code: 'card.malformed' },
    ]);
  });

  it('says what is in the way', async () => {
    expect(await events(err(failure('card.pulled')), true)).toEqual([
      { type: 'card-occupied', certifyId: ID },
      { type: 'card-failed', certifyId: ID, failure: { code: 'card.pulled' } },
    ]);
    expect(await events(ok(document({}, true)))).toMatchObject([
      { type: 'card-failed', failure: { code: 'card.refused' } },
    ]);
  });
});

describe('the work of a withdrawal', () => {
  function work(desk: Partial<SubjectDesk> = {}, card: Result<IdentityDocument, Failure> = ok(document())) {
    const seen: FlowEvent[] = [];
    const asked: string[] = [];
    const timers: { run: () => void; delayMs: number; cancelled: boolean }[] = [];
    const made = createWithdrawalWork({
      cardReader: reader(async () => card),
      acceptsSimulated: () => false,
      onCard: () => undefined,
      dispatch: (event) => void (event.type === 'holder-progress' || seen.push(event)),
      subjectKey: (number) => `key-of-${number}`,
      startTimer: (run, delayMs) => {
        const timer = { run, delayMs, cancelled: false };
        timers.push(timer);
        return () => {
          timer.cancelled = true;
        };
      },
      kept: async () => void asked.push('kept'),
      subjects: {
        kept: (key) => {
          asked.push(`count ${key}`);
          return ok(kept);
        },
        erase: async (key, why) => {
          asked.push(`erase ${key} ${why}`);
          return err(failure('store.full'));
        },
        ...desk,
      },
    });
    return { made, seen, asked, timers };
  }
  const KEY = `key-of-${sampleDocument.fields.number}`;

  it('shows what is kept, waits for what is being kept, and erases it', async () => {
    const slip = { receiptHash: 'a' } as never;
    const erased: string[] = [];
    const { made, seen, asked, timers } = work({
      erase: async (key, why) => (erased.push(`${key} ${why}`), ok(slip)),
    });
    await made.read(ID);
    await made.erase(ID);
    expect(seen).toEqual([
      { type: 'holder-read', withdrawalId: ID, kept },
      { type: 'erased', withdrawalId: ID, slip },
    ]);
    expect(asked).toEqual([`count ${KEY}`, 'kept']);
    expect(erased).toEqual([`${KEY} withdrawn`]);
    expect(timers).toMatchObject([{ delayMs: ERASE_WITHIN_MS, cancelled: true }]);
  });

  it('takes a count that failed for a failure', async () => {
    const { made, seen } = work({ kept: () => err(failure('store.unavailable')) });
    await made.read(ID);
    expect(seen).toEqual([{ type: 'holder-failed', withdrawalId: ID, failure: { code: 'store.unavailable' } }]);
  });

  it('erases nobody who has not been read, or was forgotten', async () => {
    const { made, seen, asked } = work();
    await made.erase(ID);
    await made.read(ID);
    made.forget(ID);
    await made.erase(ID);
    expect(asked).toEqual([`count ${KEY}`]);
    expect(seen.filter(({ type }) => type === 'erasure-failed')).toHaveLength(2);
  });

  it('ends for the person when it takes too long', async () => {
    const { made, seen, timers } = work({ erase: () => new Promise(() => undefined) });
    await made.read(ID);
    void made.erase(ID);
    timers[0]?.run();
    expect(seen.at(-1)).toMatchObject({ type: 'erasure-failed', failure: { code: 'outcome.unknown' } });
  });

  it('drops what a stopped read brings', async () => {
    let finish: (read: Result<IdentityDocument, Failure>) => void = () => undefined;
    const seen: FlowEvent[] = [];
    const late = document();
    const made = createGuardianReading({
      cardReader: reader(() => new Promise((resolve) => (finish = resolve))),
      acceptsSimulated: () => false,
      onCard: () => undefined,
      dispatch: (event) => void seen.push(event),
      today: () => TODAY,
      isNumberValid: () => true,
    });
    const started = made.start(ID, CHILD);
    await Promise.resolve();
    await Promise.resolve();
    made.stop();
    finish(ok(late));
    await started;
    expect(seen.filter(({ type }) => type !== 'card-progress')).toEqual([]);
    expect(late.portrait.state === 'decoded' && [...late.portrait.image]).toEqual([0, 0, 0]);
  });
});
