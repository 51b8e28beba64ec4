import type { Clock } from '../../shared/clock.ts';
import { FILING_LIMIT } from '../../shared/domain/stored-subjects.ts';
import type { PrivacyStatus } from '../../shared/ipc/admin-schemes.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { StoreDatabase } from '../store/database.ts';
import type { SubjectErasureRows } from '../store/subject-erasure-rows.ts';
import { readStoredSubjects } from '../store/subject-status.ts';
import type { AdminHandlers } from './admin-handlers.ts';
import type { KeptSubjectDesk } from './subject-desk.ts';

/** The latest deletions that are shown. */
const DELETIONS_SHOWN = 200;

export interface PrivacyStatusParts {
  readonly database: StoreDatabase;
  readonly erasures: Pick<SubjectErasureRows, 'list' | 'begun'>;
  readonly clock: Clock;
  /** Days that a scene keeps evidence now; null for one that isn't known any more. */
  readonly retentionDaysOf: (sceneId: string) => number | null;
}

export interface PrivacyHandlerParts extends PrivacyStatusParts {
  readonly subjects: KeptSubjectDesk;
}

/** The privacy page. */
export function privacyHandlers(
  parts: PrivacyHandlerParts,
): Pick<AdminHandlers, 'admin:privacy' | 'admin:erase-subject'> {
  return {
    'admin:privacy': () => privacyStatus(parts),
    'admin:erase-subject': async ({ certifyId }) => {
      const erased = await parts.subjects.eraseOfRecord(certifyId);
      return erased.ok ? privacyStatus(parts) : erased;
    },
  };
}

/** As things are now, with the newest 200 deletions; what can't be counted is a failure and never zero. */
export function privacyStatus({
  database,
  erasures,
  clock,
  retentionDaysOf,
}: PrivacyStatusParts): Result<PrivacyStatus, Failure> {
  const stored = readStoredSubjects(database, clock.wallMs(), retentionDaysOf);
  if (!stored.ok) return stored;
  const deletions = erasures.list(DELETIONS_SHOWN);
  if (!deletions.ok) return deletions;
  const begun = erasures.begun();
  if (!begun.ok) return begun;
  return ok({
    ...stored.value,
    filingLimit: FILING_LIMIT,
    unfinished: begun.value.map(({ deletionId, why, erased, withVerifier }) => ({
      deletionId,
      beganAtMs: madeAtMs(deletionId),
      why,
      found: erased,
      withVerifier,
    })),
    deletions: deletions.value.map(({ receipt, receiptHash, verifier }) => ({ receipt, receiptHash, verifier })),
  });
}

/** When a UUID of version 7 was made: its first 48 bits (RFC 9562). */
function madeAtMs(uuid: string): number {
  return Number.parseInt(uuid.replaceAll('-', '').slice(0, 12), 16);
}
