import { z } from 'zod';
import { certificationRecordSchema, certifyIdSchema, HAND_OFF_PAGES } from '../domain/certification.ts';
import { countersignatureSchema, signatureSchema, signedReceiptSchema } from '../domain/receipt.ts';
import { sealingKeySchema } from './kv1-sessions.ts';

/** Limits of kv1, the protocol between a kiosk and the verifier. */
export const KV1_LIMITS = {
  /** Submissions in one batch. */
  batchItems: 50,
  /** Bytes in one request or answer body. */
  bodyBytes: 1_048_576,
  /** A request is accepted this long before and after its `created` time. */
  signatureWindowMs: 300_000,
  /** Nonces are remembered for both halves of that window. */
  nonceLifetimeMs: 600_000,
  /** Answers are kept for this long, longer than any record waits to be sent. */
  idempotencyLifetimeMs: 30 * 24 * 3_600_000,
  enrolmentCodeLifetimeMs: 15 * 60_000,
  enrolmentCodeTries: 5,
  /** A seed is good for a challenge that begins within this time. */
  challengeLifetimeMs: 120_000,
  /** Seeds of one certification: its attempts, and their fallbacks. */
  challengesPerCertification: 20,
} as const;

export const KV1_HEADERS = {
  signature: 'signature',
  signatureInput: 'signature-input',
  contentDigest: 'content-digest',
  idempotencyKey: 'idempotency-key',
  /** Strictly increasing per device, so that a captured request stays useless after the nonce cache forgot it. */
  sequence: 'kv-seq',
  /** The verifier's wall clock, milliseconds since the Unix epoch, on every answer. */
  serverTime: 'kv-server-time',
} as const;

export const KV1_PATHS = {
  health: '/v1/health',
  enrol: '/v1/devices:enroll',
  batch: '/v1/outbox:batch',
  policy: '/v1/policy',
  challenges: '/v1/challenges',
  submission: (certifyId: string): string => `/v1/submissions/${certifyId}`,
} as const;

export const JSON_TYPE = 'application/json';
export const PROBLEM_TYPE = 'application/problem+json';

const timeMs = z.int().nonnegative();
const hex64 = z.string().regex(/^[0-9a-f]{64}$/);
const base64Url64Bytes = z.string().regex(/^[\w-]{86}$/);

/** An Ed25519 public key as a JSON Web Key (RFC 8037); nothing private can pass. */
export const publicKeyJwkSchema = z.strictObject({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().regex(/^[\w-]{43}$/),
});
export type PublicKeyJwk = z.infer<typeof publicKeyJwkSchema>;

export const keyIdSchema = z.string().regex(/^[\w.:-]{1,100}$/);
export const deviceIdSchema = z.string().regex(/^[\w-]{1,60}$/);
/** SHA-256 of a public key's 32 bytes, hex. People compare it when they enrol. */
export const fingerprintSchema = hex64;

/** One of the verifier's keys, with the signature of the one before it over `serverKeyProofText`; null for the first. */
export const listedServerKeySchema = z.object({
  keyId: keyIdSchema,
  key: publicKeyJwkSchema,
  endorsement: signatureSchema.nullable(),
});
export type ListedServerKey = z.infer<typeof listedServerKeySchema>;

/** What a key of the verifier signs of its successor, so that who knows the one can believe the other. */
export function serverKeyProofText(keyId: string, fingerprint: string): string {
  return `kv1-server-key|${keyId}|${fingerprint}`;
}

export const healthSchema = z.object({
  service: z.literal('countersign-verifier'),
  protocol: z.literal('kv1'),
  /** The newest, which signs. */
  serverKeyId: keyIdSchema,
  serverKey: publicKeyJwkSchema,
  /** All of them, newest first; absent from verifiers that only know one. */
  serverKeys: z.array(listedServerKeySchema).max(50).optional(),
  serverTimeMs: timeMs,
});
export type Health = z.infer<typeof healthSchema>;

/** Ten characters of RFC 4648 base32. */
export const enrolmentCodeSchema = z.string().regex(/^[A-Z2-7]{10}$/);

export const enrolmentRequestSchema = z.strictObject({
  code: enrolmentCodeSchema,
  publicKeyJwk: publicKeyJwkSchema,
  model: z.string().min(1).max(60),
  appVersion: z.string().min(1).max(40),
  /** Signature by the device's key over `enrolmentProofText`. */
  proof: base64Url64Bytes,
});
export type EnrolmentRequest = z.infer<typeof enrolmentRequestSchema>;

/** What the proof signs: naming the server keeps another one from passing the enrolment on. */
export function enrolmentProofText(code: string, serverKeyFingerprint: string): string {
  return `kv1-enrol|${code}|${serverKeyFingerprint}`;
}

export const enrolmentAnswerSchema = z.object({
  deviceId: deviceIdSchema,
  keyId: keyIdSchema,
  serverKeyId: keyIdSchema,
  serverKey: publicKeyJwkSchema,
  serverTimeMs: timeMs,
});
export type EnrolmentAnswer = z.infer<typeof enrolmentAnswerSchema>;

