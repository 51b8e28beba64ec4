import type { Check } from '../../shared/domain/verification.ts';
import type { DecisionBody, ReviewRequest } from '../../shared/protocol/kv1-sessions.ts';
import type { Problem } from '../../shared/protocol/kv1.ts';
import type { ReasonCode } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { problem } from '../problems.ts';

/** Where a clerk stands, as it was proven: by an enrolled device's signature, or by an operator's token. */
export type ReviewPlace = { readonly deviceId: string } | 'operator';

/** What a clerk has said about one revision of a decision. */
export interface KeptReview {
  readonly clerk: string;
  readonly decision: ReviewRequest['decision'];
  readonly place: ReviewPlace;
}

/** A device signs whatever name is typed at it, so names alone never make two people. */
const SECOND_CLERK = 'under another name, at another device or by an operator of the verifier';

/** How many clerks it takes to turn a decision, or why nobody can. */
type Turning = 1 | 2 | { readonly refused: string };

/** Reasons that a person who stands there can refute, unlike a forged chip or somebody else's phone number. */
const OVERTURNABLE = /^(face|liveness|identity)\./;

/** Grounds that speak against the person; nobody passes on them. */
const AGAINST: readonly ReviewRequest['ground'][] = ['not-the-holder', 'fraud-suspected'];

/** What a clerk's word leads to: a decision by these clerks, or waiting for another one. */
export type ReviewStep = { readonly kind: 'decided'; readonly clerks: readonly string[] } | { readonly kind: 'first' };

/**
 * Judges a review of a decision. One clerk settles a `review`; a pass or a failure is turned by two different clerks
 * from two sources who say the same about the same revision. `error` decides nothing, so there is nothing to turn.
 *
 * @param earlier what was said about this revision before
 * @returns `review_refused` naming why, `second_clerk_needed` where the same clerk or the same device says it again
 */
export function judgeReview(
  current: DecisionBody,
  earlier: readonly KeptReview[],
  request: ReviewRequest,
  place: ReviewPlace,
): Result<ReviewStep, Problem> {
  if (request.revision !== current.revision) return refused(`the newest revision is ${current.revision}`);
  if (request.decision === 'passed' && AGAINST.includes(request.ground)) return refused('the ground speaks against it');
  const turning = turningOf(current, request.decision);
  if (typeof turning === 'object') return refused(turning.refused);
  if (turning === 1) return ok({ kind: 'decided', clerks: [request.clerk] });
  const same = earlier.filter(({ decision }) => decision === request.decision);
  const other = same.find((kept) => !isSameClerk(kept.clerk, request.clerk) && !isSameDevice(kept.place, place));
  if (other !== undefined) return ok({ kind: 'decided', clerks: [other.clerk, request.clerk] });
  if (same.length > 0) return err(secondClerkNeeded());
  return ok({ kind: 'first' });
}

function turningOf({ state, reason }: DecisionBody, decision: ReviewRequest['decision']): Turning {
  if (state === 'error') return { refused: 'nothing was decided' };
  if (state === 'review') return 1;
  if (state === decision) return { refused: `it has ${state} already` };
  if (state === 'failed' && !OVERTURNABLE.test(reason)) return { refused: 'this reason stands' };
  return 2;
}

/** Names are typed by people: case doesn't make another person. */
function isSameClerk(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Operators prove their names by their tokens: two of them are told apart by name. */
function isSameDevice(one: ReviewPlace, other: ReviewPlace): boolean {
  return one !== 'operator' && other !== 'operator' && one.deviceId === other.deviceId;
}

/** Says who counts as the second. */
export function secondClerkNeeded(): Problem {
  return problem('second_clerk_needed', { detail: SECOND_CLERK });
}

/** How many clerks a decision waits for: one for a `review`, and the second where a first has begun to turn another. */
export function reviewsNeeded(current: DecisionBody, earlier: readonly unknown[]): number {
  return current.state === 'review' || earlier.length > 0 ? 1 : 0;
}

/** The next revision, as clerks decided it: what was judged, and on what basis, stays as it was. */
export function reviewedDecision(
  current: DecisionBody,
  request: Pick<ReviewRequest, 'decision' | 'ground'>,
  clerks: readonly string[],
  decidedAtMs: number,
): DecisionBody {
  return {
    ...current,
    revision: current.revision + 1,
    state: request.decision,
    reason: request.decision === 'passed' ? 'ok.confirmed' : failedReason(current.check, request.ground),
    retry: 'none',
    decidedBy: [...clerks],
    decidedAtMs,
  };
}

function failedReason(check: Check, ground: ReviewRequest['ground']): ReasonCode {
  if (check === 'phone') return 'phone.mismatch';
  if (check === 'bank-card' || check === 'bank-card-holder' || check === 'bank-card-phone') return 'bank-card.mismatch';
  if (check === 'face-live' || check === 'video-live' || check === 'fake-face') return 'liveness.spoof-suspected';
  const looksAtFace = check.startsWith('face-') || check.startsWith('video-') || check === 'card-picture-authority';
  if (!looksAtFace) return 'identity.mismatch';
  return ground === 'fraud-suspected' ? 'liveness.spoof-suspected' : 'face.low-similarity';
}

function refused(detail: string): Result<never, Problem> {
  return err(problem('review_refused', { detail }));
}
