import { z } from 'zod';
import { isReasonCode, stateOf, VERDICT_STATES, type ReasonCode, type VerdictState } from '../reasons.ts';
import type { ServiceRefusal } from './service-refusal.ts';
import { VERDICT_BASES } from './verdict.ts';

/**
 * What a verifier can be asked, each by one kind of call.
 * - `face-authority`, `video-authority`: name, number and a face picture (a clip) against the authority's photo.
 * - `face-reference`, `video-reference`: a face picture (a clip) against a picture that comes along.
 * - `face-live`, `video-live`: whether a picture (a clip) shows a living person; nobody is identified.
 * - `face-retained`: a face picture against the one that the verifier itself keeps for this number.
 * - `card-picture-authority`: name, number and a picture of the card against the authority's photo.
 * - `identity`, `identity-period`: name and number (and the card's validity) belong together.
 * - `phone`: name, number and phone number. `bank-card-holder`: name and bank card. `bank-card`: with the number.
 *   `bank-card-phone`: with number and phone number.
 * - `id-card-reading`, `bank-card-reading`: fields and warnings of a picture of a card.
 * - `fake-face`: whether a face picture or a clip was made by a machine.
 */
export const CHECKS = [
  'face-authority',
  'video-authority',
  'face-reference',
  'video-reference',
  'face-live',
  'video-live',
  'face-retained',
  'card-picture-authority',
  'identity',
  'identity-period',
  'phone',
  'bank-card-holder',
  'bank-card',
  'bank-card-phone',
  'id-card-reading',
  'bank-card-reading',
  'fake-face',
] as const;
export type Check = (typeof CHECKS)[number];

/** Whether a check holds a face against another picture of a face. */
export function comparesFaces(check: Check): boolean {
  return /^(face|video)-(authority|reference|retained)$|^card-picture-authority$/.test(check);
}

/** What a call can carry. */
export const MATERIALS = [
  'identity',
  'validity',
  'phone',
  'bank-card',
  'face',
  'reference',
  'clip',
  'card-front',
  'card-back',
  'bank-card-picture',
] as const;
export type Material = (typeof MATERIALS)[number];

/** What each check can't do without. `face|clip`: one of the two. */
export const NEEDED_MATERIALS = {
  'face-authority': ['identity', 'face'],
  'video-authority': ['identity', 'clip'],
  'face-reference': ['face', 'reference'],
  'video-reference': ['clip', 'reference'],
  'face-live': ['face'],
  'video-live': ['clip'],
  'face-retained': ['identity', 'face'],
  'card-picture-authority': ['identity', 'card-front'],
  identity: ['identity'],
  'identity-period': ['identity', 'validity'],
  phone: ['identity', 'phone'],
  'bank-card-holder': ['identity', 'bank-card'],
  'bank-card': ['identity', 'bank-card'],
  'bank-card-phone': ['identity', 'bank-card', 'phone'],
  'id-card-reading': ['card-front'],
  'bank-card-reading': ['bank-card-picture'],
  'fake-face': ['face'],
} as const satisfies Record<Check, readonly Material[]>;

const MAX_PICTURE_BYTES = 10_000_000;
const MAX_CLIP_FILE_BYTES = 10_000_000;

const bytes = (most: number) =>
  z.custom<Uint8Array>(
    (value) => value instanceof Uint8Array && value.length > 0 && value.length <= most,
    `1 to ${most} bytes`,
  );

/** A picture file with what is known of it; `width` and `height` in pixels as it is shown upright. */
export const pictureSchema = z.strictObject({
  bytes: bytes(MAX_PICTURE_BYTES),
  format: z.enum(['jpeg', 'png']),
  width: z.int().positive().max(20_000),
  height: z.int().positive().max(20_000),
});
export type Picture = z.infer<typeof pictureSchema>;

/** How the clip's liveness was asked for; `code` are the four digits, `actions` the order that the verifier gave. */
export const clipChallengeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('digits'), code: z.string().regex(/^\d{4,6}$/) }),
  z.strictObject({ kind: z.literal('action'), actions: z.string().regex(/^[1-5](,[1-5]){0,3}$/) }),
  z.strictObject({ kind: z.literal('silent') }),
]);
export type ClipChallenge = z.infer<typeof clipChallengeSchema>;

