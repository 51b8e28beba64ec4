import type { Attempt, AttemptAnswer, AttemptJournal } from '../../src/main/verifiers/contract.ts';
import { failure } from '../../src/shared/reasons.ts';
import { err, ok } from '../../src/shared/result.ts';

export interface AttemptNotes {
  readonly journal: AttemptJournal;
  readonly rows: (Attempt & { reference: string | null; settled: AttemptAnswer | null })[];
  /** What happened, in order: `begin`, `refer`, `settle`, and whatever a test adds. */
  readonly events: string[];
}

/** A journal in memory; `full`: its disk takes no new attempt. */
export function attemptNotes(options: { readonly full?: boolean } = {}): AttemptNotes {
  const rows: AttemptNotes['rows'] = [];
  const events: string[] = [];
  const rowOf = (attemptId: string): AttemptNotes['rows'][number] | undefined =>
    rows.find((row) => row.attemptId === attemptId);
  const journal: AttemptJournal = {
    begin: (attempt) => {
      if (options.full === true) return Promise.resolve(err(failure('store.full')));
      events.push('begin');
      rows.push({ ...attempt, reference: null, settled: null });
      return Promise.resolve(ok(null));
    },
    refer: (attemptId, reference) => {
      events.push('refer');
      const row = rowOf(attemptId);
      if (row) row.reference = reference;
      return Promise.resolve(ok(null));
    },
    settle: (attemptId, answer) => {
      events.push('settle');
      const row = rowOf(attemptId);
      if (row) row.settled = answer;
      return Promise.resolve(ok(null));
    },
    unsettled: (orderId) => Promise.resolve(ok(rows.filter((row) => row.orderId === orderId && row.settled === null))),
  };
  return { journal, rows, events };
}
