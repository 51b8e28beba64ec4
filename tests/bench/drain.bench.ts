/**
 * How long 10,000 queued records take to reach a verifier on loopback, a process of its own, with every
 * countersignature checked and stored. Run with `node tests/bench/drain.bench.ts [RECORDS]`.
 */
import { cpus, loadavg } from 'node:os';
import { enrolSampleDevice, manualSender } from '../support/enrolled-device.ts';
import { sampleRecord } from '../support/sample-records.ts';
import { expectOk, temporaryFolder } from '../support/sample-store.ts';
import { startVerifierProcess } from '../support/source-verifier.ts';

const count = Number(process.argv[2] ?? 10_000);
const kiosk = temporaryFolder();
const cloud = temporaryFolder();
const verifier = await startVerifierProcess(cloud.path);
const device = await enrolSampleDevice(kiosk.path, verifier);
const { store } = device;

// Filling the outbox is not measured, so it may skip the disk.
store.database.pragma('synchronous=OFF');
for (let number = 1; number <= count; number += 1) expectOk(store.records.commit(sampleRecord(number)));
store.database.pragma('synchronous=FULL');

const rssBefore = process.memoryUsage.rss();
const start = performance.now();
await manualSender(device).kick();
const seconds = (performance.now() - start) / 1_000;
const grownMb = (process.memoryUsage.rss() - rssBefore) / 1e6;
const { unsent, stopped } = expectOk(store.outbox.state());

console.log(`${cpus()[0]?.model ?? 'unknown'} × ${cpus().length}, load ${loadavg()[0]?.toFixed(2)}`);
console.log(
  `${count} records drained in ${seconds.toFixed(1)} s (${(count / seconds).toFixed(0)}/s), memory +${grownMb.toFixed(0)} MB`,
);
console.log(`left: ${unsent} unsent, ${stopped} stopped`);
store.database.close();
await verifier.stop();
kiosk.remove();
cloud.remove();
if (unsent > 0) process.exitCode = 1;