export const clipMaterialSchema = z.strictObject({
  bytes: bytes(MAX_CLIP_FILE_BYTES),
  container: z.literal('mp4'),
  videoCodec: z.literal('h264'),
  audioCodec: z.literal('aac').nullable(),
  width: z.int().positive().max(4096),
  height: z.int().positive().max(4096),
  durationMs: z.number().positive().max(60_000),
  challenge: clipChallengeSchema,
});
export type ClipMaterial = z.infer<typeof clipMaterialSchema>;

export const identityMaterialSchema = z.strictObject({
  name: z.string().min(1).max(60),
  /** Resident identity number, 18 characters. */
  number: z.string().regex(/^\d{17}[\dX]$/),
});
export type IdentityMaterial = z.infer<typeof identityMaterialSchema>;

const calendarDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** What one call carries; whoever asks fills in what the check needs, and nothing else leaves the device. */
export const checkMaterialsSchema = z.strictObject({
  identity: identityMaterialSchema.optional(),
  validity: z.strictObject({ from: calendarDay, to: z.union([calendarDay, z.literal('long-term')]) }).optional(),
  phone: z
    .string()
    .regex(/^1\d{10}$/)
    .optional(),
  bankCard: z
    .string()
    .regex(/^\d{12,19}$/)
    .optional(),
  face: pictureSchema.optional(),
  reference: pictureSchema.optional(),
  clip: clipMaterialSchema.optional(),
  cardFront: pictureSchema.optional(),
  cardBack: pictureSchema.optional(),
  bankCardPicture: pictureSchema.optional(),
});
export type CheckMaterials = z.infer<typeof checkMaterialsSchema>;

/** One question to a verifier. `orderId` is ours: the same for every try, and what a vendor's bill is matched by. */
export interface CheckRequest {
  /** UUID version 7; one per certification. */
  readonly certifyId: string;
  readonly check: Check;
  /** 32 lower-case letters and digits. */
  readonly orderId: string;
  readonly materials: CheckMaterials;
}

/** The first material that a check needs and a request lacks, or null. */
export function missingMaterial(check: Check, materials: CheckMaterials): Material | null {
  return NEEDED_MATERIALS[check].find((material) => materials[MATERIAL_FIELDS[material]] === undefined) ?? null;
}

/** Where each material stands in a request. */
export const MATERIAL_FIELDS = {
  identity: 'identity',
  validity: 'validity',
  phone: 'phone',
  'bank-card': 'bankCard',
  face: 'face',
  reference: 'reference',
  clip: 'clip',
  'card-front': 'cardFront',
  'card-back': 'cardBack',
  'bank-card-picture': 'bankCardPicture',
} as const satisfies Record<Material, keyof CheckMaterials>;

/**
 * What may follow an outcome.
 * - `none`: it is decided; asking again gives nothing new.
 * - `capture`: take the picture or clip again with the person who is still there.
 * - `service`: try again later by itself, with growing waits.
 * - `throttle`: the same, after the wait that was asked for.
 * - `tomorrow`: not before the next local midnight.
 * - `configuration`: nothing helps until somebody changes keys, scene or contract.
 * - `clerk`: it may have been decided and billed; only a person decides to ask again.
 */
export const RETRY_CLASSES = ['none', 'capture', 'service', 'throttle', 'tomorrow', 'configuration', 'clerk'] as const;
export type RetryClass = (typeof RETRY_CLASSES)[number];

export const VERIFIER_IDS = ['local', 'countersign', 'reference', 'tencent', 'aliyun', 'uni', 'mock'] as const;
export type VerifierId = (typeof VERIFIER_IDS)[number];

const reasonCode = z.custom<ReasonCode>((value) => typeof value === 'string' && isReasonCode(value), 'a reason code');

/** A comparison's or liveness check's number as its maker gives it. */
export const scoreSchema = z.strictObject({
  kind: z.enum(['authority', 'card', 'reference', 'retained', 'liveness', 'fake']),
  value: z.number(),
  /** Largest value of the scale; the smallest is 0. */
  scale: z.number().positive(),
  /** From which value on the maker or we say yes; null where it isn't told. */
  threshold: z.number().nullable(),
});
export type Score = z.infer<typeof scoreSchema>;

