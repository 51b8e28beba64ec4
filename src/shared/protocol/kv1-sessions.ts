import { z } from 'zod';
import { certifyIdSchema, reasonCodeSchema, VERDICT_BASES } from '../domain/certification.ts';
import { signatureSchema } from '../domain/receipt.ts';
import {
  CHECKS,
  clipChallengeSchema,
  isSoundAnswer,
  RETRY_CLASSES,
  scoreSchema,
  vendorAnswerSchema,
} from '../domain/verification.ts';
import { VERDICT_STATES } from '../reasons.ts';

/**
 * The part of kv1 that asks for a decision: a session is opened for one question of one certification, its artifacts
 * are uploaded, it is submitted once, and it ends with a decision that the verifier signs.
 */
export const SESSION_LIMITS = {
  /** From opening to submitting; the vendors' tokens live as long. */
  lifetimeMs: 30 * 60_000,
  artifactsPerSession: 6,
  artifactBytes: 10_485_760,
  /** One piece of a resumable upload. Whatever is smaller than one piece can be put at once. */
  pieceBytes: 524_288,
  /** Pieces of an upload that was not finished are kept this long. */
  uploadLifetimeMs: 24 * 3_600_000,
  /** The sealed identity as compact JWE. */
  sealedCharacters: 4_096,
  /** Longest `Prefer: wait` (RFC 7240) in seconds. */
  waitSeconds: 20,
} as const;

export const SESSION_PATHS = {
  sessions: '/v1/sessions',
  session: (sessionId: string): string => `/v1/sessions/${sessionId}`,
  /** PUT whole; PATCH `?offset=N` a piece; GET how much has arrived. */
  artifact: (sessionId: string, name: string): string => `/v1/sessions/${sessionId}/artifacts/${name}`,
  artifacts: (sessionId: string): string => `/v1/sessions/${sessionId}/artifacts`,
  submit: (sessionId: string): string => `/v1/sessions/${sessionId}:submit`,
  retry: (sessionId: string): string => `/v1/sessions/${sessionId}:retry`,
  review: (sessionId: string): string => `/v1/sessions/${sessionId}:review`,
  subject: (subjectKey: string): string => `/v1/subjects/${subjectKey}`,
  keys: '/v1/devices/self/keys',
  reports: '/v1/reports',
  deviceStatus: '/v1/devices/self',
} as const;

export const ARTIFACT_NAMES = [
  'face.jpg',
  'reference.jpg',
  'card-front.jpg',
  'card-back.jpg',
  'bank-card.jpg',
  'clip.mp4',
] as const;
export type ArtifactName = (typeof ARTIFACT_NAMES)[number];
export const artifactNameSchema = z.enum(ARTIFACT_NAMES);

const timeMs = z.int().nonnegative();
const hex64 = z.string().regex(/^[0-9a-f]{64}$/);
/** A UUID version 7 that the device makes before anything is captured. */
export const sessionIdSchema = z.uuidv7();

export const artifactSchema = z.strictObject({
  name: artifactNameSchema,
  bytes: z.int().positive().max(SESSION_LIMITS.artifactBytes),
  /** SHA-256, hex. */
  sha256: hex64,
  /** Pixels; of a clip, of its picture. */
  width: z.int().positive().max(20_000),
  height: z.int().positive().max(20_000),
  /** Of a clip. */
  clip: z
    .strictObject({ durationMs: z.number().positive(), sound: z.boolean(), challenge: clipChallengeSchema })
    .optional(),
});
export type Artifact = z.infer<typeof artifactSchema>;

export const sessionRequestSchema = z.strictObject({
  sessionId: sessionIdSchema,
  certifyId: certifyIdSchema,
  sceneId: z.string().regex(/^[A-Za-z0-9-]{1,20}$/),
  check: z.enum(CHECKS),
  /** 32 letters and digits; the vendor's bill names it. */
  orderId: z.string().regex(/^[a-z0-9]{32}$/),
  /** Without consent to sending no session is opened. */
  consent: z.strictObject({
    transmit: z.literal(true),
    version: z.string().min(1).max(40),
    givenAtMs: timeMs,
  }),
  artifacts: z.array(artifactSchema).max(SESSION_LIMITS.artifactsPerSession),
  /** HMAC of the document number under the device's key, to count attempts and to erase by. */
  subjectKey: hex64.nullable(),
  simulated: z.boolean(),
});
export type SessionRequest = z.infer<typeof sessionRequestSchema>;

