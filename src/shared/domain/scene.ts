import { z } from 'zod';
import type { VerdictState } from '../reasons.ts';
import { qualityLimitsSchema } from './face-quality.ts';
import { DEFAULT_LIVENESS_PLAN, livenessPlanSchema, type LivenessPlan } from './liveness-mode.ts';
import { schemeIdSchema } from './scheme-id.ts';

/** False-accept rates that an administrator can choose; thresholds are kept as FAR, never as raw scores. */
export const FAR_CHOICES = [1e-2, 1e-3, 1e-4, 1e-5] as const;

/**
 * What happens while the verifier can't be reached. `forbid`: no certification begins. `capture_only`: everything is
 * taken and kept, nothing is decided until the verifier has answered. `local_decide`: the device decides what it can,
 * and the verifier confirms it later.
 */
export const OFFLINE_POLICIES = ['forbid', 'capture_only', 'local_decide'] as const;
export type OfflinePolicy = (typeof OFFLINE_POLICIES)[number];

/**
 * Other ways for whoever can't or won't do the scene's own. The clerk with the card in hand is always one of them and
 * isn't listed. `another-liveness` and `phone-hand-off` use the face: they are not offered after a refusal of that.
 */
export const FALLBACK_METHODS = [
  'identity-check',
  'phone-check',
  'bank-card-check',
  'bank-card-phone-check',
  'another-liveness',
  'phone-hand-off',
] as const;
export type FallbackMethod = (typeof FALLBACK_METHODS)[number];

/** How often somebody may try. */
export const attemptLimitsSchema = z.strictObject({
  /** Certifications in a row from one visit. */
  perVisit: z.int().min(1).max(5),
  /** Certifications of one person per local calendar day, passed ones not counted; null: as many as they like. */
  perPersonDay: z.int().min(1).max(50).nullable(),
});
export type AttemptLimits = z.infer<typeof attemptLimitsSchema>;
export const DEFAULT_ATTEMPT_LIMITS: AttemptLimits = { perVisit: 3, perPersonDay: 10 };

/** Whether one identity may pass more than once, for promotions and registrations. */
export const ONCE_PER_IDENTITY = ['no', 'day', 'ever'] as const;

/** What the processing rests on (PIPL article 13). */
export const LEGAL_BASES = ['consent', 'contract', 'legal-duty'] as const;

/** Which certifications keep their pictures: none of them, those that end in review or failed, or all decided ones. */
export const EVIDENCE_KEPT = ['none', 'review', 'all'] as const;

/** What a scene keeps beside the record, encrypted and for `retentionDays` at most. */
export const evidencePolicySchema = z.strictObject({
  keep: z.enum(EVIDENCE_KEPT),
  /** Whether a portrait MP4 clip is recorded during the challenges. */
  clip: z.boolean(),
});
export type EvidencePolicy = z.infer<typeof evidencePolicySchema>;

export const DEFAULT_EVIDENCE_POLICY: EvidencePolicy = { keep: 'none', clip: false };

/** How somebody can go on whose card's chip can't be read, or gives no portrait. Both end in a clerk's review at best. */
export const identificationPolicySchema = z.strictObject({
  /** Name and number may be typed in. */
  manualEntry: z.boolean(),
  /** The card's printed portrait may be photographed and compared with. */
  cardPhoto: z.boolean(),
  /** The card's two sides may be photographed and read, where no chip is. Absent: no. */
  photographedCard: z.boolean().optional(),
  /** Passports and other travel documents are taken. Absent: no. */
  travelDocument: z.boolean().optional(),
});
export type IdentificationPolicy = z.infer<typeof identificationPolicySchema>;

export const DEFAULT_IDENTIFICATION_POLICY: IdentificationPolicy = { manualEntry: false, cardPhoto: false };

/**
 * What a scene can have confirmed by its verifier after this device has decided: the face (or the clip) against the
 * authority's photo, the face against the card's portrait or against the verifier's own photo, or name and number.
 */
export const CONFIRMATION_CHECKS = [
  'face-authority',
  'video-authority',
  'face-reference',
  'face-retained',
  'identity',
] as const;
export type ConfirmationCheck = (typeof CONFIRMATION_CHECKS)[number];

/** How the staff decides about records of a scene; going over a result takes two people whatever it says. */
export const reviewPolicySchema = z.strictObject({
  /** A second person of the staff has to agree. */
  secondPerson: z.boolean(),
});
export type ReviewPolicy = z.infer<typeof reviewPolicySchema>;
export const DEFAULT_REVIEW_POLICY: ReviewPolicy = { secondPerson: false };

