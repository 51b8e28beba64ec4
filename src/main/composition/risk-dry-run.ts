import { z } from 'zod';
import type { RiskPolicy } from '../../shared/domain/risk.ts';
import type { RiskDryRun } from '../../shared/ipc/admin-schemes.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { createDryRun, warmUpMs, type DryRun, type PastCertification } from '../risk/dry-run.ts';
import { localMinuteOf } from '../risk/opening-hours.ts';
import type { SettingsStore } from '../settings/settings.ts';
import type { StoreDatabase } from '../store/database.ts';
import { pastCertifications } from '../store/risk-queries.ts';
import { attemptResult } from '../store/sqlite-failure.ts';

const DAY_MS = 24 * 3_600_000;

/** Records that are looked at before others have their turn in this process. */
const IN_ONE_GO = 500;

/**
 * What a policy would have found in the records of the last `days` days up to `nowMs`. They are read a page at a time
 * and never held together, and a certification that is running isn't kept waiting for all of them.
 *
 * @returns `store.corrupt` for a record that can't be read, or another store failure
 */
export async function tryPolicy(
  { database, settings }: { readonly database: StoreDatabase; readonly settings: Pick<SettingsStore, 'read'> },
  policy: RiskPolicy,
  days: number,
  nowMs: number,
): Promise<Result<RiskDryRun, Failure>> {
  const trust = settings.read('camera-trust');
  if (!trust.ok) return trust;
  const fromMs = nowMs - days * DAY_MS;
  const cameraPinnedAtMs = trust.value.pin?.pinnedAtMs ?? null;
  const run = createDryRun({ policy, fromMs, cameraPinnedAtMs, minuteOfDay: localMinuteOf });
  const past = pastCertifications(database, fromMs - warmUpMs(policy));
  for (;;) {
    const seen = seeSome(run, past);
    if (!seen.ok) return seen;
    if (!seen.value) return ok(run.result());
    await new Promise((resolve) => void setImmediate(resolve));
  }
}

/** Whether there are more. */
function seeSome(run: DryRun, past: Generator<PastCertification>): Result<boolean, Failure> {
  return attemptResult(() => {
    try {
      for (let seen = 0; seen < IN_ONE_GO; seen += 1) {
        const next = past.next();
        if (next.done === true) return ok(false);
        run.see(next.value);
      }
      return ok(true);
    } catch (error) {
      if (error instanceof z.ZodError || error instanceof SyntaxError) {
        return err(failure('store.corrupt', 'a record does not parse'));
      }
      throw error;
    }
  });
}
