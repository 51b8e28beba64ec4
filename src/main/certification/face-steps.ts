import type { LivenessSummary } from '../../shared/domain/certification.ts';
import { stateOf, type ReasonCode } from '../../shared/reasons.ts';
import { clockStage, end, go, positionAgain, stay } from './flow-moves.ts';
import type { FlowEvent } from './flow-event.ts';
import type { FlowState } from './flow-state.ts';
import type { Run } from './run.ts';
import type { Step } from './flow-effect.ts';
import { afterUndecided, isLastPart, withoutFlashing, withPartPassed } from './liveness-route.ts';
import { noted } from './ruling-steps.ts';
import { facesCamera, identityOf, onlyCaptures } from './run-facts.ts';
import { settledReason, settlingOf, unaskable } from './settlement.ts';
import { decide } from './verdict-rules.ts';

/** The flow while the person finds their place. `nowMs`: monotonic. */
export function inPosition(state: Extract<FlowState, { step: 'position' }>, event: FlowEvent, nowMs: number): Step {
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

/** The flow while a challenge is played. `nowMs`: monotonic. */
export function inChallenge(state: Extract<FlowState, { step: 'challenge' }>, event: FlowEvent, nowMs: number): Step {
  switch (event.type) {
    case 'challenge-played': {
      if (event.nonce !== state.challenge.nonce) return end(state.run, { code: 'challenge.replayed' }, 'result');
      const run = clockStage(state.run, 'liveness', nowMs);
      return { state: { step: 'deciding', run }, effects: [{ type: 'judge', certifyId: run.certifyId }] };
    }
    case 'challenge-aborted': {
      if (event.nonce !== state.challenge.nonce) return stay(state);
      const run = withBrokenOff(state, event.code, nowMs);
      const route = afterUndecided(run.route, event.code);
      return route ? positionAgain({ ...run, route }) : end(run, { code: event.code }, 'result');
    }
    default:
      return stay(state);
  }
}

/** The certification with the challenge that runs counted as one that was broken off. */
export function withBrokenOff(
  { run, challenge }: Extract<FlowState, { step: 'challenge' }>,
  reason: ReasonCode,
  nowMs: number,
): Run {
  const { kind, nonce } = challenge;
  const broken = { kind, nonce, verdict: 'undecided' as const, reasons: [reason], measures: {} };
  const clocked = clockStage(run, 'liveness', nowMs);
  return { ...clocked, attempts: [...clocked.attempts, broken] };
}

/** The flow while the capture is judged and compared. `nowMs`: monotonic. */
export function inDeciding(state: Extract<FlowState, { step: 'deciding' }>, event: FlowEvent, nowMs: number): Step {
  if (event.type === 'question-kept') return withoutFace(state, nowMs);
  if (event.type !== 'judged' || !facesCamera(state.run)) return stay(state);
  const { comparison } = event;
  const clocked = clockStage(state.run, 'decision', nowMs);
  const liveness = joined(clocked.liveness, event.liveness);
  const judged = { ...clocked, attempts: [...clocked.attempts, event.attempt] };
  if (liveness.verdict === 'live' && !isLastPart(judged.route)) {
    return go({ step: 'position', run: { ...judged, liveness, route: withPartPassed(judged.route) }, hint: null });
  }
  if (event.swapped) return end({ ...judged, liveness }, { code: 'card.swapped' }, 'result');
  const found = localReason({ ...judged, liveness }, liveness, comparison);
  if (liveness.verdict === 'undecided') {
    const route = afterUndecided(judged.route, found);
    if (route) return positionAgain({ ...judged, liveness: null, route });
  }
  const compared = comparison !== null && comparison.outcome !== 'no-face' ? comparison : null;
  const ruled = event.ruling ? noted(judged, event.ruling) : judged;
  const run = { ...ruled, liveness, comparison: compared };
  return end(run, { code: afterRuling(settledReason(found, settlingOf(run)), event.ruling?.effect?.kind) }, 'result');
}

/** A rule that blocks ends what was not refuted already. */
function afterRuling(reason: ReasonCode, effect: 'review' | 'block' | 'step-up' | undefined): ReasonCode {
  const blocks = effect === 'block' && (stateOf(reason) === 'passed' || stateOf(reason) === 'review');
  return blocks ? 'risk.blocked' : reason;
}

function localReason(
  run: Run,
  liveness: LivenessSummary,
  comparison: Extract<FlowEvent, { type: 'judged' }>['comparison'],
): ReasonCode {
  return decide({
    liveness,
    comparison,
    reference: run.scheme.reference,
    leftToVerifier: run.scheme.decides === 'verifier' || onlyCaptures(run),
    identified: identityOf(run) !== null,
    portrait: run.document?.portrait.state ?? 'absent',
    printed: run.printedPortrait !== null,
    typed: run.document === null && run.typed !== null,
    read: run.document ? null : run.read,
    documentWarning: run.documentWarning ?? unaskable(run),
  });
}

/** Nobody was looked at: the verifier decides by what was read and typed, or nobody does. */
function withoutFace(state: Extract<FlowState, { step: 'deciding' }>, nowMs: number): Step {
  if (facesCamera(state.run)) return stay(state);
  const run = clockStage(state.run, 'decision', nowMs);
  const found = run.documentWarning ?? unaskable(run) ?? 'verification.pending';
  return end(run, { code: settledReason(found, settlingOf(run)) }, 'result');
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
