import { faultAt, type FoundFault } from './audit-fault.ts';
import type { StoreDatabase } from './database.ts';

const RECORDS_PER_STEP = 200;

export interface FactsCheck {
  /** Records to look at. */
  readonly of: number;
  steps(): Generator<{ readonly checked: number; readonly fault: FoundFault | null }, void>;
}

/** Holds what records are listed, found and exported by against the records themselves, which the chain vouches for. */
export function factsCheck(database: StoreDatabase): FactsCheck {
  const table = database.prepare(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'record_facts'`).get();
  // Opened for reading only, a database of an older version has none.
  if (table === undefined) return { of: 0, *steps() {} };
  const last = (name: string): number =>
    database.prepare<[], number | null>(`SELECT max(seq) FROM ${name}`).pluck().get() ?? 0;
  const of = Math.max(last('records'), last('record_facts'));
  const between = 'seq > @from AND seq <= @until';
  const differ = database.prepare<[{ from: number; until: number }], number>(
    `SELECT (SELECT count(*) FROM (SELECT * FROM record_facts WHERE ${between}
                                   EXCEPT SELECT * FROM record_facts_now WHERE ${between}))
          + (SELECT count(*) FROM records WHERE ${between}) - (SELECT count(*) FROM record_facts WHERE ${between})`,
  );
  return {
    of,
    *steps() {
      for (let from = 0; from < of; from += RECORDS_PER_STEP) {
        const until = from + RECORDS_PER_STEP;
        const isSame = differ.pluck().get({ from, until }) === 0;
        yield { checked: Math.min(until, of), fault: isSame ? null : faultAt(null, 'facts-wrong') };
      }
    },
  };
}