/** The verifier's public key for what only it may read (JWE, ECDH-ES with X25519 and A256GCM; RFC 7516, RFC 8037). */
export const sealingKeySchema = z.strictObject({
  kid: z.string().regex(/^[\w.:-]{1,100}$/),
  kty: z.literal('OKP'),
  crv: z.literal('X25519'),
  x: z.string().regex(/^[\w-]{43}$/),
});
export type SealingKey = z.infer<typeof sealingKeySchema>;

export const SESSION_STATES = ['open', 'submitted', 'unknown-outcome', 'decided', 'expired', 'erased'] as const;

/** What the verifier says at the end; no face, name or number. Amendments refer to the decision before. */
export const decisionBodySchema = z
  .strictObject({
    v: z.literal(1),
    sessionId: sessionIdSchema,
    certifyId: certifyIdSchema,
    check: z.enum(CHECKS),
    /** 1 for the first; a review or a correction adds one. */
    revision: z.int().positive(),
    state: z.enum(VERDICT_STATES),
    reason: reasonCodeSchema,
    basis: z.enum(VERDICT_BASES),
    retry: z.enum(RETRY_CLASSES),
    scores: z.array(scoreSchema).max(10),
    vendor: vendorAnswerSchema.nullable(),
    /** Who decided: the machine, or the clerks of a review by their ids. */
    decidedBy: z.array(z.string().max(60)).max(2),
    /** SHA-256 of what was judged, by artifact. */
    artifacts: z.partialRecord(artifactNameSchema, hex64),
    decidedAtMs: timeMs,
    policyVersion: z.int().nonnegative(),
    /** When the verifier erases pictures and identity at the latest. */
    eraseAfterMs: timeMs,
  })
  .refine(isSoundAnswer, 'the reason belongs to another state');
export type DecisionBody = z.infer<typeof decisionBodySchema>;

const PASSING_CLASSES: ReadonlySet<string> = new Set(['service', 'throttle', 'tomorrow', 'configuration']);

/**
 * Whether a decision is an error that may pass, so that the same session can be asked again. What stays unknown
 * (`clerk`) is left to a clerk's `:retry`.
 */
export function mayBeAskedAgain({ state, retry }: Pick<DecisionBody, 'state' | 'retry'>): boolean {
  return state === 'error' && PASSING_CLASSES.has(retry);
}

export const signedDecisionSchema = z.strictObject({ body: decisionBodySchema, server: signatureSchema });
export type SignedDecision = z.infer<typeof signedDecisionSchema>;

/** What is known of a session; the answer to opening, reading, submitting, retrying and reviewing one. */
export const sessionAnswerSchema = z.object({
  sessionId: sessionIdSchema,
  certifyId: certifyIdSchema,
  state: z.enum(SESSION_STATES),
  expiresAtMs: timeMs,
  sealingKey: sealingKeySchema,
  artifacts: z
    .array(z.object({ name: artifactNameSchema, bytes: z.int().nonnegative(), received: z.int().nonnegative() }))
    .max(SESSION_LIMITS.artifactsPerSession),
  /** How long to leave it alone before asking again; present while it is submitted. */
  askAgainAfterMs: z.int().nonnegative().nullable(),
  decision: signedDecisionSchema.nullable(),
  /** Fields of a card that was read, sealed to nobody but given to the signed device only. */
  fields: z.record(z.string(), z.string()).nullable(),
  /** Reviews that are waiting for a second pair of eyes. */
  reviewsNeeded: z.int().min(0).max(2),
});
export type SessionAnswer = z.infer<typeof sessionAnswerSchema>;

/** What is sealed: only what the check needs. */
export const sealedIdentitySchema = z.strictObject({
  sessionId: sessionIdSchema,
  name: z.string().min(1).max(60).optional(),
  number: z.string().max(18).optional(),
  validFrom: z.string().max(10).optional(),
  validTo: z.string().max(10).optional(),
  phone: z.string().max(11).optional(),
  bankCard: z.string().max(19).optional(),
});
export type SealedIdentity = z.infer<typeof sealedIdentitySchema>;

export const submitRequestSchema = z.strictObject({
  /** Compact JWE of `sealedIdentitySchema`; null where the check takes no identity. */
  identity: z.string().max(SESSION_LIMITS.sealedCharacters).nullable(),
  /** What this device found by itself; for the verifier's rules and reports. */
  local: z
    .strictObject({
      state: z.enum(VERDICT_STATES),
      reason: reasonCodeSchema,
      livenessVerdict: z.enum(['live', 'spoof', 'undecided']).nullable(),
      similarity: z.number().nullable(),
    })
    .nullable(),
  /** Revision of a decision that may be asked again: the question is asked anew if that is still the newest. */
  askAgainAfter: z.int().positive().optional(),
});
export type SubmitRequest = z.infer<typeof submitRequestSchema>;

