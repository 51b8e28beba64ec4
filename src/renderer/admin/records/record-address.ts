import { z } from 'zod';
import {
  EVERY_RECORD,
  RECORD_FLAGS,
  RECORD_ORDERS,
  recordFilterSchema,
  recordPlaceSchema,
  recordTextSearchSchema,
  type RecordFilter,
  type RecordOrder,
} from '../../../shared/domain/record-search.ts';

/** Which records are shown, and which page of them. */
export interface RecordView {
  readonly filter: RecordFilter;
  readonly order: RecordOrder;
  /** Where this page and those before it begin; none: the first page. */
  readonly trail: z.infer<typeof trailSchema>;
}

const trailSchema = z.array(recordPlaceSchema).max(10_000).readonly();
/** What stays out of the address: a name or a number in it would be seen, and kept in the history of a browser. */
const keptSchema = z.object({ search: recordTextSearchSchema.nullable(), trail: trailSchema });

export const FIRST_PAGE: RecordView = { filter: EVERY_RECORD, order: 'newest', trail: [] };

const TEXTS = ['sceneId', 'scheme', 'state', 'reason'] as const;
const TIMES = ['fromMs', 'toMs'] as const;

/** The part of the address behind `#records`: everything but the text that is looked for. */
export function addressOf({ filter, order }: RecordView): string {
  const query = new URLSearchParams();
  for (const name of [...TEXTS, ...TIMES]) {
    const value = filter[name];
    if (value !== null) query.set(name, String(value));
  }
  for (const name of RECORD_FLAGS) {
    const value = filter[name];
    if (value !== null) query.set(name, value ? 'yes' : 'no');
  }
  if (order !== 'newest') query.set('order', order);
  const text = query.toString();
  return text === '' ? '#records' : `#records?${text}`;
}

/** What the window keeps beside the address. */
export function keptOf({ filter, trail }: RecordView): z.infer<typeof keptSchema> {
  return { search: filter.search, trail };
}

/** Reads an address and what was kept beside it; whatever doesn't fit counts as not said. */
export function viewOf(hash: string, kept: unknown): RecordView {
  const query = new URLSearchParams(hash.split('?')[1] ?? '');
  const beside = keptSchema.safeParse(kept);
  const time = (name: string): number | null => (query.has(name) ? Number(query.get(name)) : null);
  const flag = (name: string): boolean | null => (query.has(name) ? query.get(name) === 'yes' : null);
  const filter = recordFilterSchema.safeParse({
    search: beside.success ? beside.data.search : null,
    ...Object.fromEntries(TEXTS.map((name) => [name, query.get(name)])),
    ...Object.fromEntries(TIMES.map((name) => [name, time(name)])),
    ...Object.fromEntries(RECORD_FLAGS.map((name) => [name, flag(name)])),
  });
  const order = RECORD_ORDERS.find((one) => one === query.get('order')) ?? 'newest';
  if (!filter.success) return { ...FIRST_PAGE, order };
  return { filter: filter.data, order, trail: beside.success ? beside.data.trail : [] };
}
