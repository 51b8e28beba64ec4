import { DEFAULT_SCENE, type Scene } from '../../../shared/domain/scene.ts';
import type { SceneEntry } from '../../../shared/ipc/admin-schemes.ts';

/** What the form begins with: a saved scene, or what a new one is to be like. */
export interface SceneStart {
  readonly scene: Scene;
  /** Null for a scene that isn't saved yet. */
  readonly saved: SceneEntry | null;
}

/** A new scene like another one, or like the one that comes with the program; it has no name and no id yet. */
export function newScene(like: Scene = DEFAULT_SCENE): SceneStart {
  return { scene: { ...like, id: '', name: '' }, saved: null };
}
