import type { MeterRow } from '../../shared/domain/metering.ts';
import type { MeteredCall } from './metered-call.ts';

/** Adds calls up while they are read, so that none of them is kept. */
export interface MeterReport {
  add(call: MeteredCall): void;
  /** Ordered by scene, scheme, verifier and operation. */
  rows(): readonly MeterRow[];
}

type Sums = { -readonly [Key in keyof MeterRow]: MeterRow[Key] };

/** Counts as billed what is known to be billed; calls of which nobody knows are under `unknown`. */
export function createMeterReport(): MeterReport {
  const rows = new Map<string, Sums>();
  return {
    add: ({ sceneId, scheme, verifier, operation, decided, passed, billed }) => {
      const key = [sceneId, scheme, verifier, operation].join('\n');
      const fresh = { sceneId, scheme, verifier, operation, calls: 0, successful: 0, passes: 0, billed: 0, unknown: 0 };
      const row = rows.get(key) ?? fresh;
      rows.set(key, row);
      row.calls += 1;
      if (decided) row.successful += 1;
      if (passed) row.passes += 1;
      if (billed === true) row.billed += 1;
      if (billed === null) row.unknown += 1;
    },
    rows: () => [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row),
  };
}
