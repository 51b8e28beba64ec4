import { FAR_CHOICES, sceneSchema, type Scene } from '../../../shared/domain/scene.ts';
import { parseLimits, limitsDraft, type LimitField, type LimitsDraft } from './quality-limits-form.ts';
import { parsed, type Parsed, type Problem } from '../form-problem.ts';

/** A scene as its form holds it: numbers are still text. */
export type SceneDraft = Omit<Scene, 'retentionDays' | 'qualityLimits'> &
  LimitsDraft & { readonly retentionDays: string };
export type SceneField = 'id' | 'name' | 'retentionDays' | 'far' | LimitField;

export function sceneDraft({ qualityLimits, ...scene }: Scene): SceneDraft {
  return { ...scene, ...limitsDraft(qualityLimits), retentionDays: String(scene.retentionDays) };
}

/** How many strangers it takes, on average, until one is taken for the holder: 1 in N. */
export function oneIn(far: number): number {
  return Math.round(1 / far);
}

/** Reads the form; each problem names its limit. */
export function parseScene(draft: SceneDraft): Parsed<Scene, SceneField> {
  const problems: { -readonly [Field in SceneField]?: Problem } = {};
  const { shape } = sceneSchema;
  const retentionDays = /^\d{1,4}$/.test(draft.retentionDays.trim()) ? Number(draft.retentionDays) : Number.NaN;
  if (!shape.id.safeParse(draft.id).success) problems.id = { key: 'scene.problem.id' };
  if (!shape.name.safeParse(draft.name.trim()).success) problems.name = { key: 'scene.problem.name' };
  if (!shape.retentionDays.safeParse(retentionDays).success)
    problems.retentionDays = { key: 'scene.problem.retentionDays' };
  if (!FAR_CHOICES.some((far) => far === draft.far)) problems.far = { key: 'scene.problem.far' };
  const { limits, limitProblems, rest } = parseLimits(draft);
  return parsed({ ...problems, ...limitProblems }, () =>
    sceneSchema.parse({ ...rest, ...limits, name: draft.name.trim(), retentionDays }),
  );
}
