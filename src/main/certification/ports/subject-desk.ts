import type { KeptOfSubject } from '../../../shared/domain/subject-erasure.ts';
import type { Failure } from '../../../shared/reasons.ts';
import type { Result } from '../../../shared/result.ts';
import type { DeletionSlip } from '../withdrawal-state.ts';

/** What is kept of one person, and its erasure. */
export interface SubjectDesk {
  kept(subjectKey: string): Result<KeptOfSubject, Failure>;
  /** Erases here in one go, tells the verifier as soon as it can be reached, and signs what was done. */
  erase(subjectKey: string, why: 'withdrawn' | 'operator'): Promise<Result<DeletionSlip, Failure>>;
}
