import { maskNumber } from '../../shared/domain/masking.ts';
import { evidencePolicyOf } from '../../shared/domain/scene.ts';
import { stateOf, type ReasonCode, type VerdictState } from '../../shared/reasons.ts';
import { portraitOf } from './decision-work.ts';
import { runOf, type FlowState, type FlowStep } from './flow-state.ts';
import { maskedName } from './masked-name.ts';
import { identityOf } from './run-facts.ts';

/** The certification in hand as the staff beside it may know it. */
export interface RunningFacts {
  readonly certifyId: string;
  readonly sceneId: string;
  readonly sceneName: string;
  readonly schemeId: string;
  readonly startedAtMs: number;
  readonly nameMasked: string | null;
  readonly numberMasked: string | null;
  readonly orderId: string | null;
  readonly attempt: number;
  /** Only once its record is committed. */
  readonly verdict: { readonly state: VerdictState; readonly reason: ReasonCode; readonly provisional: boolean } | null;
  readonly awaitsVerifier: boolean;
  /** Its scene keeps pictures, and it is not over yet. */
  readonly showsPictures: boolean;
}

/** After these steps what was captured is on its way to being wiped, and is no longer shown to anybody. */
const OVER = new Set<FlowStep>(['awaiting', 'result', 'other-method']);

/** Null where no certification is in hand. */
export function runningFacts(state: FlowState): RunningFacts | null {
  const run = runOf(state);
  if (run === null) return null;
  const { scene, scheme, request } = run;
  const number = identityOf(run)?.number ?? '';
  return {
    certifyId: run.certifyId,
    sceneId: scene.id,
    sceneName: scene.name,
    schemeId: scheme.id,
    startedAtMs: run.startedAtMs,
    nameMasked: maskedName(run),
    numberMasked: number === '' ? null : maskNumber(number),
    orderId: request?.orderId ?? null,
    attempt: run.attempt,
    verdict: verdictOf(state),
    awaitsVerifier: state.step === 'awaiting',
    showsPictures: showsPictures(state),
  };
}

function verdictOf(state: FlowState): RunningFacts['verdict'] {
  if (state.step !== 'result' && state.step !== 'other-method') return null;
  const { reason } = state.ending;
  return { state: stateOf(reason), reason, provisional: !state.confirmed };
}

function showsPictures(state: FlowState): boolean {
  const run = runOf(state);
  if (run === null || OVER.has(state.step) || run.consent?.capture !== true) return false;
  return evidencePolicyOf(run.scene).keep !== 'none';
}

/** A copy of the portrait that the face is or will be compared with, where the staff may see it; null otherwise. */
export function portraitForStaff(state: FlowState, certifyId: string): Uint8Array | null {
  const run = runOf(state);
  if (run?.certifyId !== certifyId || !showsPictures(state)) return null;
  const portrait = portraitOf(run);
  return portrait && new Uint8Array(portrait);
}
