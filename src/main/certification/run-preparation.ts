import { allowsMode } from '../../shared/domain/digit-liveness.ts';
import { livenessPlanOf } from '../../shared/domain/scene.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { newRun, type Run } from './flow-state.ts';
import { beginRoute } from './liveness-route.ts';
import { mayType } from './other-ways.ts';
import type { CertificationDependencies } from './service-contract.ts';

/** How a certification is to begin. */
export interface Beginning {
  /** Counts from 1 for every visitor. */
  readonly attempt: number;
  /** Name and number will be typed in, where the scene allows it. */
  readonly typing: boolean;
  readonly language: 'zh-CN' | 'en';
}

/** A new certification by the settings of now, or why none can begin: the scene may not decide as things are. */
export function prepareRun(
  deps: Pick<CertificationDependencies, 'configuration' | 'verifier' | 'confirmation' | 'clock' | 'newCertifyId'>,
  { attempt, typing, language }: Beginning,
): Result<Run, Failure> {
  const { clock } = deps;
  const { scene, findScheme, digits, readsChips } = deps.configuration();
  const scheme = findScheme(scene.scheme);
  if (!scheme) return err(failure('scene.impossible', `scheme: ${scene.scheme} is none of the schemes`));
  if (scene.offlinePolicy === 'forbid' && !deps.verifier.online()) {
    return err(failure('verifier.unreachable', 'this scene may not decide without the verifier'));
  }
  const full = deps.confirmation.refusal();
  if (full) return err(full);
  const { mode, fallback } = livenessPlanOf(scene);
  const offer = digits(language);
  const [first, ...rest] = [mode, ...fallback].filter((each) => allowsMode(offer, each));
  if (!first) return err(failure('speech.unavailable', 'the scene has no other liveness mode'));
  return ok(
    newRun({
      route: beginRoute([first, ...rest]),
      certifyId: deps.newCertifyId(clock.wallMs()),
      scene,
      scheme,
      request: null,
      follows: null,
      online: deps.verifier.online(),
      startedAtMs: clock.wallMs(),
      stageBeganMs: clock.monotonicMs(),
      attempt,
      typing: typing && mayType(scene),
      readsChips,
    }),
  );
}
