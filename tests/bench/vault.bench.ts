/**
 * Keeping, reading and destroying bundles of evidence of random bytes on this disk, and how long the event loop stood
 * still while one was kept. Run with `node tests/bench/vault.bench.ts`.
 */
import { randomBytes } from 'node:crypto';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { createVaultFiles } from '../../src/main/store/vault-files.ts';
import { createVault } from '../../src/main/store/vault.ts';
import { SAMPLE_START_MS, sampleCertifyId, sampleRecord } from '../support/sample-records.ts';
import { expectOk, openSampleStore, temporaryFolder } from '../support/sample-store.ts';

const ROUNDS = 5;
const BUNDLES = [
  { megabytes: 8, parts: 250 },
  { megabytes: 60, parts: 600 },
] as const;
const WATCH_EVERY_MS = 5;

const folder = temporaryFolder();
const store = openSampleStore(folder.path);
const vault = createVault({
  database: store.database,
  audit: store.audit,
  wrappingKey: store.keys.evidence,
  randomBytes: (length) => new Uint8Array(randomBytes(length)),
  files: createVaultFiles(join(folder.path, 'evidence')),
});

async function timeMs(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

/** The longest time that the event loop stood still meanwhile, in milliseconds. */
async function longestBlockMs(run: () => Promise<unknown>): Promise<number> {
  let last = performance.now();
  let longest = 0;
  const watch = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last - WATCH_EVERY_MS);
    last = now;
  };
  const timer = setInterval(watch, WATCH_EVERY_MS);
  await run();
  watch();
  clearInterval(timer);
  return longest;
}

function median(values: readonly number[]): string {
  return (values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN).toFixed(0);
}

console.log(`${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}`);
let number = 0;
for (const { megabytes, parts } of BUNDLES) {
  const size = Math.floor((megabytes * 1_000_000) / parts);
  const spent = { keep: [] as number[], block: [] as number[], read: [] as number[], destroy: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    number += 1;
    const id = sampleCertifyId(number);
    expectOk(store.records.commit(sampleRecord(number)));
    const content = Array.from({ length: parts }, (_, i) => ({ name: `frames/${i}.png`, bytes: randomBytes(size) }));
    const keep = async (): Promise<void> => void expectOk(await vault.keep(id, 'session', content, SAMPLE_START_MS));
    spent.keep.push(await timeMs(async () => spent.block.push(await longestBlockMs(keep))));
    spent.read.push(await timeMs(async () => expectOk(await vault.read(id, 'session'))));
    spent.destroy.push(await timeMs(async () => expectOk(await vault.destroy(id, 'erased'))));
  }
  const { keep, block, read, destroy } = spent;
  console.log(
    `${megabytes} MB in ${parts} parts, medians of ${ROUNDS}: keep ${median(keep)} ms (longest block ` +
      `${median(block)} ms), read ${median(read)} ms, destroy ${median(destroy)} ms`,
  );
}
store.database.close();
folder.remove();
