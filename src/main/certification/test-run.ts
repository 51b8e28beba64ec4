import { DEFAULT_EVIDENCE_POLICY, type Scene } from '../../shared/domain/scene.ts';
import type { Scheme } from '../../shared/domain/scheme.ts';

/** What a certification is done by. */
export interface SceneWithScheme {
  readonly scene: Scene;
  readonly scheme: Scheme;
}

/**
 * A scene and its scheme for trying the terminal out: everything is done as for a visitor, but no picture is kept, no
 * verifier is asked, and no other way is taken, because those end with a verifier too.
 */
export function asTest({ scene, scheme }: SceneWithScheme): SceneWithScheme {
  return {
    scene: {
      ...scene,
      evidence: DEFAULT_EVIDENCE_POLICY,
      returnsFace: false,
      oncePerIdentity: 'no',
      fallbacks: [],
    },
    scheme: { ...scheme, check: null },
  };
}
