import type { Failure } from '../../shared/reasons.ts';
import type { Run } from './run.ts';
import { subjectOf } from './run-facts.ts';
import type { CertificationDependencies } from './service-contract.ts';

/**
 * Why somebody may not pass any more, although they might when they were identified: certifications take minutes, and
 * another one of the same person may have passed meanwhile. To be asked right before the commit; null: they may.
 */
export function refusedMeanwhile(
  { risk, store }: Pick<CertificationDependencies, 'risk' | 'store'>,
  run: Run | null,
): Failure | null {
  const subject = run && subjectOf(run);
  if (!run || subject === null) return null;
  const ruling = risk.atIdentity(run, store.subjectKey(subject));
  return ruling.ok ? null : ruling.error;
}
