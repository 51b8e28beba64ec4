import { setImmediate } from 'node:timers/promises';
import { ok, type Result } from '../../shared/result.ts';
import type { Failure } from '../../shared/reasons.ts';
import { FIRST_END, type RecordEnd, type RecordErasure } from '../store/record-erasure.ts';

export interface SweptRecords {
  readonly erased: number;
  /** Records that are not what was committed and stay. */
  readonly damaged: number;
}

/**
 * Erases records whose time is over; for every hour. Page after page, so that others get their turn in between, and each
 * in a transaction of its own: what breaks off is carried on by the next sweep.
 *
 * @param nowMs wall clock
 */
export async function sweepRecords(erasure: RecordErasure, nowMs: number): Promise<Result<SweptRecords, Failure>> {
  let [erased, damaged] = [0, 0];
  let next: RecordEnd | null = FIRST_END;
  while (next !== null) {
    const page = erasure.erasePage(next, nowMs);
    if (!page.ok) return page;
    erased += page.value.erased;
    damaged += page.value.damaged;
    next = page.value.next;
    await setImmediate();
  }
  const settled = erased > 0 ? erasure.settle() : ok(null);
  return settled.ok ? ok({ erased, damaged }) : settled;
}
