import type { Queries } from '../storage/database.ts';

/** A case that waits for a clerk; nothing about the person. */
export interface OpenReview {
  readonly sessionId: string;
  readonly certifyId: string;
  readonly deviceId: string;
  readonly sceneId: string;
  readonly check: string;
  readonly revision: number;
  readonly state: string;
  readonly reason: string;
  /** Clerks who have said something about this revision. */
  readonly clerks: number;
  readonly waitingSinceMs: number;
  readonly ageMs: number;
  /** It has waited longer than a day. */
  readonly overdue: boolean;
}

/** A case should be decided within this time. */
export const REVIEW_DUE_MS = 24 * 3_600_000;

/**
 * What waits: `review` that the staff at its device hasn't decided since, and decisions that a first clerk has begun to
 * turn; those decided first come first.
 */
export async function openReviews(queries: Queries, nowMs: number, limit: number): Promise<readonly OpenReview[]> {
  const begun = queries
    .selectFrom('reviews')
    .select(['session_id', 'revision'])
    .select(({ fn }) => [fn.countAll<number>().as('clerks'), fn.min<number>('at_ms').as('begun_at_ms')])
    .groupBy(['session_id', 'revision'])
    .as('begun');
  const rows = await queries
    .selectFrom('sessions')
    .innerJoin('decisions', (join) =>
      join
        .onRef('decisions.session_id', '=', 'sessions.session_id')
        .onRef('decisions.revision', '=', 'sessions.revision'),
    )
    .leftJoin(begun, (join) =>
      join.onRef('begun.session_id', '=', 'sessions.session_id').onRef('begun.revision', '=', 'sessions.revision'),
    )
    .select(['sessions.session_id', 'certify_id', 'device_id', 'scene_id', 'check_name', 'sessions.revision'])
    .select(['decisions.state', 'decisions.reason', 'decisions.decided_at_ms', 'begun.clerks', 'begun.begun_at_ms'])
    .where((is) => {
      const byStaff = is
        .selectFrom('staff_decisions')
        .select('staff_decisions.revision')
        .whereRef('staff_decisions.certify_id', '=', 'sessions.certify_id')
        .whereRef('staff_decisions.device_id', '=', 'sessions.device_id')
        .whereRef('staff_decisions.accepted_at_ms', '>=', 'decisions.decided_at_ms');
      const isOpen = is.and([is('decisions.state', '=', 'review'), is.not(is.exists(byStaff))]);
      return is.or([isOpen, is('begun.clerks', 'is not', null)]);
    })
    .orderBy('decisions.decided_at_ms')
    .limit(limit)
    .execute();
  return rows.map((row) => {
    const waitingSinceMs = row.state === 'review' ? row.decided_at_ms : Number(row.begun_at_ms ?? row.decided_at_ms);
    return {
      sessionId: row.session_id,
      certifyId: row.certify_id,
      deviceId: row.device_id,
      sceneId: row.scene_id,
      check: row.check_name,
      revision: row.revision,
      state: row.state,
      reason: row.reason,
      clerks: Number(row.clerks ?? 0),
      waitingSinceMs,
      ageMs: Math.max(0, nowMs - waitingSinceMs),
      overdue: nowMs - waitingSinceMs > REVIEW_DUE_MS,
    };
  });
}
