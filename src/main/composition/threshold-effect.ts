import { LOOKED_AT_COMPARISONS, type ThresholdEffect } from '../../shared/ipc/admin-effect.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { effectOnPast } from '../comparison/past-effect.ts';
import { newestComparisons } from '../store/comparison-rows.ts';
import type { AdminParts } from './admin-handlers.ts';

/** What each false-accept rate would have meant to this terminal's own comparisons; null: to those of all scenes. */
export function thresholdEffect(
  { installation, inference, demo }: Pick<AdminParts, 'installation' | 'inference' | 'demo'>,
  sceneId: string | null,
): Result<ThresholdEffect, Failure> {
  const table = inference.thresholds();
  if (table === null) {
    const state = inference.state();
    return err(typeof state === 'string' ? failure('inference.unavailable', 'models are loading') : state);
  }
  const past = newestComparisons(installation.database, { sceneId, limit: LOOKED_AT_COMPARISONS, simulated: demo });
  return past.ok ? ok(effectOnPast(past.value, table)) : past;
}
