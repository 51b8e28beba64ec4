// Commits certifications whose faces wait for a folder that isn't there, prints each, and waits to be killed.
import { writeSync } from 'node:fs';
import { faceReturnBench } from './face-return-bench.ts';
import { expectOk } from './sample-store.ts';
import { systemClock } from '../../src/shared/clock.ts';

const [folder, destination] = process.argv.slice(2);
if (folder === undefined || destination === undefined) throw new Error('usage: FOLDER DESTINATION');
const bench = faceReturnBench(folder, systemClock);
expectOk(await bench.service.start());
expectOk(bench.service.save({ kind: 'folder', folder: destination }, undefined));
for (const number of [1, 2, 3]) writeSync(1, `${number} ${await bench.certify(number)}\n`);
// Prepared, and never committed.
expectOk(await bench.service.desk.prepare('019caa00-0000-7000-8000-000000000063'));
bench.service.kick();
writeSync(1, 'waiting\n');
setInterval(() => undefined, 1_000);
