import { z } from 'zod';
import { failure, VERDICT_STATES, type Failure, type ReasonCode, type VerdictState } from '../reasons.ts';
import { certifyIdSchema, reasonCodeSchema } from './certification.ts';
import { staffIdSchema, type StaffRight } from './staff.ts';

/** What a person of the staff can make of a record; `returned`: nothing is decided, the person comes again. */
export const REVIEW_DECISIONS = ['approved', 'refused', 'returned'] as const;
export type ReviewDecision = (typeof REVIEW_DECISIONS)[number];

/** Why, by decision: a closed list, so that reports can count it. */
export const REVIEW_REASONS = {
  approved: ['seen-in-person', 'original-document', 'old-portrait', 'other-proof'],
  refused: ['not-the-person', 'document-doubtful', 'deception', 'proof-missing'],
  returned: ['pictures-unusable', 'person-left', 'documents-missing', 'technical-trouble'],
} as const satisfies Readonly<Record<ReviewDecision, readonly string[]>>;
export type ReviewReason = (typeof REVIEW_REASONS)[ReviewDecision][number];

/** The state and the reason code that a record is listed and counted with after a decision. */
export const OUTCOME_OF_REVIEW = {
  approved: { state: 'passed', reason: 'ok.approved-by-staff' },
  refused: { state: 'failed', reason: 'staff.refused' },
  returned: { state: 'error', reason: 'staff.returned' },
} as const satisfies Readonly<Record<ReviewDecision, { readonly state: VerdictState; readonly reason: ReasonCode }>>;

/** Who gave a record the state that it is listed with, where that isn't the machine's own verdict. */
export const SETTLED_BY = ['verifier', 'staff'] as const;
export type SettledBy = (typeof SETTLED_BY)[number];

export const NOTE_LENGTH = 300;
const noteSchema = z
  .string()
  .trim()
  .max(NOTE_LENGTH)
  .refine((note) => !namesSomebody(note), 'the note holds a personal number');

/** Eleven digits in a row, however they are set apart, are somebody's number, and so are a letter and eight digits. */
export function namesSomebody(note: string): boolean {
  return /(?:\d[\s.-]?){11}|[a-z]\d{8}(?!\d)/iu.test(note.normalize('NFKC'));
}

/** What a decision is about, as the person who decides has seen it: another standing by now is a conflict. */
export const seenStandingSchema = z.strictObject({
  /** How many decisions of the staff there were. */
  revision: z.int().nonnegative(),
  state: z.enum(VERDICT_STATES),
  /** SHA-256 of the receipt's canonical body, hex: the very record that was looked at. */
  receiptHash: z.string().regex(/^[0-9a-f]{64}$/),
});

const reasonSchema = z.custom<ReviewReason>(
  (value) =>
    typeof value === 'string' &&
    Object.values(REVIEW_REASONS)
      .flat()
      .some((reason) => reason === value),
  'not a reason of a review',
);

/** A decision as it is asked for, without who makes it. */
export const askedReviewSchema = z
  .strictObject({
    certifyId: certifyIdSchema,
    decision: z.enum(REVIEW_DECISIONS),
    reason: reasonSchema,
    /** At most 300 characters, and nothing about the person; an override needs one. */
    note: noteSchema,
    seen: seenStandingSchema,
  })
  .refine(
    ({ decision, reason }) => (REVIEW_REASONS[decision] as readonly string[]).includes(reason),
    'the reason belongs to another decision',
  );
export type AskedReview = z.infer<typeof askedReviewSchema>;

/** One decision of the staff about a record, as it is kept. */
export const staffReviewSchema = z.strictObject({
  /** 1 for the first; what follows are corrections, and the last one counts. */
  revision: z.int().positive(),
  decision: z.enum(REVIEW_DECISIONS),
  state: z.enum(VERDICT_STATES),
  outcomeReason: reasonCodeSchema,
  reason: reasonSchema,
  /** Empty where none was written; null once the record was erased. */
  note: z.string().max(NOTE_LENGTH).nullable(),
  /** It went over a result, of the machine or of the staff. */
  override: z.boolean(),
  staffId: staffIdSchema,
  /** The second person; null where none was needed. */
  secondStaffId: staffIdSchema.nullable(),
  receiptHash: z.string(),
  decidedAtMs: z.int().nonnegative(),
});
export type StaffReview = z.infer<typeof staffReviewSchema>;

/**
 * Whether a decision has reached the verifier. `waiting`: not yet, with why the last try failed; `stopped`: the verifier
 * refused it for good; `stays`: its record never leaves this device.
 */
