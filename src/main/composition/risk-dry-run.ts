import { z } from 'zod';
import type { RiskPolicy } from '../../shared/domain/risk.ts';
import type { RiskDryRun } from '../../shared/ipc/admin-schemes.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { dryRun, warmUpMs } from '../risk/dry-run.ts';
import { localMinuteOf } from '../risk/opening-hours.ts';
import type { SettingsStore } from '../settings/settings.ts';
import type { StoreDatabase } from '../store/database.ts';
import { pastCertifications } from '../store/risk-queries.ts';
import { attemptResult } from '../store/sqlite-failure.ts';

const DAY_MS = 24 * 3_600_000;

/**
 * What a policy would have found in the records of the last `days` days up to `nowMs`. They are read a page at a time
 * and never held together. @returns `store.corrupt` for a record that can't be read, or another store failure
 */
export function tryPolicy(
  { database, settings }: { readonly database: StoreDatabase; readonly settings: Pick<SettingsStore, 'read'> },
  policy: RiskPolicy,
  days: number,
  nowMs: number,
): Result<RiskDryRun, Failure> {
  const trust = settings.read('camera-trust');
  if (!trust.ok) return trust;
  const fromMs = nowMs - days * DAY_MS;
  return attemptResult(() => {
    try {
      const past = pastCertifications(database, fromMs - warmUpMs(policy));
      const cameraPinnedAtMs = trust.value.pin?.pinnedAtMs ?? null;
      return ok(dryRun({ policy, past, fromMs, cameraPinnedAtMs, minuteOfDay: localMinuteOf }));
    } catch (error) {
      if (error instanceof z.ZodError || error instanceof SyntaxError) {
        return err(failure('store.corrupt', 'a record does not parse'));
      }
      throw error;
    }
  });
}