export const sceneSchema = z.strictObject({
  /** 1–20 of letters, digits and hyphen; unique, and fixed once a record uses it. */
  id: z.string().regex(/^[A-Za-z0-9-]{1,20}$/),
  /** 1–20 Chinese characters, letters, digits or hyphens. */
  name: z.string().regex(/^[\p{Script=Han}A-Za-z0-9-]{1,20}$/u),
  /** A preset's or a composed scheme's. */
  scheme: schemeIdSchema,
  guidePage: z.boolean(),
  resultPage: z.boolean(),
  far: z.union(FAR_CHOICES.map((far) => z.literal(far)) as [z.ZodLiteral<number>, ...z.ZodLiteral<number>[]]),
  offlinePolicy: z.enum(OFFLINE_POLICIES),
  palette: z.enum(['vivid', 'gentle']),
  retentionDays: z.int().min(1).max(3650),
  /** Where the scene asks more or less of a face than the limits as they come. */
  qualityLimits: qualityLimitsSchema.optional(),
  /** Where the scene asks for another proof of life than light with actions to fall back to. */
  liveness: livenessPlanSchema.optional(),
  /** Where the scene keeps more than the record. */
  evidence: evidencePolicySchema.optional(),
  /** Where the scene lets people go on without a chip's portrait. */
  identification: identificationPolicySchema.optional(),
  /** Where the verifier shall decide too. Absent: it only keeps the record. */
  confirmation: z.enum(CONFIRMATION_CHECKS).optional(),
  /** Absent: three in a row, ten a day. */
  attempts: attemptLimitsSchema.optional(),
  /** Absent: no. */
  oncePerIdentity: z.enum(ONCE_PER_IDENTITY).optional(),
  /** In the order in which they are offered; absent: the clerk alone. */
  fallbacks: z.array(z.enum(FALLBACK_METHODS)).max(FALLBACK_METHODS.length).readonly().optional(),
  /** A parent or guardian may agree for a child under 14, with their own card. Absent: the staff does it. */
  guardian: z.boolean().optional(),
  /** The face picture goes to the customer's own store, with a consent of its own. Absent: no. */
  returnsFace: z.boolean().optional(),
  /** Absent: consent. */
  legalBasis: z.enum(LEGAL_BASES).optional(),
  /** How the staff decides what is left to it. Absent: one person does. */
  review: reviewPolicySchema.optional(),
});
export type Scene = z.infer<typeof sceneSchema>;

export const DEFAULT_SCENE: Scene = {
  id: 'counter',
  name: '柜台核验',
  scheme: 'CounterCard',
  guidePage: false,
  resultPage: true,
  far: 1e-4,
  offlinePolicy: 'local_decide',
  palette: 'vivid',
  retentionDays: 1095,
};

/** The default where the scene says nothing: the card's chip and no other way. */
export function identificationPolicyOf(scene: Scene): IdentificationPolicy {
  return scene.identification ?? DEFAULT_IDENTIFICATION_POLICY;
}

/** The default where the scene says nothing: three in a row, ten a person and day. */
export function attemptLimitsOf(scene: Scene): AttemptLimits {
  return scene.attempts ?? DEFAULT_ATTEMPT_LIMITS;
}

/** The default where the scene says nothing: one person decides. */
export function reviewPolicyOf(scene: Scene): ReviewPolicy {
  return scene.review ?? DEFAULT_REVIEW_POLICY;
}

/** The default where the scene says nothing: light, with two actions to fall back to. */
export function livenessPlanOf(scene: Scene): LivenessPlan {
  return scene.liveness ?? DEFAULT_LIVENESS_PLAN;
}

/** The default where the scene says nothing: no evidence is kept. */
export function evidencePolicyOf(scene: Scene): EvidencePolicy {
  return scene.evidence ?? DEFAULT_EVIDENCE_POLICY;
}

/** What consent to sending covers beside the record; null: the record alone. */
export function sentMaterial({ confirmation }: Scene): 'identity' | 'face' | 'video' | null {
  if (confirmation === undefined) return null;
  if (confirmation === 'identity') return 'identity';
  return confirmation === 'video-authority' ? 'video' : 'face';
}

/** Whether a clip is kept: only where some certification would keep it. */
export function asksForClip({ keep, clip }: EvidencePolicy): boolean {
  return clip && keep !== 'none';
}

/**
 * Whether a certification that ended so keeps its evidence. One that ended in an error decided nothing about anybody,
 * so nothing of it is ever kept.
 */
export function keepsEvidence({ keep }: EvidencePolicy, state: VerdictState): boolean {
  if (state === 'error' || keep === 'none') return false;
  return keep === 'all' || state !== 'passed';
}
