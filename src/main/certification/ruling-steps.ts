import type { LivenessMode } from '../../shared/domain/liveness-mode.ts';
import type { RiskRuling } from '../../shared/domain/risk.ts';
import type { Scheme } from '../../shared/domain/scheme.ts';
import { looksAtFace, usesCamera } from '../../shared/domain/scheme-materials.ts';
import { end, stay } from './flow-moves.ts';
import type { FlowEvent } from './flow-event.ts';
import type { FlowState } from './flow-state.ts';
import type { Run } from './run.ts';
import type { Step } from './flow-effect.ts';
import { beginRoute } from './liveness-route.ts';
import { proceed } from './plan.ts';
import { sentBy } from './run-facts.ts';

/** As many as a record takes. */
export const MOST_FINDINGS = 20;

/** A ruling with what it asks for, where it can still be done; where it is too late for a stronger scheme, a clerk decides. */
export function noted(run: Run, { effect, findings }: RiskRuling): Run {
  const risk = [...run.risk, ...findings].slice(0, MOST_FINDINGS);
  return { ...run, risk, riskReview: run.riskReview || effect?.kind === 'review' || effect?.kind === 'step-up' };
}

/** What the rules say before a face was looked at. `stepUp`: the stronger scheme, with the modes that can be had here. */
export function inRuling(state: Extract<FlowState, { step: 'ruling' }>, event: FlowEvent): Step {
  if (event.type !== 'ruled') return stay(state);
  const run = ruledRun({ ...state.run, ruled: true }, event.ruling, event.stepUp);
  return event.ruling.effect?.kind === 'block' ? end(run, { code: 'risk.blocked' }, 'result') : proceed(run);
}

/** The certification after a ruling that lets it go on. */
export function ruledRun(run: Run, ruling: RiskRuling, stepUp: Scheme | null): Run {
  const stronger = ruling.effect?.kind === 'step-up' && stepUp ? steppedUp(run, stepUp) : null;
  return stronger ? { ...stronger, risk: noted(run, ruling).risk } : noted(run, ruling);
}

/**
 * The certification by a stronger scheme's liveness and question; null where it doesn't fit what is at hand. Nothing that
 * the scheme in hand asks for is given up for it: who had the last word keeps it.
 */
function steppedUp(run: Run, stepUp: Scheme): Run | null {
  if (!usesCamera(run.scheme) || !usesCamera(stepUp) || !Array.isArray(stepUp.liveness)) return null;
  const [first, ...rest] = stepUp.liveness as readonly LivenessMode[];
  if (!first) return null;
  const check = stepUp.check ?? run.scheme.check;
  if (check !== null && !looksAtFace(check)) return null;
  const decides = stepUp.check !== null && stepUp.decides === 'verifier' ? 'verifier' : run.scheme.decides;
  const { id, liveness } = stepUp;
  const { confirmation, ...scene } = run.scene;
  const keepsConfirmation = stepUp.check === null && confirmation !== undefined;
  const stronger: Run = {
    ...run,
    scene: keepsConfirmation ? run.scene : scene,
    scheme: { ...run.scheme, id, liveness, check, decides },
    route: beginRoute([first, ...rest]),
  };
  // Nothing more is sent than the consent that was given speaks of.
  return run.consent !== null && SENT.indexOf(sentBy(stronger)) > SENT.indexOf(sentBy(run)) ? null : stronger;
}

const SENT: readonly ReturnType<typeof sentBy>[] = [null, 'identity', 'face', 'video'];
