import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHECK_STATES, type CheckState } from '../../../src/shared/protocol/check-delivery.ts';
import { CHECK_EVENTS, stateAfter, type CheckEvent } from '../../../src/shared/protocol/check-machine.ts';

/** Rows are states, columns the events in their order; a dot is refused. */
const TABLE: Readonly<Record<CheckState, string>> = {
  //         commit upload    submit    defer     refuse  lose    decide  acknowledge erase retry give-up expire
  draft: '    sealed .         .         .         .       .       .       .           .      .      .       .',
  sealed: '   .      uploading submitted sealed    stopped unknown decided .           .      .      .       stopped',
  uploading: '.      uploading submitted uploading stopped unknown decided .           .      .      .       stopped',
  submitted: '.      .         submitted submitted stopped unknown decided .           .      .      .       stopped',
  decided: '  .      .         .         decided   .       .       .       acked       .      .      .       .',
  acked: '    .      .         .         .         .       .       .       .           erased .      .       .',
  erased: '   .      .         .         .         .       .       .       .           .      .      .       .',
  unknown: '  .      .         .         .         .       .       decided .           .      sealed stopped unknown',
  stopped: '  .      .         .         .         .       .       decided .           .      sealed stopped stopped',
};

describe('what can happen to a question', () => {
  it.each(CHECK_STATES)('in state %s', (state) => {
    const expected = TABLE[state].trim().split(/\s+/);
    expect(CHECK_EVENTS.map((event) => stateAfter(state, event) ?? '.')).toEqual(expected);
  });

  const walk = fc.array(fc.constantFrom(...CHECK_EVENTS), { maxLength: 60 });

  function along(events: readonly CheckEvent[], visit: (from: CheckState, event: CheckEvent, to: CheckState) => void) {
    let state: CheckState = 'draft';
    for (const event of events) {
      const next = stateAfter(state, event);
      if (next !== null) visit(state, event, next);
      state = next ?? state;
    }
    return state;
  }

  it('reaches erased through acknowledged, and acknowledged through decided, only', () => {
    fc.assert(
      fc.property(walk, (events) => {
        along(events, (from, _, to) => {
          if (to === 'erased') expect(from).toBe('acked');
          if (to === 'acked') expect(from).toBe('decided');
        });
      }),
    );
  });

  it('leaves unknown and stopped for sending only when a clerk retries', () => {
    fc.assert(
      fc.property(walk, (events) => {
        along(events, (from, event, to) => {
          const isSent = to === 'sealed' || to === 'uploading' || to === 'submitted';
          if ((from === 'unknown' || from === 'stopped') && isSent) expect(event).toBe('retry');
        });
      }),
    );
  });

  it('never takes back a decision', () => {
    fc.assert(
      fc.property(walk, (events) => {
        let decided = false;
        const end = along(events, (_, __, to) => (decided ||= to === 'decided'));
        if (decided) expect(['decided', 'acked', 'erased']).toContain(end);
      }),
    );
  });
});
