import type { CheckOutcome } from '../../shared/domain/verification.ts';
import { stateOf, type ReasonCode } from '../../shared/reasons.ts';
import { clockStage, end, go, stay } from './flow-moves.ts';
import type { FlowEvent, FlowState, Step } from './flow-state.ts';

/** What a pass by somebody else than this device can be called; nothing else that they say is one. */
export const CONFIRMING = new Set<ReasonCode>(['ok.confirmed', 'ok.matched']);

/** The person is at their own phone. What comes of it is the word of whoever has the page. */
export function inHandOff(state: Extract<FlowState, { step: 'hand-off' }>, event: FlowEvent, nowMs: number): Step {
  const { run } = state;
  switch (event.type) {
    case 'hand-off-opened':
      return run.handOff
        ? stay(state)
        : go({ ...state, run: { ...run, handOff: { opened: event.opened, state: { state: 'waiting' } } } });
    case 'hand-off-seen': {
      if (!run.handOff || (run.handOff.state.state === event.state.state && event.state.state !== 'ended')) {
        return stay(state);
      }
      const seen = { ...run, handOff: { ...run.handOff, state: event.state } };
      if (event.state.state !== 'ended') return go({ ...state, run: seen });
      const ended = clockStage(seen, 'liveness', nowMs);
      return end(ended, { code: reasonOf(event.state.outcome, run.riskReview) }, 'result');
    }
    default:
      return stay(state);
  }
}

function reasonOf({ state, reason }: CheckOutcome, riskReview: boolean): ReasonCode {
  if (stateOf(reason) !== state || (state === 'passed' && !CONFIRMING.has(reason))) return 'verifier.malformed';
  const softened = state === 'passed' || reason === 'verification.pending';
  return riskReview && softened ? 'risk.review' : reason;
}
