import { isSoundAnswer } from '../../shared/domain/verification.ts';
import { stateOf } from '../../shared/reasons.ts';
import { go, stay } from './flow-moves.ts';
import type { FlowEvent } from './flow-event.ts';
import type { FlowState } from './flow-state.ts';
import type { Step } from './flow-effect.ts';

/**
 * The verifier has decided. Where the last word was left to it, that is what the person is told. Where this device has
 * passed somebody, agreement makes it final and anything else calls somebody to look at it. What the verifier couldn't
 * decide changes no verdict of this device, and nothing that it says turns another result into a pass here.
 */
export function afterDecision(
  state: Extract<FlowState, { step: 'result' | 'other-method' }>,
  { decided, reason }: Extract<FlowEvent, { type: 'decided' }>,
): Step {
  const open = state.ending.reason === 'verification.pending' || state.ending.reason === 'verification.captured';
  if (open) {
    if (!isSoundAnswer({ state: decided, reason })) return stay(state);
    return go({ ...state, ending: { ...state.ending, reason }, confirmed: decided === 'passed' });
  }
  if (decided === 'error' || stateOf(state.ending.reason) !== 'passed') return stay(state);
  if (decided === 'passed') return go({ ...state, confirmed: true });
  return go({ ...state, ending: { ...state.ending, reason: 'authority.contradicts' } });
}
