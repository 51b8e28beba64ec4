import { checkScene, checkScheme } from '../../../shared/domain/scene-rules.ts';
import { DEFAULT_SCENE, type Scene } from '../../../shared/domain/scene.ts';
import { findScheme, PRESET_SCHEMES } from '../../../shared/domain/scheme-presets.ts';
import type { Scheme } from '../../../shared/domain/scheme.ts';
import { noOperation } from '../../../shared/domain/scheme-service.ts';
import type { ServiceRefusal } from '../../../shared/domain/service-refusal.ts';
import type { SceneBook, SceneEntry, SchemeEntry } from '../../../shared/ipc/admin-schemes.ts';
import type { GalleryCase } from './gallery-case.ts';

const REGISTRATION: Scene = {
  ...DEFAULT_SCENE,
  id: 'registration',
  name: '初诊登记',
  scheme: 'ID_PRO',
  offlinePolicy: 'capture_only',
  oncePerIdentity: 'ever',
  attempts: { perVisit: 2, perPersonDay: 5 },
  fallbacks: ['identity-check', 'phone-hand-off'],
  guardian: true,
};
const COUPON: Scene = {
  ...DEFAULT_SCENE,
  id: 'coupon-2026',
  name: '领券核验',
  scheme: 'RPMin',
  offlinePolicy: 'forbid',
  retentionDays: 30,
};
/** Contradicts itself: the person finishes on a phone, which needs a network. */
const BROKEN: Scene = {
  ...DEFAULT_SCENE,
  id: 'phone-only',
  name: '手机办理',
  scheme: 'FACE',
  offlinePolicy: 'local_decide',
  oncePerIdentity: 'day',
  attempts: { perVisit: 5, perPersonDay: 2 },
  fallbacks: ['phone-hand-off'],
  legalBasis: 'contract',
};
const COMPOSED: Scheme = {
  ...PRESET_SCHEMES[0]!,
  id: 'Counter-with-phone',
  family: 'composed',
  asks: ['phone'],
  liveness: ['light', 'action'],
};

function entryOf(scene: Scene, records: number, composed: readonly Scheme[], walkUp = false): SceneEntry {
  return { scene, records, walkUp, problems: checkScene(scene, findScheme(scene.scheme, composed), null) };
}

function refusalOf({ check }: Scheme, which: GalleryCase): ServiceRefusal | null {
  if (check === null) return null;
  if (which === 'empty') return { code: 'not-set-up' };
  if (check === 'video-authority' || check === 'bank-card-phone') return noOperation('aliyun', check);
  return which === 'troubled' && check === 'face-authority' ? { code: 'no-scene', scene: 'ID_MIN' } : null;
}

function schemesOf(composed: readonly Scheme[], scenes: readonly SceneEntry[], which: GalleryCase): SchemeEntry[] {
  return [...PRESET_SCHEMES, ...composed].map((scheme) => ({
    scheme,
    preset: scheme.family !== 'composed',
    scenes: scenes.filter(({ scene }) => scene.scheme === scheme.id).map(({ scene }) => scene.id),
    refusal: refusalOf(scheme, which),
  }));
}

/** Scenes and schemes of the gallery's terminal, which remembers what was saved. */
export class FixtureBook {
  readonly #which: GalleryCase;
  #scenes: readonly SceneEntry[];
  #composed: readonly Scheme[];

  constructor(which: GalleryCase) {
    this.#which = which;
    this.#composed = which === 'empty' ? [] : [COMPOSED];
    const counter = entryOf(DEFAULT_SCENE, which === 'empty' ? 0 : 312, this.#composed, true);
    const more = [entryOf(REGISTRATION, 87, this.#composed), entryOf(COUPON, 0, this.#composed)];
    const broken = which === 'troubled' ? [entryOf(BROKEN, 4, this.#composed)] : [];
    this.#scenes = which === 'empty' ? [counter] : [counter, ...more, ...broken];
  }

  book(): SceneBook {
    return {
      scenes: this.#scenes,
      schemes: schemesOf(this.#composed, this.#scenes, this.#which),
      verifier: this.#which === 'empty' ? null : 'aliyun',
      digits: { use: 'unavailable', limit: 'no-voice-detector', why: null },
    };
  }

  check(scene: Scene): ReturnType<typeof checkScene> {
    return checkScene(scene, findScheme(scene.scheme, this.#composed), null);
  }

  checkScheme(scheme: Scheme): ReturnType<typeof checkScheme> {
    return checkScheme(scheme);
  }

  putScene(scene: Scene, replaces: string | null): SceneBook {
    const former = this.#scenes.find((entry) => entry.scene.id === replaces);
    const entry = entryOf(scene, former?.records ?? 0, this.#composed, former?.walkUp ?? false);
    this.#scenes =
      former === undefined
        ? [...this.#scenes, entry]
        : this.#scenes.map((each) => (each.scene.id === replaces ? entry : each));
    return this.book();
  }

  removeScene(id: string): SceneBook {
    this.#scenes = this.#scenes.filter(({ scene }) => scene.id !== id);
    return this.book();
  }

  walkUp(id: string): SceneBook {
    this.#scenes = this.#scenes.map((entry) => ({ ...entry, walkUp: entry.scene.id === id }));
    return this.book();
  }

  putScheme(scheme: Scheme): SceneBook {
    this.#composed = [...this.#composed.filter(({ id }) => id !== scheme.id), scheme];
    return this.book();
  }

  removeScheme(gone: string): SceneBook {
    this.#composed = this.#composed.filter(({ id }) => id !== gone);
    return this.book();
  }
}
