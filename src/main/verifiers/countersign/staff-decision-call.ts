import { canonicalJson } from '../../../shared/canonical-json.ts';
import type { DeliveryProblem } from '../../../shared/protocol/delivery.ts';
import {
  STAFF_DECISION_PATHS,
  staffDecisionReceiptSchema,
  staffDecisionText,
  type SignedStaffDecision,
  type StaffDecisionReceipt,
} from '../../../shared/protocol/kv1-staff-decisions.ts';
import { failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { AnswerProblem } from './answer-rules.ts';
import type { ServerKey } from './message-authentication.ts';
import { isSignedByOne } from './server-keys.ts';
import { badSignature, malformed, type SignedCall } from './signed-calls.ts';

/** What the decision hangs on hasn't arrived: others may go out meanwhile. */
const NOT_YET: ReadonlySet<string> = new Set(['record_missing', 'decision_early']);

/** Delivers one decision of the staff; the receipt is for exactly this one, by a key that is believed. */
export async function deliverDecision(
  call: SignedCall,
  servers: () => readonly ServerKey[],
  decision: SignedStaffDecision,
): Promise<Result<StaffDecisionReceipt, DeliveryProblem>> {
  const { certifyId, revision } = decision.body;
  const path = STAFF_DECISION_PATHS.decisions(certifyId);
  const answer = await call({ method: 'POST', path, body: canonicalJson(decision), certifyId });
  if (!answer.ok) return err(problemOf(answer.error));
  const parsed = staffDecisionReceiptSchema.safeParse(answer.value.value);
  if (!parsed.success) return err(malformed('the receipt of a decision does not parse'));
  const receipt = parsed.data;
  if (receipt.certifyId !== certifyId || receipt.revision !== revision) return err(badSignature('another decision'));
  const isSigned = isSignedByOne(staffDecisionText(decision.body), receipt.server, servers());
  return isSigned ? ok(receipt) : err(badSignature('receipt of a decision'));
}

function problemOf(problem: AnswerProblem): DeliveryProblem {
  const { code } = problem;
  // The call itself is what isn't there: a record that is missing has a code of its own.
  if (code === 'not_found') return { failure: failure('verifier.too-old'), scope: 'device', retryAfterMs: null };
  if (code !== undefined && NOT_YET.has(code)) {
    return { failure: failure('verifier.record-missing', code), scope: 'items', retryAfterMs: null };
  }
  return problem;
}
