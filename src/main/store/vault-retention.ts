import { keepsEvidence, type EvidencePolicy } from '../../shared/domain/scene.ts';
import type { Failure, VerdictState } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { EvidenceRow } from './vault-keys.ts';
import type { Vault } from './vault.ts';

const DAY_MS = 86_400_000;

/** When evidence of a certification has to be gone, milliseconds since the epoch. */
export function evidenceEndMs(startedAtMs: number, retentionDays: number): number {
  return startedAtMs + retentionDays * DAY_MS;
}

/**
 * Destroys evidence whose time is over; for the start and for every hour. A scene that has shortened its retention
 * since shortens that of its older evidence too; lengthening it does not.
 *
 * @param retentionDaysOf what a scene keeps now; null for one that isn't known, whose evidence stays until the end
 *   that it was kept with
 * @returns how many certifications lost their evidence
 */
export async function sweepExpired(
  vault: Pick<Vault, 'rows' | 'destroy'>,
  nowMs: number,
  retentionDaysOf: (sceneId: string) => number | null,
): Promise<Result<number, Failure>> {
  const rows = vault.rows();
  if (!rows.ok) return rows;
  let destroyed = 0;
  for (const row of rows.value.filter((candidate) => endOf(candidate, retentionDaysOf) <= nowMs)) {
    const gone = await vault.destroy(row.certifyId, 'retention');
    if (!gone.ok) return gone;
    destroyed += 1;
  }
  return ok(destroyed);
}

/**
 * Destroys evidence that a verdict gives no reason to keep; for the end of a certification, and for the end of a
 * review. Whether there was any.
 */
export async function settleEvidence(
  vault: Pick<Vault, 'destroy'>,
  certifyId: string,
  policy: EvidencePolicy,
  state: VerdictState,
): Promise<Result<boolean, Failure>> {
  return keepsEvidence(policy, state) ? ok(false) : vault.destroy(certifyId, 'not-kept');
}

function endOf(row: EvidenceRow, retentionDaysOf: (sceneId: string) => number | null): number {
  const days = row.sceneId === null ? null : retentionDaysOf(row.sceneId);
  if (days === null || row.startedAtMs === null) return row.destroyAtMs;
  return Math.min(row.destroyAtMs, evidenceEndMs(row.startedAtMs, days));
}