export const submissionSchema = z.strictObject({
  certifyId: certifyIdSchema,
  record: certificationRecordSchema,
  receipt: signedReceiptSchema,
});
export type Submission = z.infer<typeof submissionSchema>;

/** Head of the device's audit chain: once the verifier has it, cutting or rewriting the chain shows. */
export const auditCheckpointSchema = z.strictObject({
  entries: z.int().positive(),
  head: hex64,
  atMs: timeMs,
  device: signatureSchema,
});
export type AuditCheckpoint = z.infer<typeof auditCheckpointSchema>;

/** What the signature of a checkpoint covers. */
export function auditCheckpointText(checkpoint: Omit<AuditCheckpoint, 'device'>): string {
  return `kv1-audit|${checkpoint.entries}|${checkpoint.head}|${checkpoint.atMs}`;
}

export const batchRequestSchema = z.strictObject({
  items: z.array(submissionSchema).min(1).max(KV1_LIMITS.batchItems),
  checkpoint: auditCheckpointSchema.nullable(),
});
export type BatchRequest = z.infer<typeof batchRequestSchema>;

export const challengeRequestSchema = z.strictObject({ certifyId: certifyIdSchema });
export type ChallengeRequest = z.infer<typeof challengeRequestSchema>;

/** 256 random bits of the verifier, for one challenge of one certification. */
export const challengeSeedSchema = z.object({
  certifyId: certifyIdSchema,
  seed: z.string().regex(/^[\w-]{43}$/),
  expiresAtMs: timeMs,
});
export type ChallengeSeed = z.infer<typeof challengeSeedSchema>;

export const PROBLEM_CODES = [
  'request_invalid',
  'not_found',
  'body_too_large',
  'too_many_requests',
  'device_unknown',
  'device_revoked',
  'signature_missing',
  'signature_invalid',
  'digest_mismatch',
  'clock_skew',
  'nonce_replayed',
  'sequence_replayed',
  'idempotency_conflict',
  'idempotency_in_flight',
  'enrolment_refused',
  'receipt_invalid',
  'receipt_sequence_reused',
  'checkpoint_invalid',
  'record_missing',
  'decision_early',
  'decision_invalid',
  'session_conflict',
  'session_expired',
  'session_state',
  'artifact_unexpected',
  'artifact_mismatch',
  'artifact_offset',
  'artifacts_missing',
  'identity_unreadable',
  'identity_missing',
  'check_unsupported',
  'consent_missing',
  'review_refused',
  'second_clerk_needed',
  'report_window',
  'hand_off_unavailable',
  'key_refused',
  'operator_unknown',
  'operator_forbidden',
  'unavailable',
  'internal',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** RFC 9457 problem details. Never personal data, and no code that a newer verifier may add is an error of form. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int().min(400).max(599),
  code: z.string().max(60),
  detail: z.string().max(500).optional(),
  retryable: z.boolean(),
  retryAfterMs: z.int().nonnegative().optional(),
  serverTimeMs: timeMs.optional(),
});
export type Problem = z.infer<typeof problemSchema>;

export const batchResultSchema = z.discriminatedUnion('outcome', [
  z.object({
    certifyId: certifyIdSchema,
    outcome: z.enum(['accepted', 'duplicate']),
    countersignature: countersignatureSchema,
  }),
  z.object({ certifyId: certifyIdSchema, outcome: z.literal('rejected'), problem: problemSchema }),
]);
export type BatchResult = z.infer<typeof batchResultSchema>;

export const batchAnswerSchema = z.object({ results: z.array(batchResultSchema).max(KV1_LIMITS.batchItems) });
export type BatchAnswer = z.infer<typeof batchAnswerSchema>;

export const submissionAnswerSchema = z.object({
  certifyId: certifyIdSchema,
  recordHash: hex64,
  receiptHash: hex64,
  countersignature: countersignatureSchema,
});
export type SubmissionAnswer = z.infer<typeof submissionAnswerSchema>;

export const policySchema = z.object({
  policyVersion: z.int().nonnegative(),
  maxBatchItems: z.int().min(1).max(KV1_LIMITS.batchItems),
  /** Oldest record that the verifier still accepts. */
  maxAgeMs: z.int().positive(),
  /** Which checks this verifier answers, and by whom; absent: none, it only keeps records. */
  checks: z
    .array(z.object({ check: z.string().max(40), verifier: z.string().max(20), operation: z.string().max(60) }))
    .max(60)
    .optional(),
  /** How long artifacts are kept after the decision. */
  artifactRetentionMs: z.int().nonnegative().optional(),
  /** Whose pages people can finish on with their own phone; absent: the verifier knows of no hand-offs. */
  handOffs: z.array(z.enum(HAND_OFF_PAGES)).max(HAND_OFF_PAGES.length).optional(),
  /** Why the other pages aren't offered, for whoever configures. */
  handOffRefusals: z.partialRecord(z.enum(HAND_OFF_PAGES), z.string().max(300)).optional(),
  /** What identities of hand-offs are sealed to; a session's answer has it, too. */
  sealingKey: sealingKeySchema.optional(),
});
export type Policy = z.infer<typeof policySchema>;
