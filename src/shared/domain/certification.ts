import { z } from 'zod';
import { CAMERA_SIGNS } from './camera-identity.ts';
import { CHALLENGE_KINDS } from './challenge.ts';
import { fieldCorrectionSchema } from './document-reading.ts';
import { DOCUMENT_WARNING_KINDS } from './document-warning.ts';
import { DOCUMENT_KINDS } from './document.ts';
import { riskFindingSchema } from './risk.ts';
import { FALLBACK_METHODS } from './scene.ts';
import { schemeIdSchema } from './scheme-id.ts';
import { reasonCodeSchema, verdictSchema } from './verdict.ts';
import { checkOutcomeSchema } from './verification.ts';

/** A certification's id: a UUID version 7, made before anything is captured and never used again. */
export const certifyIdSchema = z.uuidv7();

export { reasonCodeSchema, VERDICT_BASES, verdictSchema, type Verdict } from './verdict.ts';

/** Whose page a person finishes on with their own phone: our verifier's, or the maker's. */
export const HAND_OFF_PAGES = ['countersign', 'tencent', 'aliyun'] as const;
export type HandOffPage = (typeof HAND_OFF_PAGES)[number];

/** Consent as given: capturing the face, and (apart from it) sending it off the device. */
export const consentSchema = z.strictObject({
  capture: z.boolean(),
  transmit: z.boolean(),
  /** Version of the wording that was shown. */
  version: z.string().min(1).max(40),
  givenAtMs: z.int().nonnegative(),
  /** SHA-256, hex, of the whole notice as it was shown; absent in records from before it was kept. */
  textHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** The face picture may go to the customer's own store; absent where that was not asked. */
  returnFace: z.boolean().optional(),
  /** `caller`: whoever asked for the certification has the person's consent and says so. Absent: given at this kiosk. */
  obtainedBy: z.literal('caller').optional(),
  /** Who agreed for a child under 14. */
  guardian: z.strictObject({ nameMasked: z.string(), numberMasked: z.string() }).optional(),
});
export type Consent = z.infer<typeof consentSchema>;

export const STAGES = ['consent', 'card', 'position', 'liveness', 'decision', 'commit'] as const;
export type Stage = (typeof STAGES)[number];

/** The named findings of the liveness judge that are worth keeping; no pixels. */
export const livenessSummarySchema = z.strictObject({
  verdict: z.enum(['live', 'spoof', 'undecided']),
  reasons: z.array(reasonCodeSchema),
  /** Correlation of the face's response with the issued colours, 0..1. */
  codeCorrelation: z.number().nullable(),
  lagMs: z.number().nullable(),
  /** Median of the spoof model's live score over the clip, 0..1. */
  spoofMedian: z.number().nullable(),
  spoofFrames: z.int().nonnegative(),
  /** Smallest cosine between two faces of the same clip, -1..1. */
  continuity: z.number().nullable(),
  lightFrames: z.int().nonnegative(),
});
/**
 * One challenge that was played, decided or not. `measures` are the judge's numbers by name (code correlation, lag,
 * relief, eye closure …): enough to explain the decision, no pixels.
 */
export const challengeAttemptSchema = z.strictObject({
  kind: z.enum(CHALLENGE_KINDS),
  nonce: z.string().regex(/^[0-9a-f]{32}$/),
  verdict: z.enum(['live', 'spoof', 'undecided']),
  reasons: z.array(reasonCodeSchema),
  measures: z.record(z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/), z.number()),
});
export type ChallengeAttempt = z.infer<typeof challengeAttemptSchema>;

export type LivenessSummary = z.infer<typeof livenessSummarySchema>;

export const comparisonSummarySchema = z.strictObject({
  /** Cosine, -1..1. */
  similarity: z.number(),
  /** 0..100; 60/80/90/95 stand for FAR 1e-2/1e-3/1e-4/1e-5. */
  score: z.number(),
  /** The false-accept rate that the scene asks for. */
  far: z.number(),
  kind: z.enum(['live-live', 'live-chip']),
  outcome: z.enum(['match', 'grey', 'no-match']),
});
export type ComparisonSummary = z.infer<typeof comparisonSummarySchema>;

/** What speaks for or against the camera of a certification; for staff. */
export const cameraChecksSchema = z.strictObject({
  signs: z.array(z.enum(CAMERA_SIGNS)).max(20),
  /** Whether the picture followed a change of exposure; null where none was asked for. */
  exposure: z.enum(['followed', 'not-followed', 'unmeasurable', 'not-offered']).nullable(),
});
export type CameraChecks = z.infer<typeof cameraChecksSchema>;

/**
 * One certification as it is kept. It names nobody: the name and the number are masked, and the subject is an
 * HMAC under a key of this device.
 */
