import { stateOf } from '../../shared/reasons.ts';
import { go, stay } from './flow-moves.ts';
import type { FlowEvent, FlowState, Step } from './flow-state.ts';

/**
 * The verifier agrees with a pass: it isn't provisional any more. It doesn't: the person is told that somebody will look
 * at it. What it couldn't decide changes nothing, and nothing that it says turns another result into a pass here.
 */
export function afterDecision(
  state: Extract<FlowState, { step: 'result' | 'other-method' }>,
  { decided }: Extract<FlowEvent, { type: 'decided' }>,
): Step {
  if (decided === 'error' || stateOf(state.ending.reason) !== 'passed') return stay(state);
  if (decided === 'passed') return go({ ...state, confirmed: true });
  return go({ ...state, ending: { ...state.ending, reason: 'authority.contradicts' } });
}
