import { findScheme } from '../../shared/domain/scheme-presets.ts';
import type { Scene } from '../../shared/domain/scene.ts';
import type { Scheme } from '../../shared/domain/scheme.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { SettingsStore } from './settings.ts';

/** All scenes and all schemes of this terminal. */
export interface SceneBook {
  /** That of whoever walks up first, then the others in their order. */
  scenes(): Result<readonly [Scene, ...Scene[]], Failure>;
  /** @returns `scene.unknown` where there is none */
  scene(sceneId: string): Result<Scene, Failure>;
  /** A scene with its scheme. @returns `scene.unknown`, or `scene.impossible` naming a scheme that there is not */
  resolve(sceneId: string): Result<{ readonly scene: Scene; readonly scheme: Scheme }, Failure>;
  /** The composed ones. */
  schemes(): Result<readonly Scheme[], Failure>;
  /** Adds a scene, or puts it in the place of the one with the id `replaces`. @returns `request.invalid` for a taken id */
  put(scene: Scene, replaces: string | null): Result<null, Failure>;
  /** The scene of whoever walks up can't be removed: another one has to take its place first. */
  remove(sceneId: string): Result<null, Failure>;
  walkUp(sceneId: string): Result<null, Failure>;
}

/**
 * Judges no scene, and writes two settings for one change: whoever needs them together opens a transaction around it.
 */
export function createSceneBook(settings: SettingsStore): SceneBook {
  function scenes(): Result<readonly [Scene, ...Scene[]], Failure> {
    const walkUp = settings.read('scene');
    if (!walkUp.ok) return walkUp;
    const others = settings.read('other-scenes');
    return others.ok ? ok([walkUp.value, ...others.value]) : others;
  }

  function scene(sceneId: string): Result<Scene, Failure> {
    const all = scenes();
    if (!all.ok) return all;
    const found = all.value.find(({ id }) => id === sceneId);
    return found ? ok(found) : err(failure('scene.unknown', sceneId.slice(0, 40)));
  }

  function write(walkUp: Scene, others: readonly Scene[]): Result<null, Failure> {
    // The others first: a scene that stands in both for a moment is better than one that stands in none.
    const wroteOthers = settings.write('other-scenes', [...others]);
    if (!wroteOthers.ok) return wroteOthers;
    const wroteWalkUp = settings.write('scene', walkUp);
    return wroteWalkUp.ok ? ok(null) : wroteWalkUp;
  }

  return {
    scenes,
    scene,
    schemes: () => settings.read('schemes'),
    resolve: (sceneId) => {
      const found = scene(sceneId);
      if (!found.ok) return found;
      const composed = settings.read('schemes');
      if (!composed.ok) return composed;
      const scheme = findScheme(found.value.scheme, composed.value);
      return scheme
        ? ok({ scene: found.value, scheme })
        : err(failure('scene.impossible', `scheme: ${found.value.scheme} is none of the schemes`));
    },
    put: (next, replaces) => {
      const all = scenes();
      if (!all.ok) return all;
      const [walkUp, ...others] = all.value;
      if (replaces !== null && !all.value.some(({ id }) => id === replaces)) {
        return err(failure('scene.unknown', replaces));
      }
      if (next.id !== replaces && all.value.some(({ id }) => id === next.id)) {
        return err(failure('request.invalid', `id: ${next.id} is taken`));
      }
      if (replaces === null) return write(walkUp, [...others, next]);
      if (walkUp.id === replaces) return write(next, others);
      return write(
        walkUp,
        others.map((each) => (each.id === replaces ? next : each)),
      );
    },
    remove: (sceneId) => {
      const all = scenes();
      if (!all.ok) return all;
      const [walkUp, ...others] = all.value;
      if (walkUp.id === sceneId) return err(failure('request.invalid', 'id: the scene of whoever walks up'));
      if (!others.some(({ id }) => id === sceneId)) return err(failure('scene.unknown', sceneId.slice(0, 40)));
      return write(
        walkUp,
        others.filter(({ id }) => id !== sceneId),
      );
    },
    walkUp: (sceneId) => {
      const all = scenes();
      if (!all.ok) return all;
      const next = all.value.find(({ id }) => id === sceneId);
      if (!next) return err(failure('scene.unknown', sceneId.slice(0, 40)));
      return write(
        next,
        all.value.filter(({ id }) => id !== sceneId),
      );
    },
  };
}
