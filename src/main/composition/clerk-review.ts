import { personsFor, reviewActionOf, type AskedReview } from '../../shared/domain/review.ts';
import { reviewPolicyOf, type Scene } from '../../shared/domain/scene.ts';
import { hasRight, type StaffMember } from '../../shared/domain/staff.ts';
import type { ReviewCase } from '../../shared/ipc/clerk.ts';
import type { Credentials } from '../../shared/ipc/staff.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { StaffDesk } from '../settings/staff-desk.ts';
import type { RecordQueries } from '../store/record-queries.ts';
import type { ReviewStore } from '../store/review-store.ts';
import type { Vault } from '../store/vault.ts';

export interface ClerkReviewParts {
  readonly reviews: ReviewStore;
  readonly queries: Pick<RecordQueries, 'show'>;
  readonly vault: Pick<Vault, 'rows'>;
  readonly staff: Pick<StaffDesk, 'confirm' | 'names'>;
  readonly scene: (sceneId: string) => Scene | undefined;
  /** A record is listed otherwise from now on. */
  readonly onDecided: (certifyId: string) => void;
}

export interface ClerkReviews {
  show(certifyId: string, viewer: StaffMember): Result<ReviewCase, Failure>;
  /** @param second - whoever stands beside, where the scene asks for two */
  decide(review: AskedReview, first: StaffMember, second: Credentials | null): Promise<Result<ReviewCase, Failure>>;
  /** Goes over a result: the person who has signed in proves it once more, and a second one agrees. */
  override(
    review: AskedReview,
    first: StaffMember,
    secret: string,
    second: Credentials,
  ): Promise<Result<ReviewCase, Failure>>;
}

/** Detail of a failure that is about the person who has signed in, not about the second one. */
const OWN_SECRET = 'own secret';

/**
 * Fails with `review.second-person` where a second one is missing, and else as `StaffDesk.confirm` and
 * `ReviewStore.decide` do. Of a scene that is gone two people decide.
 */
export function createClerkReviews(parts: ClerkReviewParts): ClerkReviews {
  const { reviews, staff } = parts;
  const needsSecond = (sceneId: string): boolean => {
    const scene = parts.scene(sceneId);
    // Of a scene that is gone nobody knows any more whether one person was enough.
    return scene === undefined || reviewPolicyOf(scene).secondPerson;
  };

  function show(certifyId: string, viewer: StaffMember): Result<ReviewCase, Failure> {
    const detail = parts.queries.show(certifyId);
    if (!detail.ok) return detail;
    const standing = reviews.standing(certifyId);
    if (!standing.ok) return standing;
    const names = staff.names();
    if (!names.ok) return names;
    const kept = parts.vault.rows();
    if (!kept.ok) return kept;
    const deliveries = reviews.deliveries(certifyId);
    if (!deliveries.ok) return deliveries;
    const { sceneId } = standing.value;
    const action = reviewActionOf(standing.value);
    const secondPerson = action === 'override' || needsSecond(sceneId);
    const nameOf = (staffId: string | null): string | null => (staffId && names.value.get(staffId)) ?? null;
    return ok({
      detail: detail.value,
      sceneName: parts.scene(sceneId)?.name ?? sceneId,
      standing: standing.value,
      reviews: (detail.value.reviews ?? []).map((review) => ({
        ...review,
        staffName: nameOf(review.staffId),
        secondStaffName: nameOf(review.secondStaffId),
        delivery: deliveries.value.get(review.revision) ?? { state: 'stays' },
      })),
      action,
      mayAct: action !== 'none' && hasRight(viewer.role, personsFor(action, secondPerson).right),
      secondPerson,
      hasEvidence: kept.value.some((row) => row.certifyId === certifyId),
    });
  }

  /** Keeps it; who else agreed was confirmed before. */
  function keep(
    asked: AskedReview,
    action: 'decide' | 'override',
    first: StaffMember,
    second: StaffMember | null,
  ): Result<ReviewCase, Failure> {
    const decided = reviews.decide({
      asked,
      action,
      staffId: first.staffId,
      secondStaffId: second?.staffId ?? null,
      staffRole: first.role,
      ...(second === null ? {} : { secondRole: second.role }),
    });
    if (!decided.ok) return decided;
    parts.onDecided(asked.certifyId);
    return show(asked.certifyId, first);
  }

  return {
    show,
    decide: async (asked, first, second) => {
      const standing = reviews.standing(asked.certifyId);
      if (!standing.ok) return standing;
      const { second: right } = personsFor('decide', needsSecond(standing.value.sceneId));
      if (right === null) return keep(asked, 'decide', first, null);
      if (second === null) return err(failure('review.second-person'));
      const confirmed = await staff.confirm(second, right, first.staffId);
      return confirmed.ok ? keep(asked, 'decide', first, confirmed.value) : confirmed;
    },
    override: async (asked, first, secret, second) => {
      const { right, second: secondRight } = personsFor('override', true);
      // Before anything is typed in vain: both people have to be two.
      if (second.staffId === first.staffId) return err(failure('staff.same-person'));
      const proven = await staff.confirm({ staffId: first.staffId, secret }, right, null);
      if (!proven.ok) return err(failure(proven.error.code, OWN_SECRET));
      const confirmed = await staff.confirm(second, secondRight ?? right, first.staffId);
      return confirmed.ok ? keep(asked, 'override', first, confirmed.value) : confirmed;
    },
  };
}
