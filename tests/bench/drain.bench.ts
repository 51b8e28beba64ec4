/**
 * How long 10,000 queued records take to reach a verifier on loopback, a process of its own, with every
 * countersignature checked and stored; and what the drain costs whoever is at the counter meanwhile: the durable commit
 * of a certification that takes SESSION_MS, and a live question (an exchange with the verifier that is sent while
 * batches are), each beside the same without a drain, in one run. Run with `node tests/bench/drain.bench.ts [RECORDS]`.
 */
import { cpus, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { countArgument } from '../support/count-argument.ts';
import { deviceOutbox } from '../support/device-outbox.ts';
import { enrolSampleDevice } from '../support/enrolled-device.ts';
import { sampleCheck, sampleOutcome } from '../support/sample-checks.ts';
import { sampleCertifyId, sampleRecord } from '../support/sample-records.ts';
import { expectOk, temporaryFolder } from '../support/sample-store.ts';
import { scriptedDelivery } from '../support/scripted-delivery.ts';
import { startVerifierProcess } from '../support/source-verifier.ts';
import { ok } from '../../src/shared/result.ts';

/** The quickest certification that the product allows: consent, card, challenge, comparison. */
const SESSION_MS = 5_000;
/** A verifier that decides by an authority takes at least this long by itself. */
const AUTHORITY_MS = 300;

const count = countArgument(0, 10_000);
const kiosk = temporaryFolder();
const cloud = temporaryFolder();
const verifier = await startVerifierProcess(cloud.path);
const device = await enrolSampleDevice(kiosk.path, verifier);
const { store, client } = device;
let next = 1_000_000;
let isAttended = false;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** From the moment that the flow wants to commit to the record being on the disk. */
async function commitMs(): Promise<number> {
  const start = performance.now();
  await sleep(0);
  expectOk(store.records.commit(sampleRecord((next += 1))));
  return performance.now() - start;
}

/** Two signed exchanges with the verifier and the time that an authority takes between them. */
const questions = scriptedDelivery({
  answer: async () => {
    await client.probe();
    await sleep(AUTHORITY_MS);
    await client.probe();
    return ok({ state: 'decided', outcome: sampleOutcome(), decision: null });
  },
});
const noMaterials = {
  ...store.materials,
  read: async () => ok({}),
  destroy: async () => ok(true),
};
const service = deviceOutbox(device, {
  checkDelivery: () => questions,
  materials: noMaterials,
  attended: () => isAttended,
});

async function questionMs(): Promise<number> {
  const number = (next += 1);
  expectOk(store.records.commit(sampleRecord(number), { check: sampleCheck(number) }));
  const start = performance.now();
  await service.ask(sampleCertifyId(number), 30_000);
  return performance.now() - start;
}

async function measured(rounds: number, goOn: () => boolean) {
  const [commits, answers]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds && goOn(); round += 1) {
    for (let commit = 0; commit < 5; commit += 1) {
      commits.push(await commitMs());
      await sleep(20);
    }
    answers.push(await questionMs());
  }
  return { commitMs: median(commits), questionMs: median(answers), rounds: answers.length };
}

async function drain(): Promise<number> {
  const start = performance.now();
  while (expectOk(store.outbox.load()).waiting > 0) await service.sendNow();
  return (performance.now() - start) / 1_000;
}

/** Filling the outbox is not measured, so it may skip the disk. */
function fill(first: number): void {
  store.database.pragma('synchronous=OFF');
  for (let number = first; number < first + count; number += 1) expectOk(store.records.commit(sampleRecord(number)));
  store.database.pragma('synchronous=FULL');
}

console.log(`${cpus()[0]?.model ?? 'unknown'} × ${cpus().length}, load ${loadavg()[0]?.toFixed(2)}`);
await drain();
const alone = await measured(6, () => true);
await drain();

fill(1);
const rssBefore = process.memoryUsage.rss();
const seconds = await drain();
const grownMb = (process.memoryUsage.rss() - rssBefore) / 1e6;
const { unsent, stopped } = expectOk(store.outbox.state());
console.log(
  `${count} records drained in ${seconds.toFixed(1)} s (${(count / seconds).toFixed(0)}/s), memory +${grownMb.toFixed(0)} MB; left: ${unsent} unsent, ${stopped} stopped`,
);

fill(count + 1);
let isDraining = true;
isAttended = true;
const draining = drain().finally(() => (isDraining = false));
const beside = await measured(6, () => isDraining);
await draining;
const slower = (name: string, withMs: number, withoutMs: number, ofMs: number): void => {
  const percent = (100 * (withMs - withoutMs)) / ofMs;
  console.log(
    `${name}: p50 ${withoutMs.toFixed(1)} ms alone, ${withMs.toFixed(1)} ms beside a drain: ${percent >= 0 ? '+' : ''}${percent.toFixed(1)} %`,
  );
};
slower('commit', beside.commitMs, alone.commitMs, alone.commitMs);
slower(`commit as part of a certification of ${SESSION_MS / 1_000} s`, beside.commitMs, alone.commitMs, SESSION_MS);
slower(`live question (${beside.rounds} beside)`, beside.questionMs, alone.questionMs, alone.questionMs);
slower('the same as part of a certification of 5 s', beside.questionMs, alone.questionMs, SESSION_MS);

await service.stop();
store.database.close();
await verifier.stop();
kiosk.remove();
cloud.remove();
if (unsent > 0) process.exitCode = 1;
