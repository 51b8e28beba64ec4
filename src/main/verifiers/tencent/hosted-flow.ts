import { z } from 'zod';
import { identityMaterialSchema, pictureSchema, type CheckOutcome } from '../../../shared/domain/verification.ts';

/**
 * A check on the vendor's own page (`h5`: DetectAuth) or in an app with its SDK (`sdk`: GetFaceIdToken). A counter has
 * neither: the page opens on the visitor's phone or in a browser beside it.
 */
export const hostedRequestSchema = z.strictObject({
  kind: z.enum(['h5', 'sdk']),
  /** 32 lower-case letters and digits; the vendor gives it back with the result. */
  orderId: z.string().regex(/^[a-z0-9]{32}$/),
  identity: identityMaterialSchema,
  /** Compared instead of the authority's photo. */
  reference: pictureSchema.optional(),
  /** Where the page goes afterwards. It must not hold anything about the person. */
  returnUrl: z
    .url({ protocol: /^https$/ })
    .max(1024)
    .optional(),
});
export type HostedRequest = z.infer<typeof hostedRequestSchema>;

/** A flow that was opened; `token` is secret. */
export interface HostedFlow {
  readonly kind: HostedRequest['kind'];
  readonly orderId: string;
  readonly identity: HostedRequest['identity'];
  readonly token: string;
  /** For `h5`: what the visitor opens. */
  readonly url: string | null;
  /** For `sdk`: handed on to the app as it is. */
  readonly clientConfig: string | null;
  /** Nobody can begin later than this; milliseconds since the Unix epoch. */
  readonly expiresAtMs: number;
  readonly comparesWith: 'authority' | 'reference';
}

/** What is known of a hosted flow. */
export type HostedAnswer =
  | { readonly kind: 'settled'; readonly outcome: CheckOutcome }
  | { readonly kind: 'pending'; readonly askAgainAfterMs: number };

/** How long each token can be begun with (document/product/1007/31816, 49198). Results are kept for three days. */
export const HOSTED_LIFETIMES_MS = { h5: 7_200_000, sdk: 600_000 } as const;
/** A person takes longer than that; the vendor bounds calls by the second only. */
export const ASK_AGAIN_AFTER_MS = 3_000;
/** How long after the last moment to begin a flow may still end. */
export const LATEST_FINISH_MS = 600_000;
