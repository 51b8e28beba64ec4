import type { Stage } from '../../shared/domain/certification.ts';
import type { ReasonCode } from '../../shared/reasons.ts';
import type { AfterCommit, FlowEffect, FlowState, Run, Step } from './flow-state.ts';

/** What every step of the flow can do with a state. */
export function go(state: FlowState): Step {
  return { state, effects: [] };
}

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

export function clockStage(run: Run, stage: Stage, nowMs: number): Run {
  const spent = (run.stagesMs[stage] ?? 0) + (nowMs - run.stageBeganMs);
  return { ...run, stageBeganMs: nowMs, stagesMs: { ...run.stagesMs, [stage]: spent } };
}

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
