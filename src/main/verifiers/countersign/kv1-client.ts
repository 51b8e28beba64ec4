import type { z } from 'zod';
import { canonicalJson } from '../../../shared/canonical-json.ts';
import { transientProblem, type DeliveryProblem } from '../../../shared/protocol/delivery.ts';
import {
  batchAnswerSchema,
  challengeSeedSchema,
  KV1_PATHS,
  policySchema,
  type AuditCheckpoint,
  type BatchResult,
  type ChallengeSeed,
  type Policy,
  type Submission,
} from '../../../shared/protocol/kv1.ts';
import {
  keyRotationAnswerSchema,
  reportAnswerSchema,
  SESSION_PATHS,
  type DeletionReceipt,
  type KeyRotationAnswer,
  type KeyRotationRequest,
  type ReportAnswer,
} from '../../../shared/protocol/kv1-sessions.ts';
import {
  recordAnswerSchema,
  type RecordAnswer,
  type SignedStaffDecision,
  type StaffDecisionReceipt,
} from '../../../shared/protocol/kv1-staff-decisions.ts';
import { failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { AnswerProblem, VouchedAnswer } from './answer-rules.ts';
import { createHandOffCalls, type HandOffCalls } from './hand-off-client.ts';
import { keyOfBody, type ServerKey } from './message-authentication.ts';
import { isSignedByOne } from './server-keys.ts';
import { createSessionCalls, readDeletion, type SessionCalls } from './session-calls.ts';
import { deliverDecision } from './staff-decision-call.ts';
import { createSignedCalls, malformed, type Kv1ClientParts, type SignedCall } from './signed-calls.ts';

export type { Kv1ClientParts } from './signed-calls.ts';

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
  submission(certifyId: string): Promise<Result<RecordAnswer, DeliveryProblem>>;
  /**
   * Tells what the staff decided about a record; the receipt's signature is checked. `verifier.too-old` (scope `device`)
   * where the verifier doesn't take decisions, `verifier.record-missing` (scope `items`) where what precedes it is missing.
   */
  decide(decision: SignedStaffDecision): Promise<Result<StaffDecisionReceipt, DeliveryProblem>>;
  readonly sessions: SessionCalls;
  readonly handOffs: HandOffCalls;
  /** The policy in force. Give what is kept of it, so that nothing is sent again that didn't change. */
  policy(kept: KeptPolicy | null): Promise<Result<KeptPolicy, DeliveryProblem>>;
  /** Counts by scene and check of this device. */
  reports(window: ReportWindow): Promise<Result<ReportAnswer, DeliveryProblem>>;
  /** Tells the verifier a new key; signed by the one in use. See `rotateDeviceKey`. */
  rotateKey(request: KeyRotationRequest): Promise<Result<KeyRotationAnswer, AnswerProblem>>;
  /** Has everything erased that belongs to somebody who withdrew; null when the verifier has nothing of them. */
  eraseSubject(subjectKey: string): Promise<Result<DeletionReceipt | null, DeliveryProblem>>;
}

/** A policy as it was last read, with the ETag that it came with. */
export interface KeptPolicy {
  readonly policy: Policy;
  readonly etag: string | null;
}

export interface ReportWindow {
  readonly fromMs: number;
  readonly toMs: number;
  readonly bucket: 'hour' | 'day';
  readonly sceneId?: string;
  /** Minutes that this place's clocks are ahead of UTC: its days begin at its midnight. */
  readonly offsetMinutes?: number;
}

/** Twice 10,000 rows. */
const REPORT_BYTES = 8_388_608;
/** RFC 9110 section 8.8.3, short. */
const ETAG = /^(W\/)?"[\x21\x23-\x7e]{0,100}"$/;

