import { identificationPolicyOf, type Scene } from '../../shared/domain/scene.ts';
import type { ReasonCode } from '../../shared/reasons.ts';
import type { FlowEvent, FlowState, Run, Step } from './flow-state.ts';
import { awaitCard, clockStage, end, go, stay } from './flow-moves.ts';

/** Whether name and number may be typed in. */
export function mayType(scene: Scene): boolean {
  return identificationPolicyOf(scene).manualEntry;
}

/**
 * Whether typing can help after an ending: no card could be read. A card that was refused or exchanged is for the
 * staff to look at.
 */
export function offersTyping({ scene, typed }: Run, reason: ReasonCode): boolean {
  if (typed || !mayType(scene) || reason === 'card.refused' || reason === 'card.swapped') return false;
  return reason.startsWith('card.') || reason.startsWith('reader.');
}

/** Once it is known who the person says they are: the card's photo where there is no portrait yet, or the face. */
export function afterIdentity(run: Run): Step {
  const hasPortrait = run.document?.portrait.state === 'decoded';
  return identificationPolicyOf(run.scene).cardPhoto && !hasPortrait
    ? go({ step: 'card-photo', run, hint: null })
    : go({ step: 'position', run, hint: null });
}

/** Leaves the reader alone while somebody types. */
export function beginEntry(run: Run): Step {
  return { state: { step: 'identity-entry', run }, effects: [{ type: 'stop-reading' }] };
}

export function inIdentityEntry(
  state: Extract<FlowState, { step: 'identity-entry' }>,
  event: FlowEvent,
  nowMs: number,
): Step {
  switch (event.type) {
    case 'camera-ready':
      return go({ ...state, run: { ...state.run, camera: event.label } });
    case 'use-card':
      return awaitCard(state.run, null);
    case 'identity-typed': {
      const run = { ...clockStage(state.run, 'card', nowMs), typed: event.identity };
      if (event.ruling.kind === 'stop') return end(run, { code: event.ruling.reason }, 'result');
      const documentWarning = event.ruling.kind === 'warning' ? event.ruling.reason : null;
      return afterIdentity({ ...run, documentWarning });
    }
    default:
      return stay(state);
  }
}

export function inCardPhoto(state: Extract<FlowState, { step: 'card-photo' }>, event: FlowEvent, nowMs: number): Step {
  switch (event.type) {
    case 'camera-ready':
      return go({ ...state, run: { ...state.run, camera: event.label } });
    case 'card-photo-hint':
      return event.hint === state.hint ? stay(state) : go({ ...state, hint: event.hint });
    case 'card-photo-taken': {
      const run = { ...clockStage(state.run, 'card', nowMs), printedPortrait: event.portrait };
      return go({ step: 'position', run, hint: null });
    }
    case 'skip-card-photo':
      return go({ step: 'position', run: clockStage(state.run, 'card', nowMs), hint: null });
    default:
      return stay(state);
  }
}