export type DecisionDelivery =
  | { readonly state: 'delivered'; readonly atMs: number }
  | { readonly state: 'waiting' | 'stopped'; readonly reason: ReasonCode | null }
  | { readonly state: 'stays' };

/** Decisions that are on their way to the verifier. */
export interface DecisionLoad {
  readonly waiting: number;
  /** Refused for good, until somebody has acted. */
  readonly stopped: number;
  readonly bytes: number;
  /** When the oldest of them was decided. */
  readonly oldestAtMs: number | null;
  /** Why the oldest that was tried isn't there yet; null where none was tried. */
  readonly lastFailure: Failure | null;
}

/** A decision as the windows show it. */
export interface ShownReview extends StaffReview {
  /** Null where nobody of this name works here any more. */
  readonly staffName: string | null;
  readonly secondStaffName: string | null;
  readonly delivery: DecisionDelivery;
}

/** Where a record stands for whoever wants to decide about it. */
export interface ReviewStanding {
  readonly state: VerdictState;
  readonly settledBy: SettledBy | null;
  /** The machine's own verdict. */
  readonly machine: { readonly state: VerdictState; readonly reason: ReasonCode };
  /** Decisions of the staff so far. */
  readonly revision: number;
  readonly receiptHash: string;
  /** A verifier's answer speaks against what the machine had decided. */
  readonly contradicted: boolean;
  /** The verifier is still being asked. */
  readonly awaitsVerifier: boolean;
  /** Somebody had been identified; of what was left to a person also: found alive, where nobody has to be identified. */
  readonly identified: boolean;
  readonly erased: boolean;
}

/** What can be done about a record: decide what is open, go over a result, or nothing. */
export type ReviewAction = 'decide' | 'override' | 'none';

/**
 * Nothing while the verifier is still asked. A pass that nobody doubts can't be gone over, unless the staff gave it.
 */
export function reviewActionOf(standing: ReviewStanding): ReviewAction {
  if (standing.erased || standing.awaitsVerifier) return 'none';
  if (isOpenForReview(standing)) return 'decide';
  const overMachine = standing.state === 'failed' || standing.state === 'error';
  return overMachine || standing.settledBy === 'staff' ? 'override' : 'none';
}

/**
 * Nobody has decided: the machine or the verifier left it to a person, or a verifier contradicts a pass. What was refused
 * or left undecided isn't open because a verifier doubts it: going over that takes two.
 */
export function isOpenForReview({ state, settledBy, contradicted, revision, erased }: ReviewStanding): boolean {
  if (erased) return false;
  return state === 'review' || (state === 'passed' && contradicted && revision === 0 && settledBy !== 'staff');
}

/** Who has to be there: the right of the first person and of the second, if there has to be one. */
export function personsFor(
  action: 'decide' | 'override',
  secondPerson: boolean,
): { readonly right: StaffRight; readonly second: StaffRight | null } {
  if (action === 'override') return { right: 'override', second: 'override' };
  return { right: 'decide-reviews', second: secondPerson ? 'decide-reviews' : null };
}

/**
 * Why a decision may not be made; null where it may. An approval needs somebody who was identified: where nobody was,
 * there is nobody to approve.
 */
export function reviewRefusal(
  standing: ReviewStanding,
  asked: AskedReview,
  action: 'decide' | 'override',
): Failure | null {
  if (standing.erased) return failure('record.erased');
  const { revision, state, receiptHash } = asked.seen;
  if (receiptHash !== standing.receiptHash) return failure('review.other-record');
  if (revision !== standing.revision) return failure('review.decided-meanwhile', 'by the staff');
  if (state !== standing.state) return failure('review.decided-meanwhile', 'by the verifier');
  if (standing.awaitsVerifier) return failure('review.verifier-asked');
  if (reviewActionOf(standing) !== action) return failure('review.not-open');
  if (action === 'override' && asked.note === '') return failure('review.note-missing');
  const { machine, identified } = standing;
  if (asked.decision === 'approved' && !identified && (machine.state === 'error' || machine.state === 'review')) {
    return failure('review.nobody-identified');
  }
  return null;
}

/**
 * What becomes of a record that the staff has decided when the verifier answers after all: a refusal of what was
 * approved opens it again, and nothing else changes it.
 */
export function verifierAfterStaff(staff: VerdictState, verifier: VerdictState): 'reopen' | 'stays' {
  return staff === 'passed' && verifier === 'failed' ? 'reopen' : 'stays';
}
