import { z } from 'zod';
import { staffIdSchema } from '../domain/staff.ts';
import type { Failure } from '../reasons.ts';
import type { FileTaskState } from './file-task.ts';

/** Entries of a page, at most. */
export const AUDIT_ENTRIES_MAX = 200;

/** Which entries are meant; null everywhere means all. Times are milliseconds since the epoch. */
export const auditFilterSchema = z
  .strictObject({
    kind: z.string().min(1).max(60).nullable(),
    /** Who of the staff was served while it was written. */
    staffId: staffIdSchema.nullable(),
    fromMs: z.int().nonnegative().nullable(),
    toMs: z.int().nonnegative().nullable(),
  })
  .refine(({ fromMs, toMs }) => fromMs === null || toMs === null || fromMs < toMs, {
    path: ['toMs'],
    error: 'the end is not after the beginning',
  });
export type AuditFilter = z.infer<typeof auditFilterSchema>;

export const EVERY_ENTRY: AuditFilter = { kind: null, staffId: null, fromMs: null, toMs: null };

/** Channels of the audit page: request schema by channel. */
export const ADMIN_AUDIT_CHANNELS = {
  'admin:audit': z.strictObject({
    filter: auditFilterSchema,
    /** Number of the entry that the page begins behind; null: at the newest. */
    before: z.int().positive().nullable(),
    limit: z.int().min(1).max(AUDIT_ENTRIES_MAX),
  }),
  /** What can be filtered by. */
  'admin:audit-choices': z.null(),
  /** Answers when the check is over; `admin:audit-check` says how far it is. */
  'admin:verify-audit': z.null(),
  'admin:audit-check': z.null(),
  'admin:cancel-audit-check': z.null(),
  'admin:export-audit': z.null(),
  'admin:audit-export': z.null(),
  'admin:cancel-audit-export': z.null(),
} as const;

/** One entry of the audit log. */
export interface AuditLine {
  readonly seq: number;
  readonly kind: string;
  readonly atMs: number;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
  /** As it is kept and chained. */
  readonly raw: string;
}

export interface AuditPage {
  readonly entries: readonly AuditLine[];
  /** What the next page begins behind; null: there are no more. */
  readonly next: number | null;
}

export interface AuditOutcome {
  readonly entries: number;
  readonly ok: boolean;
  readonly firstBadEntry: number | null;
}

export type AuditCheckState =
  | { readonly state: 'never' }
  | { readonly state: 'running'; readonly checked: number; readonly of: number }
  | { readonly state: 'checked'; readonly outcome: AuditOutcome; readonly reason: string | null; readonly atMs: number }
  | { readonly state: 'cancelled' }
  | { readonly state: 'failed'; readonly failure: Failure };

export interface AuditChoices {
  readonly kinds: readonly string[];
  readonly staff: readonly { readonly staffId: string; readonly name: string }[];
}

export interface AdminAuditAnswers {
  'admin:audit': AuditPage;
  'admin:audit-choices': AuditChoices;
  /** Null: it was cancelled. */
  'admin:verify-audit': AuditOutcome | null;
  'admin:audit-check': AuditCheckState;
  'admin:cancel-audit-check': AuditCheckState;
  'admin:export-audit': FileTaskState;
  'admin:audit-export': FileTaskState;
  'admin:cancel-audit-export': FileTaskState;
}
