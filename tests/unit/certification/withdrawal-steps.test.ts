import { describe, expect, it } from 'vitest';
import type { FlowEvent } from '../../../src/main/certification/flow-event.ts';
import type { FlowState } from '../../../src/main/certification/flow-state.ts';
import type { WithdrawalState } from '../../../src/main/certification/withdrawal-state.ts';
import { beginWithdrawal, inWithdrawal } from '../../../src/main/certification/withdrawal-steps.ts';
import type { KeptOfSubject } from '../../../src/shared/domain/subject-erasure.ts';
import { isFailureCode, REASON_CODES } from '../../../src/shared/reasons.ts';

const FAILURE_CODES = REASON_CODES.filter(isFailureCode);
const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const OTHER = '01890a5d-ac96-774b-bcce-b302099a8058';
const nothing: KeptOfSubject = {
  records: 0,
  recordsUntilMs: null,
  pictures: 0,
  waiting: 0,
  requests: 0,
  returnedFaces: 0,
  sent: false,
};
const kept: KeptOfSubject = { ...nothing, records: 2, recordsUntilMs: 9, pictures: 1 };
const slip = {} as Extract<FlowEvent, { type: 'erased' }>['slip'];

const card = { step: 'withdrawal-card', withdrawalId: ID, phase: 'searching', problem: null, tries: 0 } as const;
const review = { step: 'withdrawal-review', withdrawalId: ID, kept } as const;
const erasing = { step: 'withdrawal-erasing', withdrawalId: ID } as const;
const done = { step: 'withdrawal-done', withdrawalId: ID, outcome: { kind: 'nothing-kept' } } as const;
const STATES: readonly WithdrawalState[] = [card, review, erasing, done];

const EVENTS: readonly FlowEvent[] = [
  { type: 'continue' },
  { type: 'cancel' },
  { type: 'timed-out' },
  { type: 'done' },
  { type: 'other-method' },
  { type: 'withdraw', withdrawalId: ID },
  { type: 'holder-progress', withdrawalId: ID, phase: 'found' },
  { type: 'holder-occupied', withdrawalId: ID },
  { type: 'holder-read', withdrawalId: ID, kept },
  { type: 'holder-read', withdrawalId: ID, kept: nothing },
  { type: 'holder-failed', withdrawalId: ID, failure: { code: 'card.read-failed' } },
  { type: 'holder-failed', withdrawalId: ID, failure: { code: 'store.unavailable' } },
  { type: 'confirm-withdrawal' },
  { type: 'erased', withdrawalId: ID, slip },
  { type: 'erasure-failed', withdrawalId: ID, failure: { code: 'store.unavailable' } },
  { type: 'out-of-service', reason: 'store.unavailable' },
];

describe('withdrawal', () => {
  it('begins with the holder’s card', () => {
    expect(beginWithdrawal(ID)).toEqual({ state: card, effects: [{ type: 'read-holder', withdrawalId: ID }] });
  });

  it('erases nothing before what is kept was shown and confirmed', () => {
    const erasingFrom = STATES.flatMap((state) =>
      EVENTS.filter((event) => inWithdrawal(state, event).effects.some(({ type }) => type === 'erase-holder')).map(
        ({ type }) => `${state.step}: ${type}`,
      ),
    );
    expect(erasingFrom).toEqual(['withdrawal-review: confirm-withdrawal']);
  });

  it('reaches every state, and leaves every state', () => {
    const seen = new Map<FlowState['step'], FlowState>();
    const open: FlowState[] = [beginWithdrawal(ID).state];
    for (let state = open.pop(); state; state = open.pop()) {
      if (seen.has(state.step) && state.step !== 'withdrawal-card') continue;
      seen.set(state.step, state);
      if (!state.step.startsWith('withdrawal-')) continue;
      for (const event of EVENTS) {
        const next: FlowState = inWithdrawal(state as WithdrawalState, event).state;
        if (next !== state && (!seen.has(next.step) || next.step !== state.step)) open.push(next);
      }
    }
    expect([...seen.keys()].sort()).toEqual([
      'attract',
      'maintenance',
      'withdrawal-card',
      'withdrawal-done',
      'withdrawal-erasing',
      'withdrawal-review',
    ]);
  });

  it('ends by itself where somebody walks away, and drops what is known of the holder', () => {
    for (const state of [card, review]) {
      for (const type of ['cancel', 'timed-out', 'done'] as const) {
        expect(inWithdrawal(state, { type })).toEqual({
          state: { step: 'attract' },
          effects: [{ type: 'stop-reading' }, { type: 'forget-holder', withdrawalId: ID }],
        });
      }
    }
    for (const type of ['cancel', 'timed-out', 'done'] as const) {
      expect(inWithdrawal(done, { type }).state).toEqual({ step: 'attract' });
    }
  });

  it('is not broken off while it erases, but ends with the erasure or with the store', () => {
    for (const type of ['cancel', 'timed-out', 'done', 'confirm-withdrawal'] as const) {
      expect(inWithdrawal(erasing, { type }).state).toBe(erasing);
    }
    expect(inWithdrawal(erasing, { type: 'erased', withdrawalId: ID, slip }).state).toMatchObject({
      step: 'withdrawal-done',
      outcome: { kind: 'erased' },
    });
    expect(inWithdrawal(erasing, { type: 'out-of-service', reason: 'store.full' })).toEqual({
      state: { step: 'maintenance', reason: 'store.full' },
      effects: [{ type: 'stop-reading' }, { type: 'forget-holder', withdrawalId: ID }],
    });
  });

  it('never takes a failure for "nothing kept"', () => {
    expect(FAILURE_CODES.length).toBeGreaterThan(100);
    for (const code of FAILURE_CODES) {
      const read = inWithdrawal(card, { type: 'holder-failed', withdrawalId: ID, failure: { code } }).state;
      const tried = inWithdrawal(
        { ...card, tries: 4 },
        { type: 'holder-failed', withdrawalId: ID, failure: { code } },
      ).state;
      expect(['withdrawal-card', 'withdrawal-done']).toContain(read.step);
      expect(tried).toMatchObject({ step: 'withdrawal-done', outcome: { kind: 'failed', failure: { code } } });
      const broken = inWithdrawal(erasing, { type: 'erasure-failed', withdrawalId: ID, failure: { code } }).state;
      expect(broken).toMatchObject({ outcome: { kind: 'failed', failure: { code } } });
    }
  });

  it('says that nothing is kept only where every count is zero and nothing was sent', () => {
    expect(inWithdrawal(card, { type: 'holder-read', withdrawalId: ID, kept: nothing }).state).toMatchObject({
      step: 'withdrawal-done',
      outcome: { kind: 'nothing-kept' },
    });
    const each = ['records', 'pictures', 'waiting', 'requests', 'returnedFaces'] as const;
    for (const some of [...each.map((name) => ({ ...nothing, [name]: 1 })), { ...nothing, sent: true }]) {
      const { state } = inWithdrawal(card, { type: 'holder-read', withdrawalId: ID, kept: some });
      expect(state).toMatchObject({ step: 'withdrawal-review', kept: some });
    }
  });

  it('ignores what belongs to another withdrawal', () => {
    expect(inWithdrawal(card, { type: 'holder-read', withdrawalId: OTHER, kept }).state).toBe(card);
    expect(inWithdrawal(erasing, { type: 'erased', withdrawalId: OTHER, slip }).state).toBe(erasing);
  });
});
