import { z } from 'zod';
import { newRequestSchema, type CertificationRequest, type IssuedRequest } from '../domain/certification-request.ts';
import type { CertificationResult } from '../domain/certification-result.ts';
import type { DigitLivenessOffer } from '../domain/digit-liveness.ts';
import { faceReturnSchema, type FaceReturn } from '../domain/face-return.ts';
import type { MeterRow, Reconciliation } from '../domain/metering.ts';
import { riskPolicySchema, type RiskFinding, type RiskPolicy } from '../domain/risk.ts';
import { sceneSchema, type Scene } from '../domain/scene.ts';
import { schemeIdSchema } from '../domain/scheme-id.ts';
import { schemeSchema, type Scheme } from '../domain/scheme.ts';
import type { SceneProblem } from '../domain/scene-problem.ts';
import type { ServiceRefusal } from '../domain/service-refusal.ts';
import type { DeviceDeletionReceipt } from '../domain/subject-erasure.ts';
import type { Failure } from '../reasons.ts';

export interface SceneEntry {
  readonly scene: Scene;
  readonly records: number;
  /** Whoever walks up gets this one. */
  readonly walkUp: boolean;
  /** What keeps it from working as things are; empty where it works. */
  readonly problems: readonly SceneProblem[];
}

export interface SchemeEntry {
  readonly scheme: Scheme;
  readonly preset: boolean;
  /** Scenes that use it. */
  readonly scenes: readonly string[];
  /** Why the verifier that is set up can't serve it; null where it can, or none is needed. */
  readonly refusal: ServiceRefusal | null;
}

export interface SceneBook {
  readonly scenes: readonly SceneEntry[];
  readonly schemes: readonly SchemeEntry[];
  /** Whom questions go to; null where nobody is set up. */
  readonly verifier: string | null;
  /** What reading digits aloud can be used for here; absent where nobody has looked, which counts as nothing. */
  readonly digits?: DigitLivenessOffer;
}

/** What a policy would have done with records of the past. */
export interface RiskDryRun {
  readonly records: number;
  /** Rules that can't be tried on records, because these hold no faces. */
  readonly untried: readonly string[];
  readonly hits: readonly {
    readonly rule: string;
    readonly effect: RiskFinding['effect'];
    readonly count: number;
    /** Certifications that had passed. */
    readonly passed: number;
    /** The latest of them, at most 20. */
    readonly examples: readonly { readonly certifyId: string; readonly atMs: number; readonly finding: RiskFinding }[];
  }[];
}

export interface FaceReturnStatus {
  readonly destination: FaceReturn | null;
  /** Keys are kept; they are never shown. */
  readonly hasKeys: boolean;
  readonly waiting: number;
  readonly sent: number;
  readonly lastFailure: Failure | null;
}

/** What is kept of people, against what may be. */
export interface PrivacyStatus {
  /** People of whom pictures are kept. */
  readonly storedSubjects: number;
  /** From this many on the authority has to be told within 30 working days. */
  readonly filingLimit: number;
  /** Pictures whose time is over and which are still there; 0 unless something is wrong. */
  readonly overdue: number;
  readonly nextErasureAtMs: number | null;
  /** Oldest record that is kept as proof of processing. */
  readonly oldestRecordAtMs: number | null;
  /** Erasures that have begun and are not done, oldest first; they are carried on at every start and every hour. */
  readonly unfinished: readonly {
    readonly deletionId: string;
    readonly beganAtMs: number;
    readonly why: DeviceDeletionReceipt['body']['why'];
    readonly found: DeviceDeletionReceipt['body']['erased'];
    /** The verifier has had something of the person, and is told once this is done. */
    readonly withVerifier: boolean;
  }[];
  readonly deletions: readonly {
    readonly receipt: DeviceDeletionReceipt;
    readonly receiptHash: string;
    readonly verifier: 'none' | 'queued' | 'erased';
  }[];
}

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const requestId = z.uuidv7();

