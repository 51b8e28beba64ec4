import type { Scene } from '../../../shared/domain/scene.ts';

/** Starting points in plain words; each sets a scheme and what goes with it, and leaves the rest as it is. */
export const SCENE_STARTS = ['counter-card', 'counter-card-flexible', 'card-pictures', 'typed-authority'] as const;
export type SceneStart = (typeof SCENE_STARTS)[number];

const OF_START: Readonly<Record<SceneStart, Pick<Scene, 'scheme'> & Partial<Scene>>> = {
  'counter-card': { scheme: 'CounterCard', identification: { manualEntry: false, cardPhoto: false } },
  'counter-card-flexible': { scheme: 'CounterCard', identification: { manualEntry: true, cardPhoto: true } },
  'card-pictures': { scheme: 'RPBasic' },
  'typed-authority': { scheme: 'RPManual' },
};

/** The scene of whoever walks up, made over from a starting point. */
export function sceneFrom(start: SceneStart, current: Scene): Scene {
  const made: Scene = { ...current };
  delete made.confirmation;
  delete made.identification;
  delete made.liveness;
  return { ...made, ...OF_START[start] };
}
