import { isSoundAnswer, type CheckOutcome } from '../../shared/domain/verification.ts';
import type { Failure, ReasonCode } from '../../shared/reasons.ts';
import { clockStage, end, go, stay } from './flow-moves.ts';
import type { FlowEvent } from './flow-event.ts';
import type { FlowState } from './flow-state.ts';
import type { Run } from './run.ts';
import type { Step } from './flow-effect.ts';

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
      return end(ended, reasonOf(event.state.outcome, run, event.refused ?? null), 'result');
    }
    default:
      return stay(state);
  }
}

/** What would pass becomes less by what is known of the document, of the risk, or of whoever has passed meanwhile. */
function reasonOf(
  { state, reason }: CheckOutcome,
  { documentWarning, riskReview }: Run,
  refused: Failure | null,
): { readonly code: ReasonCode; readonly detail?: string } {
  if (!isSoundAnswer({ state, reason })) return { code: 'verifier.malformed' };
  if (state !== 'passed' && reason !== 'verification.pending') return { code: reason };
  if (refused) return refused;
  return { code: documentWarning ?? (riskReview ? 'risk.review' : reason) };
}