export const certificationRecordSchema = z.strictObject({
  version: z.literal(1),
  certifyId: certifyIdSchema,
  sceneId: z.string(),
  scheme: schemeIdSchema,
  startedAtMs: z.int().nonnegative(),
  decidedAtMs: z.int().nonnegative(),
  verdict: verdictSchema,
  consent: consentSchema.nullable(),
  subject: z
    .strictObject({ nameMasked: z.string(), numberMasked: z.string(), subjectKey: z.string().regex(/^[0-9a-f]{64}$/) })
    .nullable(),
  document: z
    .strictObject({
      kind: z.enum(DOCUMENT_KINDS),
      /** The chip's portrait. */
      portrait: z.enum(['decoded', 'not-decoded', 'absent']),
      /** Where name and number come from; absent means the chip. */
      source: z.enum(['chip', 'typed', 'photographed', 'travel-chip', 'travel-zone', 'given']).optional(),
      /** Which portrait the face was or would have been compared with; absent means the chip's. */
      portraitSource: z.enum(['chip', 'printed', 'given']).optional(),
      /** What reading its picture found and what was changed after it; absent where no picture was read. */
      reading: z
        .strictObject({
          warnings: z.array(z.enum(DOCUMENT_WARNING_KINDS)).max(DOCUMENT_WARNING_KINDS.length),
          corrections: z.array(fieldCorrectionSchema).max(20),
        })
        .optional(),
      /** What the signature of a travel document's chip is worth; absent where no such chip was read. */
      signature: z.enum(['valid', 'unchecked', 'forged']).optional(),
    })
    .nullable(),
  challenge: z
    .strictObject({
      kind: z.enum(CHALLENGE_KINDS),
      nonce: z.string().regex(/^[0-9a-f]{32}$/),
      issuer: z.enum(['device', 'verifier']),
    })
    .nullable(),
  liveness: livenessSummarySchema.nullable(),
  /** Every challenge of this certification in order; absent in records from before there were several. */
  attempts: z.array(challengeAttemptSchema).max(20).optional(),
  comparison: comparisonSummarySchema.nullable(),
  devices: z.strictObject({
    camera: z.string().nullable(),
    reader: z.string().nullable(),
    /** Absent in records from before cameras were examined. */
    cameraChecks: cameraChecksSchema.nullable().optional(),
  }),
  /** True when a simulated reader or a simulated person took part; such a record proves nothing about anybody. */
  simulated: z.boolean(),
  /** Somebody of the staff tried the terminal out: it never leaves this device and counts in no report. Absent: no. */
  test: z.literal(true).optional(),
  /** Who asked for it, by their own number; absent for somebody who walked up. */
  order: z.strictObject({ orderId: z.string().max(64), requestId: z.string().max(64) }).optional(),
  /** What the rules about risk found, in the order of the rules; absent where nothing. */
  risk: z.array(riskFindingSchema).max(20).optional(),
  /** The certification that this one carries on with: another way, or the same with the card's pictures. */
  follows: certifyIdSchema.optional(),
  /** Another way than the scene's own was taken, on the way from this scheme; `scheme` is then that way's. */
  fallback: z.strictObject({ from: schemeIdSchema, method: z.enum(FALLBACK_METHODS) }).optional(),
  /** The person finished on their own phone: on whose page, and what came of it. */
  handOff: z
    .strictObject({
      page: z.enum(HAND_OFF_PAGES),
      handOffId: z.string().max(120),
      outcome: checkOutcomeSchema.nullable(),
    })
    .optional(),
  /** The face picture that goes to the customer's own store. */
  returnedFace: z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.int().positive() }).optional(),
  stagesMs: z.partialRecord(z.enum(STAGES), z.number().nonnegative()),
  /** Technical detail of a failure: which field, which limit. Never personal data. */
  detail: z.string().max(300).optional(),
  appVersion: z.string(),
  /** Its time was over: this is what stays of it as the note of a processing. Absent while the record stands. */
  erased: z
    .strictObject({
      atMs: z.int().nonnegative(),
      /** Somebody had been identified. */
      identified: z.boolean(),
      /** The consent was a guardian's. */
      byGuardian: z.boolean(),
      /** A face picture had been handed to the customer's own store. */
      returnedFace: z.boolean(),
    })
    .optional(),
});
export type CertificationRecord = z.infer<typeof certificationRecordSchema>;

/**
 * Whether a record may be sent to the verifier: with the person's consent to sending, or when it says nothing about
 * a person. Everything else stays on this device, and so does whatever only tried the terminal out.
 */
export function mayLeaveDevice(record: CertificationRecord): boolean {
  if (record.test === true) return false;
  return record.subject === null || record.consent?.transmit === true;
}
