import { z } from 'zod';
import { certifyIdSchema } from '../domain/certification.ts';
import { cloudKeysSchema, directVerifierSettingSchema, type DirectVerifierSetting } from '../domain/direct-verifier.ts';
import type { DecisionLoad } from '../domain/review.ts';
import type { ConfirmationCheck } from '../domain/scene.ts';
import type { Check } from '../domain/verification.ts';
import type { CheckState } from '../protocol/check-delivery.ts';
import type { Failure } from '../reasons.ts';

/** What waits for the verifier: records, and questions with their materials. */
export const OUTBOX_LANES = ['records', 'checks'] as const;
export type OutboxLane = (typeof OUTBOX_LANES)[number];

/** How much may wait before new certifications are refused. */
export interface OutboxCaps {
  readonly maxCount: number;
  readonly maxAgeMs: number;
  readonly maxBytes: number;
}

export interface OutboxLaneView {
  readonly lane: OutboxLane;
  readonly waiting: number;
  /** Refused for good, until somebody has acted. */
  readonly stopped: number;
  /** Asked, never answered: a clerk decides. */
  readonly unknown: number;
  readonly bytes: number;
  readonly oldestAtMs: number | null;
}

/** One row that needs somebody, or one of the next to be sent. */
export interface OutboxItemView {
  readonly lane: OutboxLane;
  readonly certifyId: string;
  readonly state: CheckState | 'queued';
  readonly check: Check | null;
  readonly queuedAtMs: number;
  readonly attempts: number;
  readonly bytes: number;
  readonly lastFailure: Failure | null;
}

export interface OutboxView {
  readonly enrolled: boolean;
  readonly paused: boolean;
  readonly lanes: readonly OutboxLaneView[];
  /** Decisions of the staff; null where nobody takes them. */
  readonly decisions: DecisionLoad | null;
  /** Certifications of which something waits, for the cap on the count; one with both kinds counts once. */
  readonly certifications: number;
  readonly caps: OutboxCaps;
  /** Whether new certifications are refused, and which cap does it. */
  readonly refusal: Failure | null;
  /** `open`: left alone after failures in a row, next probe at `probeAtMs`. */
  readonly breaker: { readonly state: 'closed' | 'open' | 'half-open'; readonly probeAtMs: number | null };
  /** Verifier's clock minus this machine's, as it last said in a signed answer; null before that. */
  readonly clockOffsetMs: number | null;
  readonly nextTryAtMs: number | null;
  readonly lastSyncAtMs: number | null;
  readonly lastFailure: Failure | null;
  /** At most 50: first those that need somebody, then the next to be sent. */
  readonly items: readonly OutboxItemView[];
}

export const pauseOutboxSchema = z.strictObject({ paused: z.boolean() });

/** `retry`: send or ask again; `give-up`: keep it here for good, never sent. */
export const resolveOutboxItemSchema = z.strictObject({
  lane: z.enum(OUTBOX_LANES),
  certifyId: certifyIdSchema,
  action: z.enum(['retry', 'give-up']),
});
export type ResolveOutboxItem = z.infer<typeof resolveOutboxItemSchema>;

/** What each check that a scene can have confirmed is answered by here, or why it is not. */
export interface OfferedConfirmation {
  readonly check: ConfirmationCheck;
  /** Who answers it (`countersign` and what stands behind it, `aliyun`, …); null: nobody. */
  readonly servedBy: string | null;
  /** Why nobody does; null where somebody does. */
  readonly refusal: Failure | null;
}

/** `keys` null: those that are kept stay. A setting of another vendor without keys takes the old ones away. */
export const saveDirectVerifierSchema = z.strictObject({
  setting: directVerifierSettingSchema,
  keys: cloudKeysSchema.nullable(),
});

/** The vendor that this terminal asks by itself, where it does. The keys are never shown, only whether there are some. */
export interface DirectVerifierView {
  readonly setting: DirectVerifierSetting;
  readonly keysKept: boolean;
  /** What it answers as it is set up. */
  readonly checks: readonly { readonly check: Check; readonly operation: string }[];
  /** Why nothing can be asked although a vendor is chosen. */
  readonly failure: Failure | null;
}

/** Channels of the outbox page: request schema by channel. */
export const ADMIN_OUTBOX_CHANNELS = {
  'admin:outbox': z.null(),
  'admin:outbox-send': z.null(),
  'admin:outbox-pause': pauseOutboxSchema,
  'admin:outbox-resolve': resolveOutboxItemSchema,
  'admin:confirmations': z.null(),
  'admin:direct-verifier': z.null(),
  'admin:save-direct-verifier': saveDirectVerifierSchema,
} as const;

export interface AdminOutboxAnswers {
  'admin:outbox': OutboxView;
  'admin:outbox-send': OutboxView;
  'admin:outbox-pause': OutboxView;
  'admin:outbox-resolve': OutboxView;
  'admin:confirmations': readonly OfferedConfirmation[];
  'admin:direct-verifier': DirectVerifierView;
  'admin:save-direct-verifier': DirectVerifierView;
}
