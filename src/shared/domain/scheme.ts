import { z } from 'zod';
import { LIVENESS_MODE_IDS } from './liveness-mode.ts';
import { schemeIdSchema } from './scheme-id.ts';
import { CHECKS } from './verification.ts';

/** Whose product codes a scheme stands for. `composed`: an administrator has put it together. */
export const SCHEME_FAMILIES = [
  'countersign',
  'aliyun',
  'aliyun-financial',
  'tencent',
  'facein',
  'elements',
  'composed',
] as const;
export type SchemeFamily = (typeof SCHEME_FAMILIES)[number];

/**
 * Who does the work: the `person` at the kiosk, the person on their own `phone` after scanning a code, or the `caller`
 * alone, who brings everything along and nobody is asked.
 */
export const SCHEME_ACTORS = ['person', 'phone', 'caller'] as const;

/** Where name and number come from. `none`: nobody is identified. */
export const IDENTITY_SOURCES = ['chip-card', 'typed', 'card-pictures', 'given', 'none'] as const;
export type IdentitySource = (typeof IDENTITY_SOURCES)[number];

/**
 * Whether both sides of the card are photographed beside the identity. `when-source-unusable`: only after the authority
 * has answered that its own photo can't be used.
 */
export const CARD_PICTURES = ['no', 'yes', 'when-source-unusable'] as const;

/** What the face is compared with. `authority`, `retained`: only the verifier has it. `none`: nothing. */
export const REFERENCES = ['chip-portrait', 'card-portrait', 'given', 'retained', 'authority', 'none'] as const;
export type Reference = (typeof REFERENCES)[number];

/** What a caller can bring along, bound to its request. */
export const INPUTS = [
  'name',
  'number',
  'validity',
  'phone',
  'bankCard',
  /** The face that is to be verified, where no camera looks at the person. */
  'face',
  'clip',
  /** A picture that the face is compared with. */
  'reference',
  'cardFront',
  'cardBack',
  'bankCardPicture',
] as const;
export type Input = (typeof INPUTS)[number];

/** What comes out beside the verdict, its reason and its codes. */
export const OUTPUTS = [
  'liveness',
  'comparison',
  'verifier-score',
  'best-frame',
  'clip',
  'document-fields',
  'portrait',
  'card-pictures',
] as const;
export type Output = (typeof OUTPUTS)[number];

/** What a certification collects, compares, asks and gives: data, so that flow and rules know no product code. */
export const schemeSchema = z.strictObject({
  id: schemeIdSchema,
  family: z.enum(SCHEME_FAMILIES),
  actor: z.enum(SCHEME_ACTORS),
  /** Where the caller gives name and number as well, whoever is identified otherwise has to be that person. */
  identity: z.enum(IDENTITY_SOURCES),
  cardPictures: z.enum(CARD_PICTURES),
  /** `scene`: as the scene says; modes: in this order and no others; `none`: nobody looks whether it is a living person. */
  liveness: z.union([z.literal('scene'), z.literal('none'), z.array(z.enum(LIVENESS_MODE_IDS)).min(1).max(4)]),
  reference: z.enum(REFERENCES),
  /** The picture of the face may show several people: each is compared, and the best match counts. Absent: no. */
  severalFaces: z.boolean().optional(),
  /** The one question to the verifier; null: none, the device alone decides. */
  check: z.enum(CHECKS).nullable(),
  /** Who has the last word: the `device`, confirmed by the verifier later, or the `verifier`, for whom it collects. */
  decides: z.enum(['device', 'verifier']),
  /** What the person types where the caller has not given it. */
  asks: z.array(z.enum(['phone', 'bankCard'])).max(2),
  /** What a caller may give; everything else is refused. */
  inputs: z.partialRecord(z.enum(INPUTS), z.enum(['required', 'optional'])),
  outputs: z.array(z.enum(OUTPUTS)),
  /** The maker's page on which the person finishes, where there is one beside ours. */
  hosted: z.enum(['tencent', 'aliyun']).nullable(),
});
export type Scheme = z.infer<typeof schemeSchema>;
