import {
  namesSomebody,
  NOTE_LENGTH,
  REVIEW_REASONS,
  type AskedReview,
  type ReviewDecision,
  type ReviewReason,
} from '../../../shared/domain/review.ts';
import type { ReviewCase } from '../../../shared/ipc/clerk.ts';
import type { WordKey } from '../translation.ts';

export interface DecisionDraft {
  readonly decision: ReviewDecision;
  readonly reason: ReviewReason | null;
  readonly note: string;
}

export interface DraftProblems {
  readonly reason?: WordKey;
  readonly note?: WordKey;
}

/** What is wrong with a decision before it is sent; main looks again. */
export function draftProblems({ reason, note }: DecisionDraft, action: 'decide' | 'override'): DraftProblems {
  const text = note.trim();
  const noteProblem: WordKey | null =
    (text.length > NOTE_LENGTH && 'decision.noteLong') ||
    (namesSomebody(text) && 'decision.notePersonal') ||
    (action === 'override' && text === '' && 'decision.noteMissing') ||
    null;
  return {
    ...(reason === null ? { reason: 'decision.reasonMissing' } : {}),
    ...(noteProblem === null ? {} : { note: noteProblem }),
  };
}

/** Another decision has other reasons. */
export function withDecision(draft: DecisionDraft, decision: ReviewDecision): DecisionDraft {
  const keeps = (REVIEW_REASONS[decision] as readonly string[]).includes(draft.reason ?? '');
  return { ...draft, decision, reason: keeps ? draft.reason : null };
}

/** The decision as it is sent: about this very record, as it was shown. */
export function askedReview(shown: ReviewCase, { decision, reason, note }: DecisionDraft): AskedReview | null {
  if (reason === null) return null;
  const { revision, state, receiptHash } = shown.standing;
  const { certifyId } = shown.detail.record;
  return { certifyId, decision, reason, note: note.trim(), seen: { revision, state, receiptHash } };
}
