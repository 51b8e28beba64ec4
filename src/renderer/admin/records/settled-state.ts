import type { RecordDetail } from '../../../shared/ipc/admin.ts';
import type { ReasonCode, VerdictState } from '../../../shared/reasons.ts';

/** Reasons of a record that leave the decision to the verifier; it has nothing to say over any other. */
const LEFT_TO_VERIFIER: readonly ReasonCode[] = ['verification.pending', 'verification.captured'];

/** What the verifier decided about a record that was left to it; null where it wasn't, or nothing has come yet. */
export function settledState({ record, verification }: Pick<RecordDetail, 'record' | 'verification'>): {
  readonly state: VerdictState;
  readonly reason: ReasonCode;
} | null {
  if (!LEFT_TO_VERIFIER.includes(record.verdict.reason)) return null;
  const last = verification?.decisions.at(-1);
  return last === undefined ? null : { state: last.outcome.state, reason: last.outcome.reason };
}
