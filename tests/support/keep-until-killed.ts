// Keeps and destroys evidence, and prints what has returned, until it is killed. Every third one is destroyed again.
import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { SAMPLE_START_MS, sampleCertifyId, sampleRecord } from './sample-records.ts';
import { sampleVault } from './sample-vault.ts';
import { expectOk, openSampleStore } from './sample-store.ts';

const [folder, first] = process.argv.slice(2);
if (folder === undefined || first === undefined) throw new Error('usage: FOLDER FIRST');
const store = openSampleStore(folder);
const vault = sampleVault(store, folder);
expectOk(await vault.sweepOrphans());
writeSync(1, 'open\n');
for (let number = Number(first); ; number += 1) {
  const id = sampleCertifyId(number);
  expectOk(store.records.commit(sampleRecord(number)));
  const parts = Array.from({ length: 20 }, (_, i) => ({ name: `${i}.png`, bytes: randomBytes(50_000) }));
  expectOk(await vault.keep(id, 'session', parts, SAMPLE_START_MS));
  writeSync(1, `kept ${number}\n`);
  if (number % 3 !== 0) continue;
  expectOk(await vault.destroy(id, 'erased'));
  writeSync(1, `destroyed ${number}\n`);
}
