import { parseReceiptReference, referenceFits } from '../../shared/domain/receipt-reference.ts';
import type { RecordFilter } from '../../shared/domain/record-search.ts';
import { hasRight, type StaffMember } from '../../shared/domain/staff.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** Local midnight before `nowMs`. */
export function startOfDay(nowMs: number): number {
  return new Date(nowMs).setHours(0, 0, 0, 0);
}

/** Since when somebody may see records without having their receipts; null: they may see all. */
export function sightSince({ role }: Pick<StaffMember, 'role'>, nowMs: number): number | null {
  return hasRight(role, 'see-past-records') ? null : startOfDay(nowMs);
}

/** The same filter, narrowed to what may be seen; a printed receipt number finds its record of any day. */
export function narrowed(filter: RecordFilter, sinceMs: number | null): RecordFilter {
  if (sinceMs === null || hasReceipt(filter)) return filter;
  return {
    ...filter,
    fromMs: Math.max(filter.fromMs ?? 0, sinceMs),
    toMs: filter.toMs && Math.max(filter.toMs, sinceMs),
  };
}

function hasReceipt({ search }: RecordFilter): boolean {
  // A place in the chain could be guessed.
  return search?.by === 'receipt' && parseReceiptReference(search.text)?.kind === 'printed';
}

/** Whether a record may be looked at. @returns `staff.not-allowed` */
export function admitSight(
  seen: { readonly startedAtMs: number; readonly certifyId: string; readonly receiptHash: string },
  receipt: string | null,
  sinceMs: number | null,
): Result<null, Failure> {
  if (sinceMs === null || seen.startedAtMs >= sinceMs) return ok(null);
  const reference = receipt === null ? null : parseReceiptReference(receipt);
  if (reference !== null && referenceFits(reference, seen.certifyId, seen.receiptHash)) return ok(null);
  return err(failure('staff.not-allowed', 'a record of another day needs the number on its receipt'));
}