/** One for each enrolment: it learns the verifier's clock and its newer keys, and keeps the keys in memory alone. */
export function createKv1Client(parts: Kv1ClientParts): Kv1Client {
  const { call, servers } = createSignedCalls(parts);
  return {
    sessions: createSessionCalls(call, servers, parts.randomBytes),
    handOffs: createHandOffCalls(call, parts.randomBytes),
    submit: (items, checkpoint) => submitBatch(call, servers, items, checkpoint),
    probe: async () => {
      const answer = await readPolicy(call, null);
      return answer.ok ? ok(null) : answer;
    },
    policy: (kept) => readPolicy(call, kept),
    challengeSeed: async (certifyId) => {
      const body = canonicalJson({ certifyId });
      const answer = await call({ method: 'POST', path: KV1_PATHS.challenges, body, certifyId });
      if (!answer.ok) return answer;
      const parsed = challengeSeedSchema.safeParse(answer.value.value);
      return parsed.success && parsed.data.certifyId === certifyId
        ? ok(parsed.data)
        : err(malformed('the challenge seed does not parse'));
    },
    submission: async (certifyId) => {
      const answer = await call({ method: 'GET', path: KV1_PATHS.submission(certifyId), certifyId });
      return parseAnswer(answer, recordAnswerSchema, 'submission');
    },
    decide: (decision) => deliverDecision(call, servers, decision),
    reports: async (window) => {
      const path = reportPath(window);
      const answer = await call({ method: 'GET', path, certifyId: null, maxAnswerBytes: REPORT_BYTES });
      return parseAnswer(answer, reportAnswerSchema, 'report');
    },
    rotateKey: async (request) => {
      const body = canonicalJson(request);
      const answer = await call({ method: 'POST', path: SESSION_PATHS.keys, body, certifyId: null });
      return parseAnswer(answer, keyRotationAnswerSchema, 'rotation');
    },
    eraseSubject: async (subjectKey) => {
      const answer = await call({ method: 'DELETE', path: SESSION_PATHS.subject(subjectKey), certifyId: null });
      return readDeletion(answer, { kind: 'subject', of: subjectKey }, servers());
    },
  };
}

async function submitBatch(
  call: SignedCall,
  servers: () => readonly ServerKey[],
  items: readonly Submission[],
  checkpoint: AuditCheckpoint | null,
): Promise<Result<readonly BatchResult[], DeliveryProblem>> {
  const body = canonicalJson({ items, checkpoint });
  const certifyId = items.length === 1 ? (items[0]?.certifyId ?? null) : null;
  const idempotencyKey = keyOfBody(body);
  const answer = await call({ method: 'POST', path: KV1_PATHS.batch, body, idempotencyKey, certifyId });
  if (!answer.ok) return answer;
  const parsed = batchAnswerSchema.safeParse(answer.value.value);
  if (!parsed.success) return err(malformed('the batch answer does not parse'));
  return checkResults(items, parsed.data.results, servers());
}

async function readPolicy(call: SignedCall, kept: KeptPolicy | null): Promise<Result<KeptPolicy, DeliveryProblem>> {
  const headers = kept?.etag ? { 'if-none-match': kept.etag } : {};
  const answer = await call({ method: 'GET', path: KV1_PATHS.policy, headers, certifyId: null });
  if (!answer.ok) return answer;
  if (answer.value.status === 304) return kept === null ? err(malformed('nothing was kept')) : ok(kept);
  const parsed = policySchema.safeParse(answer.value.value);
  if (!parsed.success) return err(malformed('the policy does not parse'));
  const etag = answer.value.headers.get('etag');
  return ok({ policy: parsed.data, etag: etag !== null && ETAG.test(etag) ? etag : null });
}

function reportPath({ fromMs, toMs, bucket, sceneId, offsetMinutes }: ReportWindow): string {
  const query = new URLSearchParams({ from: String(fromMs), to: String(toMs), bucket });
  if (sceneId !== undefined) query.set('scene', sceneId);
  if (offsetMinutes !== undefined) query.set('offset', String(offsetMinutes));
  return `${SESSION_PATHS.reports}?${query.toString()}`;
}

function parseAnswer<S extends z.ZodType>(
  answer: Result<VouchedAnswer, AnswerProblem>,
  schema: S,
  name: string,
): Result<z.infer<S>, AnswerProblem> {
  if (!answer.ok) return answer;
  const parsed = schema.safeParse(answer.value.value);
  return parsed.success ? ok(parsed.data) : err(malformed(`the ${name} answer does not parse`));
}

/** Each result has to be about the record that was sent at its place, and countersign exactly that receipt. */
function checkResults(
  items: readonly Submission[],
  results: readonly BatchResult[],
  servers: readonly ServerKey[],
): Result<readonly BatchResult[], DeliveryProblem> {
  if (results.length !== items.length) return err(malformed('the batch answer has another number of results'));
  for (const [index, result] of results.entries()) {
    const item = items[index];
    if (item?.certifyId !== result.certifyId) return err(malformed('the batch answer names another record'));
    if (result.outcome !== 'rejected' && !isCountersigned(item, result, servers)) {
      return err(transientProblem(failure('verifier.bad-signature', 'countersignature')));
    }
  }
  return ok(results);
}

function isCountersigned(
  item: Submission,
  { countersignature }: Extract<BatchResult, { outcome: 'accepted' | 'duplicate' }>,
  servers: readonly ServerKey[],
): boolean {
  return (
    countersignature.certifyId === item.certifyId &&
    isSignedByOne(canonicalJson(item.receipt.body), countersignature.server, servers)
  );
}
