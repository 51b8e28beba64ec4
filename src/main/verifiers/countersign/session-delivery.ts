import type {
  CheckDelivery,
  CheckProgress,
  CheckToDeliver,
  QueuedCheck,
} from '../../../shared/protocol/check-delivery.ts';
import type { DeliveryProblem } from '../../../shared/protocol/delivery.ts';
import type { DeletionReceipt } from '../../../shared/protocol/kv1-sessions.ts';
import type { Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { unconfirmed } from '../check-outcomes.ts';
import { outcomeOfDecision } from './decision-rules.ts';
import type { Kv1Client } from './kv1-client.ts';
import { sessionQuestion, type QuestionTerms } from './session-question.ts';
import { ASK_AGAIN_AFTER_MS, runSession, type SessionEnd } from './session-run.ts';

export interface SessionDeliveryParts {
  /** The client of the enrolment in force; null while this device isn't enrolled. */
  readonly client: () => Kv1Client | null;
  /** How long the verifier may hold an answer back until there is a decision; 0–20. */
  readonly waitSeconds?: number;
  /** Proof that the verifier erased what it was sent; kept by whoever keeps receipts. */
  readonly onErased?: (receipt: DeletionReceipt, certifyId: string) => void;
}

const WAIT_SECONDS = 20;
const NOT_ENROLLED: DeliveryProblem = {
  failure: { code: 'verifier.not-enrolled' },
  scope: 'device',
  retryAfterMs: null,
};

/** Asks our verifier over kv1. */
export function createSessionDelivery(parts: SessionDeliveryParts): CheckDelivery {
  return {
    deliver: (item, onProgress, signal) => deliver(parts, item, onProgress, signal),
    acknowledge: (item) => acknowledge(parts, item),
  };
}

async function deliver(
  parts: SessionDeliveryParts,
  item: CheckToDeliver,
  onProgress: (progress: CheckProgress) => void,
  signal: AbortSignal,
): Promise<Result<CheckProgress, DeliveryProblem>> {
  const client = parts.client();
  if (client === null) return err(NOT_ENROLLED);
  const question = sessionQuestion(termsOf(item));
  if (!question.ok) return err(refusal(question.error));
  const { queued, clerk } = item;
  const end = await runSession({
    calls: client.sessions,
    question: question.value,
    isNew: queued.attempts === 0 && queued.state === 'sealed',
    clerk,
    askAgain: (item.lastOutcome ?? null) !== null,
    waitSeconds: queued.priority === 'live' ? (parts.waitSeconds ?? WAIT_SECONDS) : 0,
    onSent: (sentBytes, totalBytes) => onProgress({ state: 'uploading', sentBytes, totalBytes }),
    onSubmitted: (askAgainAfterMs) => onProgress({ state: 'submitted', reference: null, askAgainAfterMs }),
    signal,
  });
  return end.ok ? ok(progressOf(end.value)) : end;
}

function termsOf({ queued, record, materials }: CheckToDeliver): QuestionTerms {
  const { verdict, liveness, comparison } = record;
  return {
    sessionId: queued.sessionId,
    certifyId: queued.certifyId,
    sceneId: record.sceneId,
    check: queued.check,
    orderId: queued.orderId,
    subjectKey: record.subject?.subjectKey ?? null,
    simulated: record.simulated,
    consent: record.consent,
    materials,
    local: {
      state: verdict.state,
      reason: verdict.reason,
      livenessVerdict: liveness?.verdict ?? null,
      similarity: comparison?.similarity ?? null,
    },
  };
}

function progressOf({ state, decision, fields, askAgainAfterMs }: SessionEnd): CheckProgress {
  if (decision !== null) return { state: 'decided', outcome: outcomeOfDecision(decision, fields), decision };
  if (state === 'unknown-outcome') {
    const outcome = unconfirmed('outcome.unknown', { retry: 'clerk', basis: 'authority' });
    return { state: 'unknown', outcome };
  }
  return { state: 'submitted', reference: null, askAgainAfterMs: askAgainAfterMs ?? ASK_AGAIN_AFTER_MS };
}

async function acknowledge(
  { client: clientNow, onErased }: SessionDeliveryParts,
  { sessionId, certifyId, check }: QueuedCheck,
): Promise<Result<null, DeliveryProblem>> {
  const client = clientNow();
  if (client === null) return err(NOT_ENROLLED);
  const erased = await client.sessions.erase({ asked: { sessionId, certifyId, check, artifacts: {} } });
  if (!erased.ok) return erased;
  if (erased.value !== null) onErased?.(erased.value, certifyId);
  return ok(null);
}

/** What this device itself won't send: trying again changes nothing. */
function refusal(cause: Failure): DeliveryProblem {
  return { failure: cause, scope: 'items', retryAfterMs: null };
}
