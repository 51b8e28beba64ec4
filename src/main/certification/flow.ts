import type { LivenessSummary } from '../../shared/domain/certification.ts';
import { REASONS, stateOf, type Failure, type FailureCode } from '../../shared/reasons.ts';
import {
  CARD_TRIES,
  runOf,
  type FlowEffect,
  type FlowEvent,
  type FlowState,
  type Run,
  type Step,
} from './flow-state.ts';
import { awaitCard, clockStage, end, go, openCapture, stay } from './flow-moves.ts';
import {
  beginDocument,
  inDocumentCapture,
  inDocumentConfirm,
  inTravelChip,
  mayPhotograph,
  mayUseTravelDocument,
} from './document-steps.ts';
import { afterUndecided, isLastPart, withoutFlashing, withPartPassed } from './liveness-route.ts';
import { afterIdentity, beginEntry, inCardPhoto, inIdentityEntry, mayType } from './other-ways.ts';
import { unaskable } from './confirmation.ts';
import { decide } from './verdict-rules.ts';
import { afterDecision } from './verifier-decision.ts';

/**
 * The whole certification as a pure function: what the kiosk does on each event in each state. Events that don't
 * belong to the state or to the certification in hand change nothing.
 *
 * @param nowMs monotonic time of the event, for the stage clock.
 */
export function reduce(state: FlowState, event: FlowEvent, nowMs: number): Step {
  if ('certifyId' in event && runOf(state)?.certifyId !== event.certifyId) return stay(state);
  const anywhere = reduceAnywhere(state, event);
  if (anywhere) return anywhere;
  switch (state.step) {
    case 'attract':
      return event.type === 'start' ? begin(event.run) : stay(state);
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
    case 'position':
      return inPosition(state, event, nowMs);
    case 'challenge':
      return inChallenge(state, event, nowMs);
    case 'deciding':
      return inDeciding(state, event, nowMs);
    case 'committing':
      return inCommitting(state, event, nowMs);
    case 'result':
    case 'other-method':
      return inResult(state, event);
    case 'maintenance':
      return event.type === 'back-in-service' && state.reason.startsWith(`${event.part}.`)
        ? go({ step: 'attract' })
        : stay(state);
    default:
      return stay(state);
  }
}

const WITH_CAMERA = new Set<FlowState['step']>([
  'card',
  'identity-entry',
  'card-photo',
  'document-capture',
  'document-confirm',
  'travel-chip',
  'position',
  'challenge',
]);
const RUNNING = new Set<FlowState['step']>(['guide', 'consent', ...WITH_CAMERA, 'deciding']);

/** Leaving, breakdowns and the camera mean the same wherever they happen. */
function reduceAnywhere(state: FlowState, event: FlowEvent): Step | null {
  const run = runOf(state);
  if (event.type === 'out-of-service') return outOfService(state, event.reason);
  if (!run || !RUNNING.has(state.step)) return null;
  switch (event.type) {
    case 'cancel':
      return end(run, { code: 'user.cancelled' }, 'attract');
    case 'timed-out':
      return end(run, { code: 'user.timed-out' }, 'attract');
    case 'other-method':
      return end(run, { code: 'user.other-method' }, 'other-method');
    case 'step-failed':
      return end(run, event.failure, 'result');
    case 'camera-failed':
      return WITH_CAMERA.has(state.step) ? end(run, event.failure, 'result') : null;
    default:
      return null;
  }
}

function outOfService(state: FlowState, reason: FailureCode): Step {
  const run = runOf(state);
  const effects: FlowEffect[] = [{ type: 'stop-reading' }];
  // What was under way is recorded as undecided where the store still takes it.
  if (run && RUNNING.has(state.step)) effects.push({ type: 'commit', run, ending: { reason, then: 'attract' } });
  if (run) effects.push({ type: 'wipe', certifyId: run.certifyId });
  return { state: { step: 'maintenance', reason }, effects };
}

function begin(run: Run): Step {
  return go(run.scene.guidePage ? { step: 'guide', run } : { step: 'consent', run });
}