export const ADMIN_SCHEME_CHANNELS = {
  'admin:scenes': z.null(),
  /** What is wrong with a scene before it is saved. */
  'admin:check-scene': z.strictObject({ scene: sceneSchema }),
  /** `replaces`: its id before. `confirmed`: the administrator knows that records were made by another scheme. */
  'admin:put-scene': z.strictObject({
    scene: sceneSchema,
    replaces: sceneSchema.shape.id.nullable(),
    confirmed: z.boolean(),
  }),
  'admin:remove-scene': z.strictObject({ id: sceneSchema.shape.id }),
  'admin:walk-up-scene': z.strictObject({ id: sceneSchema.shape.id }),
  'admin:check-scheme': z.strictObject({ scheme: schemeSchema }),
  'admin:put-scheme': z.strictObject({ scheme: schemeSchema }),
  'admin:remove-scheme': z.strictObject({ id: schemeIdSchema }),
  'admin:risk': z.null(),
  'admin:save-risk': riskPolicySchema,
  'admin:risk-dry-run': z.strictObject({ policy: riskPolicySchema, days: z.int().min(1).max(90) }),
  'admin:lift-limit': z.strictObject({ certifyId: z.uuidv7() }),
  'admin:requests': z.strictObject({ offset: z.int().nonnegative(), limit: z.int().min(1).max(200) }),
  'admin:make-request': newRequestSchema,
  /** Lets the next visitor carry it out; null takes it back. */
  'admin:call-request': z.strictObject({ requestId: requestId.nullable() }),
  /** Carries out a request that needs nobody at the kiosk. */
  'admin:run-request': z.strictObject({ requestId }),
  'admin:withdraw-request': z.strictObject({ requestId }),
  'admin:request-result': z.strictObject({ certifyId: z.uuidv7() }),
  'admin:metering': z.strictObject({ from: day, to: day }),
  'admin:export-metering': z.strictObject({ from: day, to: day }),
  /** A statement as the vendor's console exports it: CSV with a head. */
  'admin:reconcile': z.strictObject({ from: day, to: day, statement: z.string().max(20_000_000) }),
  'admin:face-return': z.null(),
  /** `keys`: undefined leaves those that are kept. */
  'admin:save-face-return': z.strictObject({
    destination: faceReturnSchema.nullable(),
    keys: z.strictObject({ id: z.string().min(1).max(200), secret: z.string().min(1).max(200) }).optional(),
  }),
  'admin:try-face-return': z.null(),
  'admin:privacy': z.null(),
  /** At the person's wish, told to the staff: everything that is kept of the person of this record. */
  'admin:erase-subject': z.strictObject({ certifyId: z.uuidv7() }),
} as const;

export interface AdminSchemeAnswers {
  'admin:scenes': SceneBook;
  'admin:check-scene': readonly SceneProblem[];
  'admin:put-scene': SceneBook;
  'admin:remove-scene': SceneBook;
  'admin:walk-up-scene': SceneBook;
  'admin:check-scheme': readonly SceneProblem[];
  'admin:put-scheme': SceneBook;
  'admin:remove-scheme': SceneBook;
  'admin:risk': RiskPolicy;
  'admin:save-risk': RiskPolicy;
  'admin:risk-dry-run': RiskDryRun;
  /** The person may try again today. */
  'admin:lift-limit': null;
  'admin:requests': {
    readonly total: number;
    readonly rows: readonly CertificationRequest[];
    /** The one that the next visitor carries out. */
    readonly called: string | null;
  };
  'admin:make-request': IssuedRequest;
  'admin:call-request': null;
  'admin:run-request': CertificationResult;
  'admin:withdraw-request': CertificationRequest;
  'admin:request-result': CertificationResult;
  'admin:metering': readonly MeterRow[];
  'admin:export-metering': { readonly csv: string; readonly lines: number };
  'admin:reconcile': Reconciliation;
  'admin:face-return': FaceReturnStatus;
  'admin:save-face-return': FaceReturnStatus;
  'admin:try-face-return': { readonly tookMs: number };
  'admin:privacy': PrivacyStatus;
  'admin:erase-subject': PrivacyStatus;
}
