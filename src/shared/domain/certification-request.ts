import { z } from 'zod';
import { VERDICT_STATES } from '../reasons.ts';
import { certifyIdSchema, reasonCodeSchema } from './certification.ts';
import { sceneSchema } from './scene.ts';
import { checkMaterialsSchema } from './verification.ts';

/** A request can be carried out for this long; the clouds' tokens live as long. */
export const REQUEST_LIFETIME_MS = 30 * 60_000;
/** After its end a request's result can be read with its materials for this long at most. */
export const RESULT_LIFETIME_MS = 24 * 3_600_000;

/** The caller's own number for what it asks: 1–64 of letters, digits, point, hyphen, underscore. */
export const callerOrderIdSchema = z.string().regex(/^[A-Za-z0-9._-]{1,64}$/);

/**
 * What a caller binds to its request: names by `INPUTS`. Pictures are whole files. `face` is the face that is to
 * be verified where no camera looks; `reference` what a face is compared with.
 */
export const requestInputsSchema = z.strictObject({
  name: z.string().min(1).max(60).optional(),
  number: z
    .string()
    .regex(/^\d{17}[\dX]$/)
    .optional(),
  validity: checkMaterialsSchema.shape.validity,
  phone: checkMaterialsSchema.shape.phone,
  bankCard: checkMaterialsSchema.shape.bankCard,
  face: checkMaterialsSchema.shape.face,
  clip: checkMaterialsSchema.shape.clip,
  reference: checkMaterialsSchema.shape.reference,
  cardFront: checkMaterialsSchema.shape.cardFront,
  cardBack: checkMaterialsSchema.shape.cardBack,
  bankCardPicture: checkMaterialsSchema.shape.bankCardPicture,
});
export type RequestInputs = z.infer<typeof requestInputsSchema>;

export const newRequestSchema = z.strictObject({
  sceneId: sceneSchema.shape.id,
  orderId: callerOrderIdSchema,
  inputs: requestInputsSchema,
  /** The caller has the person's consent: needed where nobody stands at the kiosk to give it. */
  consent: z.strictObject({ capture: z.literal(true), transmit: z.boolean() }).optional(),
});
export type NewRequest = z.infer<typeof newRequestSchema>;

/**
 * Where a request stands. `waiting`: nothing was carried out yet. `running`: a certification is under way. `submitted`:
 * it has its record; the verdict is in it, or still under review there. `expired`, `withdrawn`: nothing comes any more.
 */
export const REQUEST_STATES = ['waiting', 'running', 'submitted', 'expired', 'withdrawn'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/** How a submitted request stands by now: its record and what the verifier said since. */
export const requestVerdictSchema = z.strictObject({
  state: z.enum(VERDICT_STATES),
  reason: reasonCodeSchema,
  /** Nobody has decided for good: the verifier is still asked, or a clerk has to look at it. */
  underReview: z.boolean(),
});
export type RequestVerdict = z.infer<typeof requestVerdictSchema>;

/** A request as it is shown: nothing of its inputs but which there are, and whom it names, masked. */
export const certificationRequestSchema = z.strictObject({
  /** A UUID version 7. */
  requestId: z.uuidv7(),
  sceneId: sceneSchema.shape.id,
  scheme: z.string(),
  orderId: callerOrderIdSchema,
  state: z.enum(REQUEST_STATES),
  inputs: z.array(z.string()),
  createdAtMs: z.int().nonnegative(),
  expiresAtMs: z.int().nonnegative(),
  /** The certification that carries it out; null before one has begun. */
  certifyId: certifyIdSchema.nullable(),
  /**
   * By the caller while the request is open, by the record once it is submitted; absent where neither names anybody, and
   * of one that ended without a record.
   */
  nameMasked: z.string().optional(),
  /** Only of one that is submitted. */
  verdict: requestVerdictSchema.optional(),
});
export type CertificationRequest = z.infer<typeof certificationRequestSchema>;

/** A request that was just made, with the one copy of its token: whoever has it can start it, once. */
export interface IssuedRequest {
  readonly request: CertificationRequest;
  /** 43 characters of base64url; only its hash is kept. */
  readonly token: string;
}
