import { z } from 'zod';
import type { Brand } from '../domain/brand.ts';
import { callerOrderIdSchema, requestInputsSchema } from '../domain/certification-request.ts';
import { certifyIdSchema, reasonCodeSchema } from '../domain/certification.ts';
import { askedReviewSchema, type ReviewAction, type ReviewStanding, type ShownReview } from '../domain/review.ts';
import { sceneSchema } from '../domain/scene.ts';
import type { Input } from '../domain/scheme.ts';
import type { StaffCall } from '../domain/staff-call.ts';
import { VERDICT_STATES, type ReasonCode, type VerdictState } from '../reasons.ts';
import type { RecordDetail, RecordRow } from './admin.ts';
import type { KioskView } from './kiosk-view.ts';
import {
  credentialsSchema,
  firstAdministratorSchema,
  ownSecretSchema,
  type StaffChoice,
  type StaffGate,
} from './staff.ts';

/** The certification in hand, as the staff beside it may see it. */
export interface RunningCertification {
  readonly certifyId: string;
  readonly sceneId: string;
  readonly sceneName: string;
  readonly schemeId: string;
  readonly screen: KioskView['screen'];
  /** When this step began, wall clock. */
  readonly stepSinceMs: number;
  readonly startedAtMs: number;
  readonly nameMasked: string | null;
  readonly numberMasked: string | null;
  readonly orderId: string | null;
  /** The person's way through this visit, from 1. */
  readonly attempt: number;
  /** What keeps the step from going on, or why another check follows; null where nothing does. */
  readonly problem: ReasonCode | null;
  /** Only once the record is committed. */
  readonly verdict: { readonly state: VerdictState; readonly reason: ReasonCode; readonly provisional: boolean } | null;
  /** The verifier has the last word, and has not spoken. */
  readonly awaitsVerifier: boolean;
  /** Whether pictures of it can be looked at now: its scene keeps them, and there are any. */
  readonly showsPictures: boolean;
}

/** A request that was called and that nobody has begun. */
export interface ExpectedRequest {
  readonly requestId: string;
  readonly sceneId: string;
  readonly sceneName: string;
  readonly orderId: string;
}

/** Everything that the staff's own screen shows of the kiosk. */
export interface ClerkLive {
  readonly siteName: string;
  readonly nowMs: number;
  readonly screen: KioskView['screen'];
  readonly running: RunningCertification | null;
  /** Why the kiosk is out of service; null while it is in service. */
  readonly outOfService: ReasonCode | null;
  readonly call: StaffCall | null;
  /** A request that the next visitor carries out. */
  readonly expected: ExpectedRequest | null;
  /** Records that wait for a decision; null where that may not be seen. */
  readonly waitingReviews: number | null;
}

/** An encoded picture, for the page's memory alone. */
export interface ShownPicture {
  readonly bytes: Uint8Array;
  readonly type: 'image/jpeg' | 'image/png' | 'image/bmp';
}

export interface ShownPictures {
  readonly portrait: ShownPicture | null;
  readonly best: ShownPicture | null;
}

/** A scene in which a certification can be started from here. */
export interface StartableScene {
  readonly sceneId: string;
  readonly name: string;
  readonly schemeId: string;
  readonly walkUp: boolean;
  /** Nobody has to stand at the kiosk. */
  readonly byCaller: boolean;
  /** What can be typed in here, and what of it has to be; pictures come from callers alone. */
  readonly inputs: readonly { readonly input: Input; readonly required: boolean }[];
  /** Why it can't be started from here; null where it can. */
  readonly refusal: 'needs-pictures' | null;
}

export interface QueueRow {
  readonly certifyId: string;
  readonly sceneId: string;
  readonly startedAtMs: number;
  /** Since when it waits, wall clock: the record's, or the verifier's answer that speaks against it. */
  readonly waitingSinceMs: number;
  readonly reason: ReasonCode;
  readonly nameMasked: string | null;
  readonly numberMasked: string | null;
  readonly simulated: boolean;
}

export interface ReviewQueue {
  readonly total: number;
  /** Oldest first. */
  readonly rows: readonly QueueRow[];
  /** What can be filtered by, with how many there are; of the whole queue. */
  readonly scenes: readonly { readonly sceneId: string; readonly count: number }[];
  readonly reasons: readonly { readonly reason: ReasonCode; readonly count: number }[];
}

/** A record with everything that a decision about it needs. */
export interface ReviewCase {
  readonly detail: RecordDetail;
  readonly sceneName: string;
  readonly standing: ReviewStanding;
  readonly reviews: readonly ShownReview[];
  readonly action: ReviewAction;
  /** What the person who has signed in may do about it: rights and the two-person rule. */
  readonly mayAct: boolean;
  readonly secondPerson: boolean;
  /** Pictures are kept of it. */
  readonly hasEvidence: boolean;
}

