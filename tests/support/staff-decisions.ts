import { createReviewDeliveries, type ReviewDeliveries } from '../../src/main/store/review-deliveries.ts';
import { createReviewStore } from '../../src/main/store/review-store.ts';
import type { OutboxService, OutboxServiceParts } from '../../src/main/sync/outbox-service.ts';
import { systemClock, type Clock } from '../../src/shared/clock.ts';
import type { AskedReview, StaffReview } from '../../src/shared/domain/review.ts';
import { deviceOutbox } from './device-outbox.ts';
import type { EnrolledDevice } from './enrolled-device.ts';
import { sampleRecord } from './sample-records.ts';
import { expectOk, type SampleStore } from './sample-store.ts';

export const FIRST_CLERK = '0190a000-0000-4000-8000-000000000001';
export const SECOND_CLERK = '0190a000-0000-4000-8000-000000000002';
/** What somebody has written into a note, which has to stay on the device. */
export const NOTE = 'SEEN BESIDE THE DESK 当面核对';

/** Commits a record that is left to a person. */
export function commitOpen(store: SampleStore, number: number): string {
  const record = sampleRecord(number, 'face.grey-band');
  expectOk(store.records.commit(record));
  return record.certifyId;
}

/** Decides about a record as the clerk's window does; whatever follows on a first decision takes two. */
export function decide(
  store: SampleStore,
  certifyId: string,
  changes: Partial<AskedReview> = {},
  clock: Clock = systemClock,
): StaffReview {
  const reviews = createReviewStore({ ...store, clock });
  const { receiptHash, revision, state } = expectOk(reviews.standing(certifyId));
  const seen = { revision, state, receiptHash };
  const corrects = revision > 0;
  return expectOk(
    reviews.decide({
      asked: { certifyId, decision: 'approved', reason: 'seen-in-person', note: NOTE, seen, ...changes },
      action: corrects ? 'override' : 'decide',
      staffId: FIRST_CLERK,
      secondStaffId: corrects ? SECOND_CLERK : null,
      staffRole: 'reviewer',
      ...(corrects ? { secondRole: 'administrator' } : {}),
    }),
  );
}

export function deliveriesIn(store: SampleStore): ReviewDeliveries {
  return createReviewDeliveries(store);
}

/** The outbox of a device with its decisions, whose timers never fire: it sends when it is told to. */
export function decidingOutbox(device: EnrolledDevice, changes: Partial<OutboxServiceParts> = {}): OutboxService {
  return deviceOutbox(device, {
    decisions: { queue: deliveriesIn(device.store), receiver: () => device.client },
    startTimer: () => () => undefined,
    ...changes,
  });
}
