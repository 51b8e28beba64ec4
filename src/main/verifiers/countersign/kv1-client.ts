import { canonicalJson } from '../../../shared/canonical-json.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { Signature } from '../../../shared/domain/receipt.ts';
import { transientProblem, type DeliveryProblem } from '../../../shared/protocol/delivery.ts';
import {
  batchAnswerSchema,
  challengeSeedSchema,
  KV1_PATHS,
  policySchema,
  submissionAnswerSchema,
  type AuditCheckpoint,
  type BatchResult,
  type ChallengeSeed,
  type Submission,
  type SubmissionAnswer,
} from '../../../shared/protocol/kv1.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { judgeAnswer } from './answer-rules.ts';
import { exchange, EXCHANGE_TIMEOUT_MS } from './http-exchange.ts';
import { signRequest, verifyText, type ServerKey } from './message-authentication.ts';

export interface Kv1ClientParts {
  /** Origin, as `parseVerifierAddress` gives it. */
  readonly origin: string;
  readonly keyId: string;
  readonly server: ServerKey;
  readonly sign: (text: string) => Signature;
  readonly clock: Clock;
  readonly randomBytes: (length: number) => Buffer;
  /** Strictly increasing over restarts. */
  readonly nextSequence: () => Result<number, Failure>;
  readonly timeoutMs?: number;
}

/** The verifier, as an enrolled device talks to it. */
export interface Kv1Client {
  /** Delivers up to 50 records. Gives one result per record, in order, each countersignature checked. */
  submit(
    items: readonly Submission[],
    checkpoint: AuditCheckpoint | null,
  ): Promise<Result<readonly BatchResult[], DeliveryProblem>>;
  /** Whether the verifier is there and still knows this device. */
  probe(): Promise<Result<null, DeliveryProblem>>;
  /** The verifier's randomness for one challenge of a certification. */
  challengeSeed(certifyId: string): Promise<Result<ChallengeSeed, DeliveryProblem>>;
  /** What the verifier has about a record of this device. */
  submission(certifyId: string): Promise<Result<SubmissionAnswer, DeliveryProblem>>;
}

interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body: string;
}

export function createKv1Client(parts: Kv1ClientParts): Kv1Client {
  // Added to this machine's clock; the verifier said so in a signed answer.
  let clockOffsetMs = 0;

  async function callOnce(call: Call): Promise<Result<unknown, DeliveryProblem & { serverTimeMs?: number }>> {
    const sequence = parts.nextSequence();
    if (!sequence.ok) return err(transientProblem(sequence.error));
    const request = signRequest(
      { method: call.method, url: `${parts.origin}${call.path}`, body: call.body },
      {
        keyId: parts.keyId,
        sign: parts.sign,
        nowMs: parts.clock.wallMs() + clockOffsetMs,
        nonce: parts.randomBytes(16).toString('base64url'),
        sequence: sequence.value,
      },
    );
    const answer = await exchange(request, parts.timeoutMs ?? EXCHANGE_TIMEOUT_MS);
    if (!answer.ok) return err(transientProblem(answer.error));
    return judgeAnswer(answer.value, request, parts.server);
  }

  async function call(request: Call): Promise<Result<unknown, DeliveryProblem>> {
    const first = await callOnce(request);
    if (first.ok || first.error.serverTimeMs === undefined) return first;
    clockOffsetMs = first.error.serverTimeMs - parts.clock.wallMs();
    return callOnce(request);
  }

  return {
    submit: async (items, checkpoint) => {
      const answer = await call({ method: 'POST', path: KV1_PATHS.batch, body: canonicalJson({ items, checkpoint }) });
      if (!answer.ok) return answer;
      const parsed = batchAnswerSchema.safeParse(answer.value);
      if (!parsed.success) return err(malformed('the batch answer does not parse'));
      return checkResults(items, parsed.data.results, parts.server);
    },
    probe: async () => {
      const answer = await call({ method: 'GET', path: KV1_PATHS.policy, body: '' });
      if (!answer.ok) return answer;
      return policySchema.safeParse(answer.value).success ? ok(null) : err(malformed('the policy does not parse'));
    },
    challengeSeed: async (certifyId) => {
      const answer = await call({ method: 'POST', path: KV1_PATHS.challenges, body: canonicalJson({ certifyId }) });
      if (!answer.ok) return answer;
      const parsed = challengeSeedSchema.safeParse(answer.value);
      return parsed.success && parsed.data.certifyId === certifyId
        ? ok(parsed.data)
        : err(malformed('the challenge seed does not parse'));
    },
    submission: async (certifyId) => {
      const answer = await call({ method: 'GET', path: KV1_PATHS.submission(certifyId), body: '' });
      if (!answer.ok) return answer;
      const parsed = submissionAnswerSchema.safeParse(answer.value);
      return parsed.success ? ok(parsed.data) : err(malformed('the submission answer does not parse'));
    },
  };
}

/** Each result has to be about the record that was sent at its place, and countersign exactly that receipt. */
function checkResults(
  items: readonly Submission[],
  results: readonly BatchResult[],
  server: ServerKey,
): Result<readonly BatchResult[], DeliveryProblem> {
  if (results.length !== items.length) return err(malformed('the batch answer has another number of results'));
  for (const [index, result] of results.entries()) {
    const item = items[index];
    if (item?.certifyId !== result.certifyId) return err(malformed('the batch answer names another record'));
    if (result.outcome !== 'rejected' && !isCountersigned(item, result, server)) {
      return err(transientProblem(failure('verifier.bad-signature', 'countersignature')));
    }
  }
  return ok(results);
}

function isCountersigned(
  item: Submission,
  { countersignature }: Extract<BatchResult, { outcome: 'accepted' | 'duplicate' }>,
  server: ServerKey,
): boolean {
  const { keyId, signature } = countersignature.server;
  return (
    countersignature.certifyId === item.certifyId &&
    keyId === server.keyId &&
    verifyText(canonicalJson(item.receipt.body), Buffer.from(signature, 'base64url'), server.jwk)
  );
}

function malformed(detail: string): DeliveryProblem {
  return transientProblem(failure('verifier.malformed', detail));
}
