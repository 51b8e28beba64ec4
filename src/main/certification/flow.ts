import type { FailureCode } from '../../shared/reasons.ts';
import { inCard } from './card-steps.ts';
import { inDocumentCapture, inDocumentConfirm, inTravelChip } from './document-steps.ts';
import { inAwaiting, inCommitting, inResult } from './ending-steps.ts';
import { inChallenge, inDeciding, inPosition } from './face-steps.ts';
import { clockStage, end, go, openCapture, stay } from './flow-moves.ts';
import { runOf, type FlowState } from './flow-state.ts';
import type { FlowEffect, Step } from './flow-effect.ts';
import type { FlowEvent } from './flow-event.ts';
import type { Run } from './run.ts';
import { inGuardianCard, inGuardianConsent } from './guardian-steps.ts';
import { inHandOff } from './hand-off-steps.ts';
import { inMethods, otherWays } from './method-steps.ts';
import { inCardPhoto, inElementEntry, inIdentityEntry } from './other-ways.ts';
import { proceed } from './plan.ts';
import { inRuling } from './ruling-steps.ts';
import { agreesEnough, facesCamera } from './run-facts.ts';
import { beginWithdrawal, inWithdrawal } from './withdrawal-steps.ts';

/**
 * The whole certification as a pure function: what the kiosk does on each event in each state. Events that don't
 * belong to the state or to the certification in hand change nothing.
 *
 * @param nowMs monotonic time of the event, for the stage clock.
 */
export function reduce(state: FlowState, event: FlowEvent, nowMs: number): Step {
  if ('certifyId' in event && runOf(state)?.certifyId !== event.certifyId) return stay(state);
  const next = reduceAnywhere(state, event, nowMs) ?? reduceHere(state, event, nowMs);
  if (state.step !== 'hand-off' || next.state.step === 'hand-off') return next;
  // Nobody waits for the phone any more, however this came.
  return { ...next, effects: [{ type: 'close-hand-off', certifyId: state.run.certifyId }, ...next.effects] };
}

function reduceHere(state: FlowState, event: FlowEvent, nowMs: number): Step {
  switch (state.step) {
    case 'attract':
      return inAttract(state, event);
    case 'guide':
      return event.type === 'continue' ? go({ step: 'consent', run: state.run }) : stay(state);
    case 'consent':
      return inConsent(state, event, nowMs);
    case 'card':
      return inCard(state, event, nowMs);
    case 'identity-entry':
      return inIdentityEntry(state, event, nowMs);
    case 'card-photo':
      return inCardPhoto(state, event, nowMs);
    case 'document-capture':
      return inDocumentCapture(state, event, nowMs);
    case 'document-confirm':
      return inDocumentConfirm(state, event, nowMs);
    case 'travel-chip':
      return inTravelChip(state, event, nowMs);
    case 'ruling':
      return inRuling(state, event);
    case 'guardian-card':
      return inGuardianCard(state, event, nowMs);
    case 'guardian-consent':
      return inGuardianConsent(state, event, nowMs, proceed);
    case 'element-entry':
      return inElementEntry(state, event, nowMs);
    case 'methods':
      return inMethods(state, event);
    case 'hand-off':
      return inHandOff(state, event, nowMs);
    case 'position':
      return inPosition(state, event, nowMs);
    case 'challenge':
      return inChallenge(state, event, nowMs);
    case 'deciding':
      return inDeciding(state, event, nowMs);
    case 'committing':
      return event.type === 'commit-failed'
        ? outOfService(state, event.failure.code)
        : inCommitting(state, event, nowMs);
    case 'awaiting':
      return inAwaiting(state, event);
    case 'result':
    case 'other-method':
      return inResult(state, event, begin);
    case 'withdrawal-card':
    case 'withdrawal-review':
    case 'withdrawal-erasing':
    case 'withdrawal-done':
      return inWithdrawal(state, event);
    case 'maintenance':
      return event.type === 'back-in-service' && state.reason.startsWith(`${event.part}.`)
        ? go({ step: 'attract' })
        : stay(state);
  }
}

/** Steps at which the camera may be on. */
export const CAMERA_STEPS = new Set<FlowState['step']>([
  'card',
  'identity-entry',
  'card-photo',
  'document-capture',
  'document-confirm',
  'travel-chip',
  'position',
  'challenge',
]);
const RUNNING = new Set<FlowState['step']>([
  'guide',
  'consent',
  ...CAMERA_STEPS,
  'ruling',
  'guardian-card',
  'guardian-consent',
  'element-entry',
  'methods',
  'hand-off',
  'deciding',
]);

/** Leaving, breakdowns and the camera mean the same wherever they happen. */
function reduceAnywhere(state: FlowState, event: FlowEvent, nowMs: number): Step | null {
  const run = runOf(state);
  if (event.type === 'out-of-service' && !('withdrawalId' in state)) return outOfService(state, event.reason);
  if (!run || !RUNNING.has(state.step)) return null;
  switch (event.type) {
    case 'cancel':
      return end(run, { code: 'user.cancelled' }, 'attract');
    case 'timed-out':
      return end(run, { code: 'user.timed-out' }, 'attract');
    case 'other-method':
      return state.step === 'methods' ? null : otherWays(state as Running, event, nowMs);
    case 'step-failed':
      return end(run, event.failure, 'result');
    case 'camera-failed':
      return needsCamera(state.step, run) ? end(run, event.failure, 'result') : null;
    default:
      return null;
  }
}

function needsCamera(step: FlowState['step'], run: Run): boolean {
  return CAMERA_STEPS.has(step) && (facesCamera(run) || step.startsWith('document-'));
}

type Running = FlowState & { readonly run: Run };

function outOfService(state: FlowState, reason: FailureCode): Step {
  const run = runOf(state);
  const effects: FlowEffect[] = [{ type: 'stop-reading' }];
  // What was under way is recorded as undecided where the store still takes it.
  if (run && RUNNING.has(state.step)) effects.push({ type: 'commit', run, ending: { reason, then: 'attract' } });
  if (run) effects.push({ type: 'wipe', certifyId: run.certifyId });
  return { state: { step: 'maintenance', reason }, effects };
}

function inAttract(state: FlowState, event: FlowEvent): Step {
  if (event.type === 'withdraw') return beginWithdrawal(event.withdrawalId);
  return event.type === 'start' ? begin(event.run) : stay(state);
}

function begin(run: Run): Step {
  return go(run.scene.guidePage ? { step: 'guide', run } : { step: 'consent', run });
}

function inConsent(state: Extract<FlowState, { step: 'consent' }>, event: FlowEvent, nowMs: number): Step {
  if (event.type === 'refuse-consent') return otherWays(state, event, nowMs);
  if (event.type !== 'consent') return stay(state);
  if (!agreesEnough(state.run, event.consent)) return otherWays(state, { type: 'refuse-consent' }, nowMs);
  const looks = facesCamera(state.run);
  const run = { ...clockStage(state.run, 'consent', nowMs), consent: event.consent };
  const { state: next, effects } = proceed(run);
  return { state: next, effects: looks ? [openCapture(run), ...effects] : effects };
}
