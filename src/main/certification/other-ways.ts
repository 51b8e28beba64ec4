import { identificationPolicyOf, type Scene } from '../../shared/domain/scene.ts';
import type { ReasonCode } from '../../shared/reasons.ts';
import type { FlowEvent } from './flow-event.ts';
import type { FlowState } from './flow-state.ts';
import type { Run } from './run.ts';
import type { Step } from './flow-effect.ts';
import { awaitCard, clockStage, go, stay } from './flow-moves.ts';
import { identified, proceed } from './plan.ts';
import { identityOf } from './run-facts.ts';

/** Whether name and number may be typed in. */
export function mayType(scene: Scene): boolean {
  return identificationPolicyOf(scene).manualEntry;
}

/** Whether the card's sides may be photographed instead of reading its chip: not after a refusal of the camera. */
export function mayPhotograph({ scene, refusedFace }: Pick<Run, 'scene' | 'refusedFace'>): boolean {
  return !refusedFace && (identificationPolicyOf(scene).photographedCard ?? false);
}

/** Whether a passport may be used: not where somebody is expected by the number of their ID card. */
export function mayUseTravelDocument({
  scene,
  refusedFace,
  request,
}: Pick<Run, 'scene' | 'refusedFace' | 'request'>): boolean {
  if (refusedFace || request?.inputs.number !== undefined) return false;
  return identificationPolicyOf(scene).travelDocument ?? false;
}

/**
 * Whether the card's chip may be read instead of photographing a document: not where the scheme asks for the pictures, or
 * where it is known already who it is.
 */
export function mayReadChip(run: Run): boolean {
  return run.scheme.identity === 'chip-card' && identityOf(run) === null;
}

/**
 * Whether typing can help after an ending: no card could be read. A card that was refused or exchanged is for the
 * staff to look at.
 */
export function offersTyping({ scene, scheme, typed }: Run, reason: ReasonCode): boolean {
  if (typed || !mayType(scene) || scheme.identity !== 'chip-card') return false;
  if (reason === 'card.refused' || reason === 'card.swapped') return false;
  return reason.startsWith('card.') || reason.startsWith('reader.');
}

/** The flow while name and number are typed. `nowMs`: monotonic. */
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
    case 'identity-typed':
      return identified({ ...clockStage(state.run, 'card', nowMs), typed: event.identity }, event.ruling, null);
    default:
      return stay(state);
  }
}

/** The flow while the printed portrait is asked for. `nowMs`: monotonic. */
export function inCardPhoto(state: Extract<FlowState, { step: 'card-photo' }>, event: FlowEvent, nowMs: number): Step {
  switch (event.type) {
    case 'camera-ready':
      return go({ ...state, run: { ...state.run, camera: event.label } });
    case 'card-photo-hint':
      return event.hint === state.hint ? stay(state) : go({ ...state, hint: event.hint });
    case 'card-photo-taken':
      return proceed({
        ...clockStage(state.run, 'card', nowMs),
        printedPortrait: event.portrait,
        cardPhotoAsked: true,
      });
    case 'skip-card-photo':
      return proceed({ ...clockStage(state.run, 'card', nowMs), cardPhotoAsked: true });
    default:
      return stay(state);
  }
}

/** The phone number or the number of the bank card has been typed in. */
export function inElementEntry(
  state: Extract<FlowState, { step: 'element-entry' }>,
  event: FlowEvent,
  nowMs: number,
): Step {
  if (event.type !== 'element-entered' || !(state.asks in event.element)) return stay(state);
  const run = clockStage(state.run, 'card', nowMs);
  return proceed({ ...run, elements: { ...run.elements, ...event.element } });
}