function inConsent(state: Extract<FlowState, { step: 'consent' }>, event: FlowEvent, nowMs: number): Step {
  if (event.type === 'refuse-consent') {
    return end(state.run, { code: 'user.refused-consent' }, 'other-method');
  }
  if (event.type !== 'consent') return stay(state);
  if (!event.consent.capture) return end(state.run, { code: 'user.refused-consent' }, 'other-method');
  const run = { ...clockStage(state.run, 'consent', nowMs), consent: event.consent };
  const { state: next, effects } = run.typing ? beginEntry(run) : awaitCard(run, null);
  return { state: next, effects: [openCapture(run), ...effects] };
}

function inCard(state: Extract<FlowState, { step: 'card' }>, event: FlowEvent, nowMs: number): Step {
  switch (event.type) {
    case 'camera-ready':
      return go({ ...state, run: { ...state.run, camera: event.label } });
    case 'card-progress':
      // While nothing new lies on the reader, the reason of the last failed try stays readable.
      return go({ ...state, phase: event.phase, problem: event.phase === 'searching' ? state.problem : null });
    case 'card-occupied':
      return go({ ...state, problem: 'card.left-on-reader' });
    case 'card-read': {
      const run = { ...clockStage(state.run, 'card', nowMs), document: event.document };
      if (event.ruling.kind === 'stop') return end(run, { code: event.ruling.reason }, 'result');
      const documentWarning = event.ruling.kind === 'warning' ? event.ruling.reason : null;
      return afterIdentity({ ...run, documentWarning });
    }
    case 'card-failed':
      return cardFailed(state, event.failure);
    case 'type-identity':
      return mayType(state.run.scene) ? beginEntry(state.run) : stay(state);
    case 'photograph-card':
      return mayPhotograph(state.run.scene) ? beginDocument(state.run, 'id-card-front') : stay(state);
    case 'use-travel-document':
      return mayUseTravelDocument(state.run.scene) ? beginDocument(state.run, 'travel-document') : stay(state);
    default:
      return stay(state);
  }
}

function cardFailed(state: Extract<FlowState, { step: 'card' }>, failed: Failure): Step {
  const run = { ...state.run, cardTries: state.run.cardTries + 1 };
  const again = REASONS[failed.code].next === 'replace-card' && run.cardTries < CARD_TRIES;
  if (again) return awaitCard(run, failed.code);
  // Without a reader there are still other documents to be identified by.
  const others = mayPhotograph(run.scene) || mayUseTravelDocument(run.scene);
  if (others && failed.code.startsWith('reader.')) {
    return go({ step: 'card', run, phase: 'searching', problem: failed.code });
  }
  return end(run, failed, 'result');
}

function inPosition(state: Extract<FlowState, { step: 'position' }>, event: FlowEvent, nowMs: number): Step {
  switch (event.type) {
    case 'camera-ready':
      return go({ ...state, run: { ...state.run, camera: event.label } });
    case 'hint':
      return event.hint === state.hint ? stay(state) : go({ ...state, hint: event.hint });
    case 'positioned': {
      const { challenge, certifyId } = event;
      const run = { ...clockStage(state.run, 'position', nowMs), challenge };
      return {
        state: { step: 'challenge', run, challenge },
        effects: [{ type: 'begin-challenge', certifyId, challenge }],
      };
    }
    case 'avoid-flashing': {
      const route = withoutFlashing(state.run.route);
      // A scene without another way leaves it to the staff.
      return route
        ? positionAgain({ ...state.run, route })
        : end(state.run, { code: 'user.other-method' }, 'other-method');
    }
    default:
      return stay(state);
  }
}

function inChallenge(state: Extract<FlowState, { step: 'challenge' }>, event: FlowEvent, nowMs: number): Step {
  switch (event.type) {
    case 'challenge-played': {
      if (event.nonce !== state.challenge.nonce) return end(state.run, { code: 'challenge.replayed' }, 'result');
      const run = clockStage(state.run, 'liveness', nowMs);
      return { state: { step: 'deciding', run }, effects: [{ type: 'judge', certifyId: run.certifyId }] };
    }
    case 'challenge-aborted': {
      if (event.nonce !== state.challenge.nonce) return stay(state);
      const { kind, nonce } = state.challenge;
      const broken = { kind, nonce, verdict: 'undecided' as const, reasons: [event.code], measures: {} };
      const clocked = clockStage(state.run, 'liveness', nowMs);
      const run = { ...clocked, attempts: [...clocked.attempts, broken] };
      const route = afterUndecided(run.route, event.code);
      return route ? positionAgain({ ...run, route }) : end(run, { code: event.code }, 'result');
    }
    default:
      return stay(state);
  }
}

