/**
 * What the verifier itself takes for a submission: from the signed request being whole to the signed answer, over HTTP on
 * loopback and without it, single and in batches of 50, on SQLite and on PostgreSQL with durable writes, beside a bare
 * durable insert of a row of the same size in the same run. Run with `node tests/bench/verifier.bench.ts [SUBMISSIONS]`.
 */
import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/shared/clock.ts';
import { createVerifierApp } from '../../src/verifier/app.ts';
import { assembleVerifier } from '../../src/verifier/assemble.ts';
import type { VerifierDatabase } from '../../src/verifier/storage/database.ts';
import { openVerifierDatabase } from '../../src/verifier/storage/open-database.ts';
import { countArgument } from '../support/count-argument.ts';
import { enrolSampleDevice } from '../support/enrolled-device.ts';
import { postgresMissing, startPostgres } from '../support/postgres.ts';
import { sampleRecord } from '../support/sample-records.ts';
import { expectOk, temporaryFolder } from '../support/sample-store.ts';

const BATCH = 50;
const singles = countArgument(0, 200);
const batches = Math.max(4, Math.floor(singles / 20));

function report(name: string, timesMs: readonly number[], per = 1): void {
  const sorted = timesMs.map((each) => each / per).sort((left, right) => left - right);
  const at = (part: number): string => (sorted[Math.floor((sorted.length - 1) * part)] ?? 0).toFixed(2);
  console.log(
    `  ${name.padEnd(44)} p50 ${at(0.5).padStart(7)} ms   p95 ${at(0.95).padStart(7)} ms   n ${sorted.length}`,
  );
}

async function bareInserts(database: VerifierDatabase, bytes: number): Promise<number[]> {
  const timesMs: number[] = [];
  for (let number = 0; number < singles; number += 1) {
    const row = { name: `bare-${number}`, value: Buffer.alloc(bytes, number), created_at_ms: number };
    const beganMs = performance.now();
    await database.queries.insertInto('secrets').values(row).execute();
    timesMs.push(performance.now() - beganMs);
  }
  return timesMs;
}

/** @param bare another database of the same kind */
async function measure(name: string, database: VerifierDatabase, bare: VerifierDatabase): Promise<number> {
  const kiosk = temporaryFolder();
  const parts = await assembleVerifier({ database, clock: systemClock, randomBytes, publicOrigin: null });
  const app = createVerifierApp({ ...parts, deviceRate: { burst: 1e6, perSecond: 1e6 } });
  const serverTimesMs: number[] = [];
  app.addHook('onResponse', async (_request, reply) => void serverTimesMs.push(reply.elapsedTime));
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const device = await enrolSampleDevice(kiosk.path, { address, enrolmentCode: await parts.enrolment.openCode() });
  device.store.database.pragma('synchronous=OFF');
  const total = singles + batches * BATCH;
  for (let number = 1; number <= total; number += 1) expectOk(device.store.records.commit(sampleRecord(number)));
  const items = expectOk(device.store.outbox.due(total));
  console.log(name);
  report('bare durable insert of 3 kB', await bareInserts(bare, 3_000));
  serverTimesMs.length = 0;
  for (const item of items.slice(0, singles)) expectOk((await device.client.submit([item], null)) as never);
  report('one submission in a request', serverTimesMs);
  serverTimesMs.length = 0;
  for (let batch = 0; batch < batches; batch += 1) {
    const from = singles + batch * BATCH;
    expectOk((await device.client.submit(items.slice(from, from + BATCH), null)) as never);
  }
  report(`one of ${BATCH} in a batch`, serverTimesMs, BATCH);
  device.store.database.close();
  await app.close();
  await bare.close();
  await database.close();
  kiosk.remove();
  return total;
}

console.log(`${cpus()[0]?.model ?? 'unknown'} × ${cpus().length}, load ${loadavg()[0]?.toFixed(2)}`);
const folder = temporaryFolder();
const records = await measure(
  'SQLite',
  await openVerifierDatabase(folder.path),
  await openVerifierDatabase(join(folder.path, 'bare')),
);
console.log(`  bytes per record ${Math.round(statSync(join(folder.path, 'verifier.db')).size / records)}`);
folder.remove();
const missing = postgresMissing();
if (missing !== null) console.log(`PostgreSQL: skipped, ${missing}`);
else {
  const postgres = await startPostgres({ durable: true });
  const open = async (): Promise<VerifierDatabase> => openVerifierDatabase('', await postgres.createDatabase());
  await measure('PostgreSQL', await open(), await open());
  await postgres.stop();
}