export interface ReceiptSheet {
  readonly certifyId: string;
  readonly number: string;
  /** What its QR code says. */
  readonly code: string;
  readonly siteName: string;
  readonly sceneName: string;
  readonly decidedAtMs: number;
  readonly state: VerdictState;
  readonly settledByStaff: boolean;
  /** What the machine itself had decided; absent where that holds. */
  readonly machine?: VerdictState;
  /** The staff tried the terminal out. */
  readonly test?: true;
  readonly nameMasked: string | null;
  readonly simulated: boolean;
  /** A receipt printer is set up. */
  readonly canPrint: boolean;
}

const certifyId = z.strictObject({ certifyId: certifyIdSchema });

/** What may be typed in at the counter; pictures and clips come from callers alone. */
export const typedInputsSchema = requestInputsSchema.pick({ name: true, number: true, phone: true, bankCard: true });

/** Channels that the clerk's window may invoke: request schema by channel. Answers are `Result` values. */
export const CLERK_CHANNELS = {
  'clerk:brand': z.null(),
  'clerk:gate': z.null(),
  'clerk:create-first': firstAdministratorSchema,
  'clerk:sign-in': credentialsSchema,
  'clerk:sign-out': z.null(),
  'clerk:change-own-secret': ownSecretSchema,
  'clerk:live': z.null(),
  'clerk:pictures': certifyId,
  'clerk:answer-call': z.strictObject({ callId: z.string().max(64) }),
  'clerk:scenes': z.null(),
  /** `begin`: the kiosk begins at once instead of waiting for the visitor's touch. */
  'clerk:start': z.strictObject({
    sceneId: sceneSchema.shape.id,
    orderId: callerOrderIdSchema.nullable(),
    inputs: typedInputsSchema,
    /** The person has agreed, where nobody stands at the kiosk to do so. */
    consent: z.boolean(),
    begin: z.boolean(),
  }),
  'clerk:take-back': z.null(),
  'clerk:cancel': certifyId,
  'clerk:queue': z.strictObject({
    sceneId: sceneSchema.shape.id.nullable(),
    reason: reasonCodeSchema.nullable(),
    offset: z.int().nonnegative(),
    limit: z.int().min(1).max(100),
  }),
  'clerk:records': z.strictObject({
    offset: z.int().nonnegative(),
    limit: z.int().min(1).max(100),
    state: z.enum(VERDICT_STATES).nullable(),
  }),
  'clerk:case': certifyId,
  'clerk:evidence': certifyId,
  /** Who could be the second person. */
  'clerk:staff-choices': z.strictObject({ right: z.enum(['decide-reviews', 'override']) }),
  'clerk:decide': z.strictObject({ review: askedReviewSchema, second: credentialsSchema.nullable() }),
  /** `secret`: of the person who has signed in, once more. */
  'clerk:override': z.strictObject({
    review: askedReviewSchema,
    secret: credentialsSchema.shape.secret,
    second: credentialsSchema,
  }),
  'clerk:receipt': certifyId,
  'clerk:print': certifyId,
  'clerk:open-admin': z.null(),
} as const;

export interface ClerkAnswers {
  'clerk:brand': Brand;
  'clerk:gate': StaffGate;
  'clerk:create-first': StaffGate;
  'clerk:sign-in': StaffGate;
  'clerk:sign-out': StaffGate;
  'clerk:change-own-secret': StaffGate;
  'clerk:live': ClerkLive;
  'clerk:pictures': ShownPictures;
  'clerk:answer-call': ClerkLive;
  'clerk:scenes': readonly StartableScene[];
  /** `certifyId`: of a certification that has begun, or has its record already; null while it waits for its visitor. */
  'clerk:start': { readonly certifyId: string | null };
  'clerk:take-back': ClerkLive;
  'clerk:cancel': ClerkLive;
  'clerk:queue': ReviewQueue;
  'clerk:records': { readonly total: number; readonly rows: readonly RecordRow[] };
  'clerk:case': ReviewCase;
  'clerk:evidence': ShownPictures;
  'clerk:staff-choices': readonly StaffChoice[];
  'clerk:decide': ReviewCase;
  'clerk:override': ReviewCase;
  'clerk:receipt': ReceiptSheet;
  'clerk:print': null;
  'clerk:open-admin': null;
}
export type ClerkChannel = keyof typeof CLERK_CHANNELS;
