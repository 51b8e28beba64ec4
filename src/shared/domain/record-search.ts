import { z } from 'zod';
import { VERDICT_STATES, type ReasonCode, type VerdictState } from '../reasons.ts';
import { parseReceiptReference } from './receipt-reference.ts';
import { reasonCodeSchema } from './verdict.ts';

/** What a text is looked for in: one thing at a time, so that every search is a look into an index. */
export const SEARCH_FIELDS = ['id', 'receipt', 'order', 'name', 'number'] as const;
export type SearchField = (typeof SEARCH_FIELDS)[number];

/** Characters of a text that is looked for, at most: the longest name and a receipt's QR code, with room. */
export const SEARCH_TEXT_MAX = 80;

/**
 * `id`: a certification's id or its beginning; `receipt`: a receipt's place in the chain or its printed number; `order`: a caller's order; `name` and
 * `number`: in full or as they are kept, masked.
 */
export const recordTextSearchSchema = z
  .strictObject({ by: z.enum(SEARCH_FIELDS), text: z.string().trim().min(1).max(SEARCH_TEXT_MAX) })
  .refine(({ by, text }) => by !== 'receipt' || parseReceiptReference(text) !== null, {
    path: ['text'],
    error: 'not a receipt number: digits, or what is printed on the receipt',
  })
  .refine(({ by, text }) => by !== 'id' || /^[0-9a-fA-F-]{4,36}$/.test(text), {
    path: ['text'],
    error: 'an id is 4 to 36 of 0-9, a-f and -',
  });
export type RecordTextSearch = z.infer<typeof recordTextSearchSchema>;

/** What a record either is or isn't; null: both. */
export const RECORD_FLAGS = ['simulated', 'test', 'provisional', 'countersigned', 'byPerson', 'hasEvidence'] as const;
export type RecordFlag = (typeof RECORD_FLAGS)[number];

const flag = z.boolean().nullable();

/** Which records are meant; null everywhere means all. Times are milliseconds since the epoch. */
export const recordFilterSchema = z
  .strictObject({
    search: recordTextSearchSchema.nullable(),
    /** Started at or after. */
    fromMs: z.int().nonnegative().nullable(),
    /** Started before. */
    toMs: z.int().nonnegative().nullable(),
    sceneId: z.string().min(1).max(64).nullable(),
    scheme: z.string().min(1).max(64).nullable(),
    state: z.enum(VERDICT_STATES).nullable(),
    reason: reasonCodeSchema.nullable(),
    simulated: flag,
    test: flag,
    provisional: flag,
    countersigned: flag,
    byPerson: flag,
    hasEvidence: flag,
  })
  .refine(({ fromMs, toMs }) => fromMs === null || toMs === null || fromMs < toMs, {
    path: ['toMs'],
    error: 'the end is not after the beginning',
  });
export type RecordFilter = z.infer<typeof recordFilterSchema>;

export const EVERY_RECORD: RecordFilter = {
  search: null,
  fromMs: null,
  toMs: null,
  sceneId: null,
  scheme: null,
  state: null,
  reason: null,
  simulated: null,
  test: null,
  provisional: null,
  countersigned: null,
  byPerson: null,
  hasEvidence: null,
};

/** The last row of a page: the next one begins behind it, whatever is committed meanwhile. */
export const recordPlaceSchema = z.strictObject({ atMs: z.int().nonnegative(), seq: z.int().nonnegative() });
export type RecordPlace = z.infer<typeof recordPlaceSchema>;

export const RECORD_ORDERS = ['newest', 'oldest'] as const;
export type RecordOrder = (typeof RECORD_ORDERS)[number];

/** Whose word stands. */
export const DECIDED_BY = ['device', 'verifier', 'staff'] as const;
export type DecidedBy = (typeof DECIDED_BY)[number];

/** One record as a list shows it. */
export interface FoundRecord {
  readonly certifyId: string;
  /** Its receipt's number, and its place in this device's chain. */
  readonly receipt: number;
  readonly startedAtMs: number;
  readonly sceneId: string;
  readonly scheme: string;
  /** What stands: the verifier's or the staff's word where they had the last one. */
  readonly state: VerdictState;
  readonly reason: ReasonCode;
  readonly decidedBy: DecidedBy;
  /** What this device had decided. */
  readonly deviceState: VerdictState;
  readonly deviceReason: ReasonCode;
  readonly nameMasked: string | null;
  readonly numberMasked: string | null;
  readonly provisional: boolean;
  readonly countersigned: boolean;
  readonly byPerson: boolean;
  readonly hasEvidence: boolean;
  readonly simulated: boolean;
  readonly test: boolean;
}

/** How many records are meant: exactly so many, or more than so many. */
export interface RecordCount {
  readonly count: number;
  readonly more: boolean;
}
