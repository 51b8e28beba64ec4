// Commits records one after the other and prints each number once its commit has returned, until it is killed.
import { writeSync } from 'node:fs';
import { expectOk, openSampleStore } from './sample-store.ts';
import { sampleRecord } from './sample-records.ts';

const [folder, first] = process.argv.slice(2);
if (folder === undefined || first === undefined) throw new Error('usage: FOLDER FIRST');
const store = openSampleStore(folder);
writeSync(1, 'open\n');
for (let number = Number(first); ; number += 1) {
  expectOk(store.records.commit(sampleRecord(number)));
  writeSync(1, `${number}\n`);
}
