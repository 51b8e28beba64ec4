import { z } from 'zod';
import type { HandOffState } from '../../shared/domain/hand-off.ts';
import type { CheckOutcome } from '../../shared/domain/verification.ts';
import { handOffRequestSchema, type HandOffRequest } from '../../shared/protocol/kv1-hand-offs.ts';

/**
 * `waiting`: nobody has opened the page. `opened`: one browser has. `checking`: the person is done, the question is with
 * whoever answers it. `ended`: with an outcome, and with nothing left of the person.
 */
export const KEPT_STATES = ['waiting', 'opened', 'checking', 'ended'] as const;
export type KeptState = (typeof KEPT_STATES)[number];

/** The opening request as it is kept: who the person is stands apart from it, encrypted. */
export const keptRequestSchema = handOffRequestSchema.omit({ identity: true });
export type KeptRequest = z.infer<typeof keptRequestSchema>;

/** What of it may be kept in clear. */
export function withoutIdentity({ identity: _identity, ...request }: HandOffRequest): KeptRequest {
  return request;
}

/** What was agreed to on the phone, each apart from the other, and the notice that was shown. */
export const agreementSchema = z.strictObject({
  capture: z.literal(true),
  transmit: z.literal(true),
  version: z.string().min(1).max(40),
  /** SHA-256 of the whole notice as it was shown, hex. */
  textHash: z.string().regex(/^[0-9a-f]{64}$/),
  givenAtMs: z.int().nonnegative(),
});
export type Agreement = z.infer<typeof agreementSchema>;

/** A hand-off as the verifier keeps it. */
export interface HandOff {
  readonly deviceId: string;
  readonly request: KeptRequest;
  readonly state: KeptState;
  readonly codeHash: string | null;
  readonly browserHash: string | null;
  readonly agreement: Agreement | null;
  readonly outcome: CheckOutcome | null;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly secrets: HandOffSecrets;
}

/** Keys and content, encrypted; all null once it has ended. */
export interface HandOffSecrets {
  readonly wrappedKeys: Buffer | null;
  /** The sealed identity as the device sent it, once more encrypted. */
  readonly identity: Buffer | null;
  readonly vendor: Buffer | null;
}

/** As the device is told about it: what the page does meanwhile is nobody else's business. */
export function stateForDevice({ state, outcome }: Pick<HandOff, 'state' | 'outcome'>): HandOffState {
  if (state === 'ended' && outcome !== null) return { state: 'ended', outcome };
  return { state: state === 'waiting' ? 'waiting' : 'opened' };
}