/** What the vendor said, verbatim: for the clerk, the bill and a dispute. */
export const vendorAnswerSchema = z.strictObject({
  name: z.enum(VERIFIER_IDS),
  operation: z.string().max(60),
  /** Its code for this outcome, `HTTP 503` or a transport error where it sent none. */
  code: z.string().max(120),
  message: z.string().max(500),
  requestId: z.string().max(120).nullable(),
  /** Whether the vendor bills for it; null: unknown. */
  billed: z.boolean().nullable(),
});
export type VendorAnswer = z.infer<typeof vendorAnswerSchema>;

/** Fields read from a card, by our names (`name`, `number`, `birthDate`, `address`, `validFrom`, `validTo`, …). */
const fieldsSchema = z.record(z.string().regex(/^[a-z][A-Za-z]{0,39}$/), z.string().max(300));

/** What a pass by somebody else than this device can be called; nothing else that they say is one. */
const CONFIRMING: readonly ReasonCode[] = ['ok.confirmed', 'ok.matched'];

/** Whether a verifier's word holds together: the reason is one of the state, and a pass is called as passes are. */
export function isSoundAnswer({
  state,
  reason,
}: {
  readonly state: VerdictState;
  readonly reason: ReasonCode;
}): boolean {
  return stateOf(reason) === state && (state !== 'passed' || CONFIRMING.includes(reason));
}

/** How a question was answered. A pass has the reason `ok.confirmed` or `ok.matched`, and nothing else has. */
export const checkOutcomeSchema = z
  .strictObject({
    state: z.enum(VERDICT_STATES),
    reason: reasonCode,
    retry: z.enum(RETRY_CLASSES),
    retryAfterMs: z.int().nonnegative().nullable(),
    basis: z.enum(VERDICT_BASES),
    scores: z.array(scoreSchema).max(10),
    vendor: vendorAnswerSchema.nullable(),
    fields: fieldsSchema.optional(),
    /** Warnings about a document, by our names. */
    warnings: z.array(z.string().max(40)).max(30).optional(),
    /** Technical detail: which field, which limit. Never personal data. */
    detail: z.string().max(300).optional(),
  })
  .refine(isSoundAnswer, 'the reason belongs to another state');
export type CheckOutcome = z.infer<typeof checkOutcomeSchema>;

/**
 * What comes back from one try: an outcome, or that the vendor works on it and has to be queried with `reference`
 * (the vendor's own id, opaque to us).
 */
export type CheckAnswer =
  | {
      readonly kind: 'settled';
      readonly outcome: CheckOutcome;
      readonly pictures?: readonly AnsweredPicture[];
      /** By which the vendor finds what it still keeps of this call, for `erase`; left out where it keeps nothing. */
      readonly reference?: string;
    }
  | { readonly kind: 'pending'; readonly reference: string; readonly askAgainAfterMs: number };

/** A picture that came with an answer: the best frame of a clip, a card that was cut out. */
export interface AnsweredPicture {
  readonly name: 'best-frame' | 'card-front' | 'card-back' | 'portrait';
  readonly bytes: Uint8Array;
}

export interface PictureLimits {
  readonly formats: readonly Picture['format'][];
  /** Of the file itself; where the vendor bounds the base64 text, three quarters of that. */
  readonly maxBytes: number;
  readonly minShortSide: number;
  readonly maxLongSide: number;
  /** The vendor takes pictures only that are higher than wide. */
  readonly uprightOnly: boolean;
}

/** One operation that serves a check. */
export interface Capability {
  readonly check: Check;
  /** The maker's own name of the operation. */
  readonly operation: string;
  readonly materials: readonly Material[];
  readonly basis: (typeof VERDICT_BASES)[number];
  readonly pictures: PictureLimits | null;
  /** Names an entry of `CLIP_LIMITS`; null where no clip is sent. */
  readonly clip: string | null;
  /** Whether the result of a call whose answer was lost can be asked for. */
  readonly queryable: boolean;
  readonly billed: boolean;
  /** Largest value of its score and the threshold; null where there is none. */
  readonly score: { readonly scale: number; readonly threshold: number | null } | null;
}

export interface VerifierCapabilities {
  readonly verifier: VerifierId;
  readonly checks: readonly Capability[];
  /** Why the others aren't served, for whoever configures: keys are checks. */
  readonly refusals: Partial<Readonly<Record<Check, ServiceRefusal>>>;
}
