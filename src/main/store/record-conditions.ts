import { maskName, maskNumber } from '../../shared/domain/masking.ts';
import { parseReceiptReference } from '../../shared/domain/receipt-reference.ts';
import type { RecordFilter, RecordFlag, RecordTextSearch } from '../../shared/domain/record-search.ts';

/** Conditions over `record_facts`, joined by AND, and what stands for their names. */
export interface Conditions {
  readonly where: readonly string[];
  readonly values: Readonly<Record<string, string | number>>;
}

/** The index that a search walks along, by time; its conditions are among the others. */
export interface Walk {
  readonly index: string;
  readonly conditions: Conditions;
}

export const ALONG_TIME = 'record_facts_by_start';
const NOTHING: Conditions = { where: [], values: {} };

const FLAG_COLUMNS = {
  simulated: 'simulated',
  test: 'test',
  provisional: 'provisional',
  countersigned: 'countersigned',
  byPerson: 'by_person',
  hasEvidence: 'has_evidence',
} as const satisfies Record<RecordFlag, string>;

/** Flags that few records have, and the index of those. */
const FLAG_INDEXES: Readonly<Partial<Record<RecordFlag, string>>> = {
  byPerson: 'record_facts_by_person',
  test: 'record_facts_test',
  hasEvidence: 'record_facts_evidence',
  simulated: 'record_facts_simulated',
  provisional: 'record_facts_provisional',
};

/** Everything that a filter asks for. */
export function conditionsOf(filter: RecordFilter): Conditions {
  return both(
    searchConditions(filter.search),
    equal('scene_id', filter.sceneId),
    equal('scheme', filter.scheme),
    equal('state', filter.state),
    equal('reason', filter.reason),
    ...(Object.keys(FLAG_COLUMNS) as RecordFlag[]).map((name) => {
      const wanted = filter[name];
      return wanted === null ? NOTHING : { where: [`${FLAG_COLUMNS[name]} = ${wanted ? 1 : 0}`], values: {} };
    }),
    filter.fromMs === null ? NOTHING : { where: ['started_at_ms >= @fromMs'], values: { fromMs: filter.fromMs } },
    filter.toMs === null ? NOTHING : { where: ['started_at_ms < @toMs'], values: { toMs: filter.toMs } },
  );
}

/** The index with the fewest rows for a filter, as far as one can tell without counting. */
export function indexFor(filter: RecordFilter): string {
  switch (filter.search?.by) {
    case 'order':
      return 'record_facts_by_order';
    case 'number':
      return 'record_facts_by_number';
    case 'name':
      return 'record_facts_by_name';
    default:
  }
  const rare = (Object.keys(FLAG_INDEXES) as RecordFlag[]).find((name) => filter[name] === true);
  if (rare !== undefined) return FLAG_INDEXES[rare] ?? ALONG_TIME;
  if (filter.reason !== null) return 'record_facts_by_reason';
  if (filter.scheme !== null) return 'record_facts_by_scheme';
  return filter.sceneId === null ? ALONG_TIME : 'record_facts_by_scene';
}

function both(...all: readonly Conditions[]): Conditions {
  return {
    where: all.flatMap(({ where }) => where),
    values: Object.assign({}, ...all.map(({ values }) => values)) as Conditions['values'],
  };
}

function equal(column: string, value: string | null): Conditions {
  return value === null ? NOTHING : { where: [`${column} = @${column}`], values: { [column]: value } };
}

function searchConditions(search: RecordTextSearch | null): Conditions {
  if (search === null) return NOTHING;
  const { by, text } = search;
  switch (by) {
    case 'id': {
      const from = text.toLowerCase();
      if (from.length === 36) return { where: ['certify_id = @id'], values: { id: from } };
      // `g` comes after every character of an id.
      return { where: ['certify_id >= @idFrom', 'certify_id < @idTo'], values: { idFrom: from, idTo: `${from}g` } };
    }
    case 'receipt':
      return receiptConditions(text);
    case 'order':
      return { where: ['order_id = @order'], values: { order: text } };
    case 'name':
      return { where: ['name_masked = @name'], values: { name: text.includes('*') ? text : maskName(text) } };
    case 'number':
      return numberConditions(text.toUpperCase());
  }
}

function receiptConditions(text: string): Conditions {
  const reference = parseReceiptReference(text);
  if (reference === null) return { where: ['seq IS NULL'], values: {} };
  if (reference.kind === 'place') return { where: ['seq = @receipt'], values: { receipt: reference.seq } };
  const { hashStart, idEnd } = reference;
  const printed = `seq IN (SELECT receipts.seq FROM receipts
    WHERE substr(hash, 1, 10) = @number AND substr(hash, 1, @hashLength) = @hashStart)`;
  const values = { number: hashStart.slice(0, 10), hashStart, hashLength: hashStart.length };
  return idEnd === null
    ? { where: [printed], values }
    : { where: [printed, 'substr(certify_id, -12) = @idEnd'], values: { ...values, idEnd } };
}

/** Four characters are a number's last ones; records keep no more of it than those and the first three. */
function numberConditions(text: string): Conditions {
  const last = 'substr(number_masked, -4) = @numberEnd';
  const values = { numberEnd: text.slice(-4) };
  if ([...text].length <= 4) return { where: ['number_masked IS NOT NULL', last], values };
  const number = text.includes('*') ? text : maskNumber(text);
  return {
    where: ['number_masked IS NOT NULL', last, 'number_masked = @number'],
    values: { numberEnd: number.slice(-4), number },
  };
}
