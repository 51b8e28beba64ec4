import { z } from 'zod';
import { certifyIdSchema } from '../domain/certification.ts';
import type { ShownReview } from '../domain/review.ts';
import {
  RECORD_ORDERS,
  recordFilterSchema,
  recordPlaceSchema,
  SEARCH_TEXT_MAX,
  type FoundRecord,
  type RecordCount,
  type RecordPlace,
} from '../domain/record-search.ts';
import type { RecordDetail } from './admin.ts';
import type { FileTaskState } from './file-task.ts';

/** Rows of a page, at most. */
export const RECORDS_PER_PAGE_MAX = 200;

/** Channels of the records page: request schema by channel. */
export const ADMIN_RECORDS_CHANNELS = {
  'admin:records': z.strictObject({
    filter: recordFilterSchema,
    order: z.enum(RECORD_ORDERS),
    after: recordPlaceSchema.nullable(),
    limit: z.int().min(1).max(RECORDS_PER_PAGE_MAX),
  }),
  'admin:record-count': z.strictObject({ filter: recordFilterSchema }),
  'admin:record': z.strictObject({
    certifyId: certifyIdSchema,
    /** The number that is printed on the receipt: whoever may only see today's records shows with it that they have it. */
    receipt: z.string().max(SEARCH_TEXT_MAX).nullable(),
  }),
  'admin:record-evidence': z.strictObject({ certifyId: certifyIdSchema }),
  /** Asks where to, and begins; `admin:record-export` says how far it is. */
  'admin:export-records': z.strictObject({ filter: recordFilterSchema }),
  'admin:record-export': z.null(),
  'admin:cancel-record-export': z.null(),
} as const;

/** A record with everything that belongs to it. */
export interface RecordSheet extends RecordDetail {
  readonly sceneName: string;
  /** What is printed on its receipt, and what its QR code says. */
  readonly receiptNumber: string;
  readonly receiptCode: string;
  /** Decisions of the staff with who made them, and whether the verifier has them. */
  readonly staffReviews: readonly ShownReview[];
  /** Certifications that carried on with this one. */
  readonly followedBy: readonly string[];
  /** When its pictures are destroyed; null: none are kept, or none any more. */
  readonly evidenceUntilMs: number | null;
  readonly maySeeEvidence: boolean;
}

export interface EvidencePicture {
  readonly bytes: Uint8Array;
  readonly type: 'image/jpeg' | 'image/png' | 'image/bmp';
}

export interface RecordEvidence {
  readonly keptUntilMs: number;
  readonly portrait: EvidencePicture | null;
  /** The best one first. */
  readonly best: readonly EvidencePicture[];
}

export interface FoundRecords {
  readonly rows: readonly FoundRecord[];
  readonly next: RecordPlace | null;
  /** Whoever asks may only see what began after this, unless they have a receipt; null: everything. */
  readonly sinceMs: number | null;
}

export interface AdminRecordsAnswers {
  'admin:records': FoundRecords;
  'admin:record-count': RecordCount;
  'admin:record': RecordSheet;
  'admin:record-evidence': RecordEvidence;
  'admin:export-records': FileTaskState;
  'admin:record-export': FileTaskState;
  'admin:cancel-record-export': FileTaskState;
}