/** A clerk lets a question be asked again whose outcome stayed unknown. */
export const retryRequestSchema = z.strictObject({ clerk: z.string().regex(/^[\w.@-]{1,60}$/) });
export type RetryRequest = z.infer<typeof retryRequestSchema>;

export const REVIEW_GROUNDS = [
  'document-seen',
  'person-known',
  'second-document',
  'not-the-holder',
  'fraud-suspected',
] as const;

/** What a clerk decides about a `review`, or (with a second clerk) about a `failed`. */
export const reviewRequestSchema = z.strictObject({
  clerk: z.string().regex(/^[\w.@-]{1,60}$/),
  decision: z.enum(['passed', 'failed']),
  ground: z.enum(REVIEW_GROUNDS),
  /** The revision that the clerk has seen: a review of an older one is refused. */
  revision: z.int().positive(),
});
export type ReviewRequest = z.infer<typeof reviewRequestSchema>;

/** Proof that something was erased; survives what it speaks of. */
export const deletionBodySchema = z.strictObject({
  v: z.literal(1),
  kind: z.enum(['artifacts', 'subject']),
  /** A session's id, or the subject key. */
  of: z.string().max(80),
  sessions: z.array(sessionIdSchema).max(1_000),
  /** What was destroyed, by the SHA-256 of its content; of an identity nothing but that it was there. */
  erased: z.array(z.strictObject({ name: z.string().max(40), sha256: hex64.nullable() })).max(10_000),
  /** Vendors that were asked to delete, and what they said. */
  vendors: z
    .array(z.strictObject({ name: z.string().max(20), outcome: z.enum(['erased', 'unsupported', 'failed']) }))
    .max(1_000),
  why: z.enum(['withdrawn', 'retention', 'acknowledged', 'operator']),
  erasedAtMs: timeMs,
});
export type DeletionBody = z.infer<typeof deletionBodySchema>;
export const deletionReceiptSchema = z.strictObject({ body: deletionBodySchema, server: signatureSchema });
export type DeletionReceipt = z.infer<typeof deletionReceiptSchema>;

/** A new key of a device: asked for with a request that the old key signs. */
export const keyRotationRequestSchema = z.strictObject({
  publicKeyJwk: z.strictObject({
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    x: z.string().regex(/^[\w-]{43}$/),
  }),
  /** Signature by the new key over `keyRotationProofText`. */
  proof: z.string().regex(/^[\w-]{86}$/),
});
export type KeyRotationRequest = z.infer<typeof keyRotationRequestSchema>;

/** The UTF-8 text that the new key signs: whoever registers a key holds it, and means this device and this old key. */
export function keyRotationProofText(deviceId: string, oldKeyId: string): string {
  return `kv1-rotate|${deviceId}|${oldKeyId}`;
}

export const keyRotationAnswerSchema = z.object({
  keyId: z.string().regex(/^[\w.:-]{1,100}$/),
  /** Until then requests that the old key signed are taken. */
  oldKeyUntilMs: timeMs,
});
export type KeyRotationAnswer = z.infer<typeof keyRotationAnswerSchema>;

/** Both keys are taken for this long after a rotation. */
export const KEY_OVERLAP_MS = 7 * 24 * 3_600_000;

export const reportBucketSchema = z.object({
  /** Start of the hour or day, milliseconds. */
  fromMs: timeMs,
  sceneId: z.string(),
  check: z.string(),
  passed: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  review: z.int().nonnegative(),
  error: z.int().nonnegative(),
});
export const reportAnswerSchema = z.object({
  fromMs: timeMs,
  toMs: timeMs,
  bucket: z.enum(['hour', 'day']),
  buckets: z.array(reportBucketSchema).max(10_000),
  /** Records that came through the outbox, apart from sessions. */
  records: z.array(reportBucketSchema).max(10_000),
});
export type ReportAnswer = z.infer<typeof reportAnswerSchema>;

/** Longest report window, and the longest by the hour. */
export const REPORT_LIMITS = { windowMs: 90 * 24 * 3_600_000, hourlyMs: 24 * 3_600_000 } as const;
