import type { Stage } from '../../shared/domain/certification.ts';
import { failure, type Failure, type ReasonCode } from '../../shared/reasons.ts';
import type { AfterCommit, DocumentStep, FlowState } from './flow-state.ts';
import type { FlowEffect, Step } from './flow-effect.ts';
import type { Run } from './run.ts';
import { isTheNamed, type KnownIdentity } from './run-facts.ts';

/** What every step of the flow can do with a state. */
export function go(state: FlowState): Step {
  return { state, effects: [] };
}

/** An event that changes nothing. */
export function stay(state: FlowState): Step {
  return { state, effects: [] };
}

/** Ends the certification: the verdict is only shown once its record is committed. */
export function end(run: Run, cause: { code: ReasonCode; detail?: string }, then: AfterCommit): Step {
  const ending = {
    reason: cause.code,
    then,
    ...(cause.detail === undefined ? {} : { detail: cause.detail.slice(0, 300) }),
  };
  return {
    state: { step: 'committing', run, ending },
    effects: [{ type: 'stop-reading' }, { type: 'commit', run, ending }],
  };
}

/** Adds the time since the stage began to its sum, milliseconds; the next stage begins now. */
export function clockStage(run: Run, stage: Stage, nowMs: number): Run {
  const spent = (run.stagesMs[stage] ?? 0) + (nowMs - run.stageBeganMs);
  return { ...run, stageBeganMs: nowMs, stagesMs: { ...run.stagesMs, [stage]: spent } };
}

/** Begins a capture with the scene's limits of quality. */
export function openCapture({ certifyId, scene }: Run): FlowEffect {
  return { type: 'open-capture', certifyId, limits: scene.qualityLimits ?? {} };
}

/** Waits for a card. */
export function awaitCard(run: Run, problem: ReasonCode | null): Step {
  return {
    state: { step: 'card', run, phase: 'searching', problem },
    effects: [{ type: 'read-card', certifyId: run.certifyId }],
  };
}

/** Leaves the reader alone while somebody types. */
export function beginEntry(run: Run): Step {
  return { state: { step: 'identity-entry', run }, effects: [{ type: 'stop-reading' }] };
}

/** Leaves the reader alone and asks for the first picture. */
export function beginDocument(run: Run, page: 'id-card-front' | 'travel-document'): Step {
  return { state: captureDocument(run, { page }), effects: [{ type: 'stop-reading' }] };
}

/** A document before the camera, with nothing seen of it yet. */
export function captureDocument(run: Run, begin: Pick<DocumentStep, 'page'> & Partial<DocumentStep>): DocumentStep {
  const { page, front = null, problem = null, pictures = 0 } = begin;
  return { step: 'document-capture', run, page, front, problem, pictures, hint: null, reading: false };
}

/** A broken-off or undecided challenge leaves no frames behind for the next one. */
export function positionAgain(run: Run): Step {
  return { state: { step: 'position', run, hint: null }, effects: [openCapture(run)] };
}

/** Why an identity can't be this certification's: it is not that of whom the caller has named. Null where it can. */
export function otherThanNamed(run: Run, identity: KnownIdentity): Failure | null {
  return isTheNamed(run, identity) ? null : failure('identity.not-the-named');
}
