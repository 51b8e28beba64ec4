import type { RecordSheet } from '../../shared/ipc/admin-records.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import { receiptCode } from '../certification/receipt-text.ts';
import type { StaffDesk } from '../settings/staff-desk.ts';
import type { StoreDatabase } from '../store/database.ts';
import type { RecordQueries, RecordWithVerification } from '../store/record-queries.ts';
import { deliveriesOf } from '../store/review-deliveries.ts';
import { attempt } from '../store/sqlite-failure.ts';

export interface RecordSheetParts {
  readonly database: StoreDatabase;
  readonly queries: Pick<RecordQueries, 'show'>;
  readonly staff: Pick<StaffDesk, 'names'>;
  readonly sceneName: (sceneId: string) => string;
}

/** A record with everything that belongs to it, but for its pictures. */
export function recordSheet(
  parts: RecordSheetParts,
  detail: RecordWithVerification,
  maySeeEvidence: boolean,
): Result<RecordSheet, Failure> {
  const { certifyId, sceneId } = detail.record;
  const names = parts.staff.names();
  if (!names.ok) return names;
  const followedBy = attempt(() => followersOf(parts.database, certifyId));
  if (!followedBy.ok) return followedBy;
  const evidence = evidenceEnd(parts.database, certifyId);
  if (!evidence.ok) return evidence;
  const deliveries = deliveriesOf(parts.database, certifyId);
  if (!deliveries.ok) return deliveries;
  const nameOf = (staffId: string | null): string | null => (staffId && names.value.get(staffId)) ?? null;
  return ok({
    ...detail,
    ...receiptCode(detail),
    sceneName: parts.sceneName(sceneId),
    staffReviews: (detail.reviews ?? []).map((review) => ({
      ...review,
      staffName: nameOf(review.staffId),
      secondStaffName: nameOf(review.secondStaffId),
      delivery: deliveries.value.get(review.revision) ?? { state: 'stays' as const },
    })),
    followedBy: followedBy.value,
    evidenceUntilMs: evidence.value,
    maySeeEvidence,
  });
}

/** When the pictures of a record are destroyed; null: none are kept, or none any more. */
export function evidenceEnd(database: StoreDatabase, certifyId: string): Result<number | null, Failure> {
  return attempt(
    () =>
      database
        .prepare<[string], number>('SELECT destroy_at_ms FROM evidence_keys WHERE certify_id = ?')
        .pluck()
        .get(certifyId) ?? null,
  );
}

function followersOf(database: StoreDatabase, certifyId: string): readonly string[] {
  return database
    .prepare<[string], string>(
      `SELECT certify_id FROM records WHERE json_extract(record, '$.follows') = ? ORDER BY seq`,
    )
    .pluck()
    .all(certifyId);
}
