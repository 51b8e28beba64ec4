// Approves records one after the other and prints each number once the decision has returned, until it is killed.
import { writeSync } from 'node:fs';
import { createReviewStore } from '../../src/main/store/review-store.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { sampleCertifyId } from './sample-records.ts';
import { expectOk, openSampleStore } from './sample-store.ts';

const [folder, staffId, count] = process.argv.slice(2);
if (folder === undefined || staffId === undefined || count === undefined) throw new Error('usage: FOLDER STAFF COUNT');
const { database, audit, identity } = openSampleStore(folder);
const reviews = createReviewStore({ database, audit, identity, clock: systemClock });
writeSync(1, 'open\n');
for (let number = 1; number <= Number(count); number += 1) {
  const { receiptHash, revision, state } = expectOk(reviews.standing(sampleCertifyId(number)));
  expectOk(
    reviews.decide({
      asked: {
        certifyId: sampleCertifyId(number),
        decision: 'approved',
        reason: 'seen-in-person',
        note: '',
        seen: { revision, state, receiptHash },
      },
      action: 'decide',
      staffId,
      secondStaffId: null,
    }),
  );
  writeSync(1, `${number}\n`);
}
