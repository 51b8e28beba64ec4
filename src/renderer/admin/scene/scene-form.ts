import type { DigitLivenessOffer } from '../../../shared/domain/digit-liveness.ts';
import { FAR_CHOICES, sceneSchema, type Scene } from '../../../shared/domain/scene.ts';
import { parsed, type Parsed, type Problem } from '../form-problem.ts';
import { confirmationDraft, parseConfirmation, type ConfirmationDraft } from './confirmation-form.ts';
import { evidenceDraft, parseEvidence, type EvidenceDraft } from './evidence-form.ts';
import { livenessDraft, parseLiveness, type LivenessDraft, type LivenessField } from './liveness-form.ts';
import { identificationDraft, parseIdentification, type IdentificationDraft } from './identification-form.ts';
import { parseRules, rulesDraft, splitRules, type RulesDraft, type RulesField, type RulesPart } from './rules-form.ts';
import { parseLimits, limitsDraft, type LimitField, type LimitsDraft } from './quality-limits-form.ts';

/** A scene as its form holds it: numbers are still text, and what is optional has its usual value. */
export type SceneDraft = Omit<
  Scene,
  'retentionDays' | 'qualityLimits' | 'liveness' | 'evidence' | 'identification' | 'confirmation' | keyof RulesPart
> &
  LimitsDraft &
  LivenessDraft &
  EvidenceDraft &
  IdentificationDraft &
  ConfirmationDraft &
  RulesDraft & { readonly retentionDays: string };
export type SceneField =
  | 'id'
  | 'name'
  | 'scheme'
  | 'offlinePolicy'
  | 'confirmation'
  | 'evidence'
  | 'identification'
  | 'retentionDays'
  | 'far'
  | RulesField
  | LimitField
  | LivenessField;

export function sceneDraft({
  qualityLimits,
  liveness,
  evidence,
  identification,
  confirmation,
  ...all
}: Scene): SceneDraft {
  const { rules, scene } = splitRules(all);
  return {
    ...scene,
    ...rulesDraft(rules),
    ...limitsDraft(qualityLimits),
    ...livenessDraft(liveness ? { liveness } : {}),
    ...evidenceDraft(evidence ? { evidence } : {}),
    ...identificationDraft(identification ? { identification } : {}),
    ...confirmationDraft(confirmation ? { confirmation } : {}),
    retentionDays: String(scene.retentionDays),
  };
}

/** How many strangers it takes, on average, until one is taken for the holder: 1 in N. */
export function oneIn(far: number): number {
  return Math.round(1 / far);
}

/** Reads the form; each problem names its limit. `digits`: what reading digits aloud can be used for here. */
export function parseScene(draft: SceneDraft, digits: DigitLivenessOffer): Parsed<Scene, SceneField> {
  const problems: { -readonly [Field in SceneField]?: Problem } = {};
  const { shape } = sceneSchema;
  const retentionDays = /^\d{1,4}$/.test(draft.retentionDays.trim()) ? Number(draft.retentionDays) : Number.NaN;
  if (!shape.id.safeParse(draft.id).success) problems.id = { key: 'scene.problem.id' };
  if (!shape.name.safeParse(draft.name.trim()).success) problems.name = { key: 'scene.problem.name' };
  if (!shape.retentionDays.safeParse(retentionDays).success)
    problems.retentionDays = { key: 'scene.problem.retentionDays' };
  if (!FAR_CHOICES.some((far) => far === draft.far)) problems.far = { key: 'scene.problem.far' };
  const { liveness, livenessProblems, rest: withoutLiveness } = parseLiveness(draft, digits);
  const { evidence, rest: withoutEvidence } = parseEvidence(withoutLiveness);
  const { identification, rest: withoutIdentification } = parseIdentification(withoutEvidence);
  const { confirmation, rest: withoutConfirmation } = parseConfirmation(withoutIdentification);
  const { rules, rulesProblems, rest: withoutRules } = parseRules(withoutConfirmation);
  const { limits, limitProblems, rest } = parseLimits(withoutRules);
  return parsed({ ...problems, ...limitProblems, ...livenessProblems, ...rulesProblems }, () =>
    sceneSchema.parse({
      ...rest,
      ...limits,
      ...rules,
      ...liveness,
      ...evidence,
      ...identification,
      ...confirmation,
      name: draft.name.trim(),
      retentionDays,
    }),
  );
}