/** A broken-off or undecided challenge leaves no frames behind for the next one. */
function positionAgain(run: Run): Step {
  return {
    state: { step: 'position', run, hint: null },
    effects: [openCapture(run)],
  };
}

function inDeciding(state: Extract<FlowState, { step: 'deciding' }>, event: FlowEvent, nowMs: number): Step {
  if (event.type !== 'judged') return stay(state);
  const { comparison } = event;
  const clocked = clockStage(state.run, 'decision', nowMs);
  const liveness = joined(clocked.liveness, event.liveness);
  const judged = { ...clocked, attempts: [...clocked.attempts, event.attempt] };
  if (liveness.verdict === 'live' && !isLastPart(judged.route)) {
    return go({ step: 'position', run: { ...judged, liveness, route: withPartPassed(judged.route) }, hint: null });
  }
  if (event.swapped) return end({ ...judged, liveness }, { code: 'card.swapped' }, 'result');
  const reason = decide({
    liveness,
    comparison,
    portrait: judged.document?.portrait.state ?? 'absent',
    printed: judged.printedPortrait !== null,
    typed: judged.typed !== null,
    read: judged.read,
    documentWarning: judged.documentWarning ?? unaskable(judged),
  });
  if (liveness.verdict === 'undecided') {
    const route = afterUndecided(judged.route, reason);
    if (route) return positionAgain({ ...judged, liveness: null, route });
  }
  const compared = comparison !== null && comparison.outcome !== 'no-face' ? comparison : null;
  return end({ ...judged, liveness, comparison: compared }, { code: reason }, 'result');
}

/** The last part's findings, with those of the light from whichever part had it. */
function joined(before: LivenessSummary | null, last: LivenessSummary): LivenessSummary {
  if (!before) return last;
  return {
    ...last,
    codeCorrelation: last.codeCorrelation ?? before.codeCorrelation,
    lagMs: last.lagMs ?? before.lagMs,
    lightFrames: Math.max(last.lightFrames, before.lightFrames),
  };
}

function inCommitting(state: Extract<FlowState, { step: 'committing' }>, event: FlowEvent, nowMs: number): Step {
  if (event.type === 'commit-failed') return outOfService(state, event.failure.code);
  if (event.type !== 'committed') return stay(state);
  const run = withoutDocument(clockStage(state.run, 'commit', nowMs));
  const wipe: FlowEffect = { type: 'wipe', certifyId: run.certifyId };
  if (state.ending.then === 'attract') return { state: { step: 'attract' }, effects: [wipe] };
  if (state.ending.then === 'result' && !run.scene.resultPage && stateOf(state.ending.reason) === 'passed') {
    return { state: { step: 'attract' }, effects: [wipe] };
  }
  return {
    state: { step: state.ending.then, run, ending: state.ending, committed: event.committed, confirmed: false },
    effects: [wipe],
  };
}

function inResult(state: Extract<FlowState, { step: 'result' | 'other-method' }>, event: FlowEvent): Step {
  switch (event.type) {
    case 'done':
    case 'cancel':
    case 'timed-out':
      return go({ step: 'attract' });
    case 'other-method':
      return go({ ...state, step: 'other-method' });
    case 'confirmed':
      return go({ ...state, confirmed: true });
    case 'decided':
      return afterDecision(state, event);
    case 'retry':
      return state.step === 'result' && stateOf(state.ending.reason) !== 'passed' ? begin(event.run) : stay(state);
    default:
      return stay(state);
  }
}

/** After the commit only what the result screen shows may stay in memory: portraits and a typed number go. */
function withoutDocument(run: Run): Run {
  const { document, typed, read } = run;
  return {
    ...run,
    document: document && { ...document, portrait: { state: 'absent' } },
    typed: typed && { ...typed, number: '' },
    read: read && { ...read, number: '', subject: '', portrait: null },
    printedPortrait: null,
  };
}
