import { canonicalJson } from '../../shared/canonical-json.ts';
import type { Clock } from '../../shared/clock.ts';
import {
  decisionBodySchema,
  type DecisionBody,
  type ReviewRequest,
  type SignedDecision,
} from '../../shared/protocol/kv1-sessions.ts';
import type { Problem } from '../../shared/protocol/kv1.ts';
import type { VerdictState } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { OperatorAudit } from '../operators/operator-audit.ts';
import { problem } from '../problems.ts';
import type { ServerKey } from '../server-key.ts';
import type { Queries, VerifierDatabase } from '../storage/database.ts';
import { openReviews, type OpenReview } from './open-reviews.ts';
import { judgeReview, reviewedDecision, secondClerkNeeded, type KeptReview, type ReviewPlace } from './review-rules.ts';

/** What a clerk's word led to. */
export interface Reviewed {
  readonly decision: SignedDecision;
  /** The session's device, which needn't be the clerk's. */
  readonly deviceId: string;
}

export interface ReviewDesk {
  /**
   * Takes a clerk's word about a session's newest decision. Settles with the decision that it led to; a first clerk's
   * word about a pass or a failure is kept and answered with `second_clerk_needed`. A device reaches its own sessions,
   * and those of others only to be the second where a first clerk has begun elsewhere.
   */
  review(sessionId: string, request: ReviewRequest, place: ReviewPlace): Promise<Result<Reviewed, Problem>>;
  /** What waits for a clerk, oldest first. */
  open(limit: number): Promise<readonly OpenReview[]>;
}

export interface ReviewDeskParts {
  readonly database: VerifierDatabase;
  readonly serverKey: ServerKey;
  readonly clock: Clock;
  readonly audit: OperatorAudit;
  readonly onDecision?: (state: VerdictState) => void;
}

interface Judged {
  readonly outcome: Result<Reviewed, Problem>;
}

/**
 * A clerk's word, its entry in the audit and the decision that it leads to are one transaction. `onDecision` is called
 * after it, for decisions alone.
 */
export function createReviewDesk(parts: ReviewDeskParts): ReviewDesk {
  const { database, clock, onDecision } = parts;
  return {
    review: async (sessionId, request, place) => {
      const { outcome } = await database.transaction((queries) =>
        reviewWithin(queries, sessionId, request, place, parts),
      );
      if (outcome.ok) onDecision?.(outcome.value.decision.body.state);
      return outcome;
    },
    open: async (limit) => openReviews(database.queries, clock.wallMs(), limit),
  };
}

async function reviewWithin(
  queries: Queries,
  sessionId: string,
  request: ReviewRequest,
  place: ReviewPlace,
  parts: ReviewDeskParts,
): Promise<Judged> {
  const newest = await newestDecision(queries, sessionId);
  if (newest === null) return { outcome: err(problem('not_found')) };
  const { current, deviceId } = newest;
  const earlier = await reviewsOf(queries, sessionId, current.revision);
  const isOwn = place === 'operator' || place.deviceId === deviceId;
  if (!isOwn && earlier.length === 0) return { outcome: err(problem('not_found')) };
  const judged = judgeReview(current, earlier, request, place);
  if (!judged.ok) return { outcome: judged };
  await keepReview(queries, sessionId, request, place, parts, judged.value.kind);
  if (judged.value.kind === 'first') return { outcome: err(secondClerkNeeded()) };
  const next = reviewedDecision(current, request, judged.value.clerks, parts.clock.wallMs());
  return { outcome: ok({ decision: await keepDecision(queries, next, parts.serverKey), deviceId }) };
}

async function newestDecision(
  queries: Queries,
  sessionId: string,
): Promise<{ readonly current: DecisionBody; readonly deviceId: string } | null> {
  const row = await queries
    .selectFrom('decisions')
    .innerJoin('sessions', 'sessions.session_id', 'decisions.session_id')
    .select(['decisions.body', 'sessions.device_id'])
    .where('decisions.session_id', '=', sessionId)
    .orderBy('decisions.revision', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { current: decisionBodySchema.parse(JSON.parse(row.body)), deviceId: row.device_id };
}

async function reviewsOf(queries: Queries, sessionId: string, revision: number): Promise<readonly KeptReview[]> {
  const rows = await queries
    .selectFrom('reviews')
    .select(['clerk', 'decision', 'device_id'])
    .where('session_id', '=', sessionId)
    .where('revision', '=', revision)
    .orderBy('at_ms')
    .execute();
  return rows.map(({ clerk, decision, device_id: deviceId }) => ({
    clerk,
    decision: decision === 'passed' ? 'passed' : 'failed',
    place: deviceId === null ? 'operator' : { deviceId },
  }));
}

async function keepReview(
  queries: Queries,
  sessionId: string,
  { clerk, decision, ground, revision }: ReviewRequest,
  place: ReviewPlace,
  { clock, audit }: ReviewDeskParts,
  kind: 'decided' | 'first',
): Promise<void> {
  const deviceId = place === 'operator' ? null : place.deviceId;
  await queries
    .insertInto('reviews')
    .values({ session_id: sessionId, revision, clerk, decision, ground, device_id: deviceId, at_ms: clock.wallMs() })
    .execute();
  await audit.append(queries, {
    operator: clerk,
    action: kind === 'first' ? 'review-begun' : 'review-decided',
    target: sessionId,
    detail: { decision, ground, revision, device: deviceId },
  });
}

async function keepDecision(queries: Queries, body: DecisionBody, serverKey: ServerKey): Promise<SignedDecision> {
  const text = canonicalJson(body);
  const server = serverKey.sign(text);
  await queries
    .insertInto('decisions')
    .values({
      session_id: body.sessionId,
      revision: body.revision,
      state: body.state,
      reason: body.reason,
      body: text,
      signature: canonicalJson(server),
      decided_at_ms: body.decidedAtMs,
    })
    .execute();
  await queries
    .updateTable('sessions')
    // The time of the first decision stays: reports count a case where it was decided, with what became of it.
    .set({ revision: body.revision, updated_at_ms: body.decidedAtMs })
    .where('session_id', '=', body.sessionId)
    .execute();
  return { body, server };
}
