import { REASONS, type Failure } from '../../shared/reasons.ts';
import { awaitCard, beginDocument, beginEntry, clockStage, end, go, stay } from './flow-moves.ts';
import { CARD_TRIES, type FlowState } from './flow-state.ts';
import type { FlowEvent } from './flow-event.ts';
import type { Step } from './flow-effect.ts';
import { mayPhotograph, mayType, mayUseTravelDocument } from './other-ways.ts';
import { identified } from './plan.ts';

/** The flow while a card is waited for or read. `nowMs`: monotonic. */
export function inCard(state: Extract<FlowState, { step: 'card' }>, event: FlowEvent, nowMs: number): Step {
  const { run } = state;
  switch (event.type) {
    case 'camera-ready':
      return go({ ...state, run: { ...run, camera: event.label } });
    case 'card-progress':
      // While nothing new lies on the reader, the reason of the last failed try stays readable.
      return go({ ...state, phase: event.phase, problem: event.phase === 'searching' ? state.problem : null });
    case 'card-occupied':
      return go({ ...state, problem: 'card.left-on-reader' });
    case 'card-read':
      return identified({ ...clockStage(run, 'card', nowMs), document: event.document }, event.ruling, null);
    case 'card-failed':
      return cardFailed(state, event.failure);
    case 'type-identity':
      return mayType(run.scene) ? beginEntry(run) : stay(state);
    case 'photograph-card':
      return mayPhotograph(run) ? beginDocument(run, 'id-card-front') : stay(state);
    case 'use-travel-document':
      return mayUseTravelDocument(run) ? beginDocument(run, 'travel-document') : stay(state);
    default:
      return stay(state);
  }
}

function cardFailed(state: Extract<FlowState, { step: 'card' }>, failed: Failure): Step {
  const run = { ...state.run, cardTries: state.run.cardTries + 1 };
  const again = REASONS[failed.code].next === 'replace-card' && run.cardTries < CARD_TRIES;
  if (again) return awaitCard(run, failed.code);
  // Without a reader there are still other documents to be identified by.
  const others = mayPhotograph(run) || mayUseTravelDocument(run);
  if (others && failed.code.startsWith('reader.')) {
    return go({ step: 'card', run, phase: 'searching', problem: failed.code });
  }
  return end(run, failed, 'result');
}
