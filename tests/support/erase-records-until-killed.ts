// Erases the sample records whose time is over and kills itself after the given number, inside of the transaction.
import { sweepRecords } from '../../src/main/composition/record-sweep.ts';
import { createRecordErasure } from '../../src/main/store/record-erasure.ts';
import { openSampleStore } from './sample-store.ts';

const [folder, nowMs, step] = process.argv.slice(2);
if (folder === undefined || nowMs === undefined || step === undefined) throw new Error('usage: FOLDER NOW STEP');
const store = openSampleStore(folder);
let left = Number(step);
const dying: typeof store.audit.appendWithin = (kind, detail) => {
  if (left === 0) process.kill(process.pid, 'SIGKILL');
  left -= 1;
  store.audit.appendWithin(kind, detail);
};
await sweepRecords(createRecordErasure(store.database, { appendWithin: dying }), Number(nowMs));
process.kill(process.pid, 'SIGKILL');
