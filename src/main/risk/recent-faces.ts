import type { Clock } from '../../shared/clock.ts';

/** More are never remembered at once. */
export const MOST_RECENT_FACES = 400;
/** The longest window that a rule can ask for. */
export const FACES_REMEMBERED_MS = 72 * 3_600_000;

/** Whether two templates are of one person, of two, or neither for certain; the comparison knows. */
export type CompareFaces = (a: Float32Array, b: Float32Array) => 'same' | 'different' | 'unsure';

interface RecentFace {
  readonly subjectKey: string;
  readonly template: Float32Array;
  /** Monotonic. */
  readonly atMs: number;
}

/**
 * Faces of this terminal's last certifications, in this process' memory alone: never written, gone with the process,
 * bounded in number and time, and overwritten when they are dropped.
 */
export interface RecentFaces {
  /** Takes the template over. */
  add(subjectKey: string, template: Float32Array): void;
  /** Different faces that came with this number within `hours`, this one included. */
  facesOf(subjectKey: string, template: Float32Array, hours: number): number;
  /** Different numbers that came with this face within `hours`, this one included. */
  numbersOf(subjectKey: string | null, template: Float32Array, hours: number): number;
  /** Drops everything of one person. */
  forget(subjectKey: string): void;
  clear(): void;
  size(): number;
}

/**
 * Remembers nothing yet. Windows are measured on the monotonic clock, so setting the wall clock moves nothing out of
 * them.
 */
export function createRecentFaces(clock: Pick<Clock, 'monotonicMs'>, compare: CompareFaces): RecentFaces {
  let faces: readonly RecentFace[] = [];

  function keepOnly(kept: (face: RecentFace, index: number) => boolean): void {
    const before = faces;
    faces = before.filter(kept);
    for (const face of before) if (!faces.includes(face)) face.template.fill(0);
  }

  function within(hours: number): readonly RecentFace[] {
    const nowMs = clock.monotonicMs();
    keepOnly(({ atMs }) => nowMs - atMs <= FACES_REMEMBERED_MS);
    return faces.filter(({ atMs }) => nowMs - atMs <= hours * 3_600_000);
  }

  return {
    add: (subjectKey, template) => {
      within(0);
      keepOnly((_face, index) => index >= faces.length - MOST_RECENT_FACES + 1);
      faces = [...faces, { subjectKey, template, atMs: clock.monotonicMs() }];
    },
    facesOf: (subjectKey, template, hours) => {
      const different = [template];
      for (const face of within(hours)) {
        if (face.subjectKey !== subjectKey) continue;
        if (different.every((known) => compare(known, face.template) === 'different')) different.push(face.template);
      }
      return different.length;
    },
    numbersOf: (subjectKey, template, hours) => {
      const numbers = new Set(subjectKey === null ? [] : [subjectKey]);
      for (const face of within(hours)) if (compare(template, face.template) === 'same') numbers.add(face.subjectKey);
      return numbers.size;
    },
    forget: (subjectKey) => keepOnly((face) => face.subjectKey !== subjectKey),
    clear: () => keepOnly(() => false),
    size: () => faces.length,
  };
}
