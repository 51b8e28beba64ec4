import type { CertificationRequest } from '../../shared/domain/certification-request.ts';
import { allowsMode, type DigitLivenessOffer } from '../../shared/domain/digit-liveness.ts';
import { parseIdentityNumber } from '../../shared/domain/identity-number.ts';
import type { LivenessMode } from '../../shared/domain/liveness-mode.ts';
import type { RiskRuling } from '../../shared/domain/risk.ts';
import { livenessPlanOf, type Scene } from '../../shared/domain/scene.ts';
import { INPUTS, type Scheme } from '../../shared/domain/scheme.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { newRun, type BoundRequest, type Run } from './run.ts';
import { beginRoute } from './liveness-route.ts';
import { mayType } from './other-ways.ts';
import { ruledRun } from './ruling-steps.ts';
import { facesCamera, givenIdentity } from './run-facts.ts';
import type { CertificationDependencies } from './service-contract.ts';
import { asTest } from './test-run.ts';
import { ruleOnTyped } from './typed-rules.ts';

/** How a certification is to begin. */
export interface Beginning {
  /** Counts from 1 for every visitor. */
  readonly attempt: number;
  /** Name and number will be typed in, where the scene allows it. */
  readonly typing: boolean;
  readonly language: 'zh-CN' | 'en';
  /** The caller's request that waits for this visitor; null for whoever walks up. */
  readonly called: CertificationRequest | null;
  /** It tries the terminal out. Absent: no. */
  readonly test?: boolean;
}

export type PreparationParts = Pick<
  CertificationDependencies,
  'configuration' | 'verifier' | 'confirmation' | 'clock' | 'newCertifyId' | 'risk' | 'requests' | 'handOffs' | 'today'
>;

/**
 * A new certification by the settings of now, or why none can begin: the scene may not decide as things are, a caller's
 * input is missing, a rule about risk blocks it. A request is taken last, so that nothing else uses it up.
 */
export function prepareRun(deps: PreparationParts, beginning: Beginning): Result<Run, Failure> {
  const chosen = choose(deps, beginning.called);
  if (!chosen.ok) return chosen;
  const { scene, scheme } = beginning.test === true ? asTest(chosen.value) : chosen.value;
  if (beginning.test === true && scheme.actor === 'phone') return err(failure('setup.untestable', scheme.id));
  const refused = refusal(deps, scene, scheme) ?? missingInput(scheme, beginning.called?.inputs ?? []);
  if (refused) return err(refused);
  const modes = modesFor(scene, scheme, deps.configuration().digits(beginning.language));
  if (!modes) return err(failure('speech.unavailable', 'the scene has no other liveness mode'));
  const ruling = deps.risk.atStart(scene.id);
  if (!ruling.ok) return ruling;
  if (ruling.value.effect?.kind === 'block') return err(failure('risk.blocked', ruling.value.findings[0]?.rule));
  const certifyId = deps.newCertifyId(deps.clock.wallMs());
  const bound = beginning.called && deps.requests.begin(beginning.called.requestId, certifyId);
  if (bound && !bound.ok) return bound;
  const run = begun(deps, {
    ...beginning,
    certifyId,
    scene,
    scheme,
    request: bound?.value ?? null,
    modes,
    follows: null,
  });
  if (!run.ok) return run;
  return ok(ruledRun(run.value, ruling.value, stepUpOf(deps, run.value, ruling.value, beginning.language)));
}

/**
 * The certification that carries on with one whose authority had no photo to compare with: the card is photographed, and
 * the face compared with its portrait.
 */
export function prepareWithCard(deps: PreparationParts, before: Run, language: 'zh-CN' | 'en'): Result<Run, Failure> {
  const scheme: Scheme = {
    ...before.scheme,
    identity: 'card-pictures',
    cardPictures: 'yes',
    reference: 'card-portrait',
    check: 'face-reference',
  };
  const { scene, request, certifyId: follows, attempt, test } = before;
  const refused = refusal(deps, scene, scheme);
  if (refused) return err(refused);
  const modes = modesFor(scene, scheme, deps.configuration().digits(language));
  if (!modes) return err(failure('speech.unavailable', 'the scene has no other liveness mode'));
  const certifyId = deps.newCertifyId(deps.clock.wallMs());
  const beginning = { attempt: attempt + 1, typing: false, certifyId, scene, scheme, request, modes, follows, test };
  const run = begun(deps, beginning);
  return run.ok ? ok({ ...run.value, risk: before.risk, riskReview: before.riskReview }) : run;
}

type Chosen = Result<{ readonly scene: Scene; readonly scheme: Scheme }, Failure>;

function choose({ configuration }: PreparationParts, called: CertificationRequest | null): Chosen {
  const { scene: walkUp, findScene, findScheme } = configuration();
  const scene = called ? findScene(called.sceneId) : walkUp;
  if (!scene) return err(failure('scene.changed', 'the scene is gone'));
  const scheme = findScheme(scene.scheme);
  if (!scheme) return err(failure('scene.impossible', `scheme: ${scene.scheme} is none of the schemes`));
  if (called && scheme.id !== called.scheme) return err(failure('scene.changed', `scheme: was ${called.scheme}`));
  return ok({ scene, scheme });
}

function refusal(deps: PreparationParts, scene: Scene, scheme: Scheme): Failure | null {
  if (scheme.actor === 'caller') return failure('scene.impossible', 'scheme: serves nobody at the terminal');
  if (scene.offlinePolicy === 'forbid' && !deps.verifier.online()) {
    return failure('verifier.unreachable', 'this scene may not decide without the verifier');
  }
  return deps.confirmation.refusal() ?? (scheme.actor === 'phone' ? deps.handOffs.refusal({ scene, scheme }) : null);
}

/** Names the first input that the scheme can't do without and nobody gave. */
function missingInput({ inputs }: Scheme, given: readonly string[]): Failure | null {
  const missing = INPUTS.find((input) => inputs[input] === 'required' && !given.includes(input));
  return missing === undefined ? null : failure('request.input-missing', missing);
}

/** The ways to prove life in their order, where any can be had here; those of a scheme without are never used. */
function modesFor(
  scene: Scene,
  { actor, liveness }: Scheme,
  offer: DigitLivenessOffer,
): readonly [LivenessMode, ...LivenessMode[]] | null {
  const { mode, fallback } = livenessPlanOf(scene);
  if (liveness === 'none' || actor !== 'person') return [mode, ...fallback];
  const wanted = liveness === 'scene' ? [mode, ...fallback] : liveness;
  const [first, ...rest] = wanted.filter((each) => allowsMode(offer, each));
  return first ? [first, ...rest] : null;
}

interface Begun extends Omit<Beginning, 'called' | 'language'> {
  readonly certifyId: string;
  readonly scene: Scene;
  readonly scheme: Scheme;
  readonly request: BoundRequest | null;
  readonly modes: readonly [LivenessMode, ...LivenessMode[]];
  readonly follows: string | null;
}

function begun(deps: PreparationParts, { modes, typing, ...begin }: Begun): Result<Run, Failure> {
  const { clock, verifier } = deps;
  const run = newRun({
    ...begin,
    online: verifier.online(),
    route: beginRoute(modes),
    startedAtMs: clock.wallMs(),
    stageBeganMs: clock.monotonicMs(),
    typing: typing && mayType(begin.scene),
    readsChips: deps.configuration().readsChips,
  });
  const given = givenIdentity(run);
  if (!given) return ok(run);
  const today = deps.today();
  const number = parseIdentityNumber(given.number, today);
  // Of a number that can't be right nobody knows whether it is a child's.
  if (!number.ok) return err(failure('request.input-unfit', 'number'));
  return ok({ ...run, guardianNeeded: ruleOnTyped(number.value, today).kind === 'stop' });
}

/** The stronger scheme that a ruling asks for, with the modes that can be had here; null where it can't be had. */
export function stepUpOf(
  { configuration }: Pick<PreparationParts, 'configuration'>,
  run: Run,
  { effect }: RiskRuling,
  language: 'zh-CN' | 'en',
): Scheme | null {
  if (effect?.kind !== 'step-up') return null;
  const { findScheme, digits } = configuration();
  const scheme = findScheme(effect.scheme);
  if (!scheme || !facesCamera({ scheme })) return null;
  const modes = modesFor(run.scene, scheme, digits(language));
  return modes && { ...scheme, liveness: [...modes] };
}
