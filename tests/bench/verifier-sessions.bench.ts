// What a question costs the verifier without the vendor's time: opening, one picture of 80 kB, submitting, its decision.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { postgresMissing, startPostgres } from '../support/postgres.ts';
import type { ServerCost } from '../support/measured-verifier-process.ts';
import { artifactOf, enrolQuestioner, NOBODY, noiseJpeg, sessionOf, sessionRequest } from '../support/questioner.ts';
import { temporaryFolder } from '../support/sample-store.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '200' } } });
const rounds = Number(values.rounds);
const FACE_BYTES = 80_000;
const WARM_UP = 30;

async function measure(name: string, deciding: boolean, database: string | null): Promise<void> {
  const folder = temporaryFolder();
  const file = join(import.meta.dirname, '..', 'support', 'measured-verifier-process.ts');
  const server = fork(file, [folder.path, deciding ? 'deciding' : 'keeping', ...(database === null ? [] : [database])]);
  try {
    const [ready] = (await once(server, 'message')) as [{ address: string; code: string }];
    const device = await enrolQuestioner({ address: ready.address, enrolmentCode: async () => ready.code });
    const cost = async (): Promise<ServerCost> => {
      server.send('cost');
      return ((await once(server, 'message')) as [ServerCost])[0];
    };
    const ask = async (): Promise<void> => {
      const face = noiseJpeg(FACE_BYTES);
      const opened = sessionOf(await device.open(sessionRequest({ artifacts: [artifactOf('face.jpg', face)] })));
      await device.put(opened.sessionId, 'face.jpg', face);
      sessionOf(await device.submit(opened, NOBODY));
    };
    for (let round = 0; round < WARM_UP; round++) await ask();
    await cost();
    for (let round = 0; round < rounds; round++) await ask();
    const { cpuMs, requests } = await cost();
    console.log(`${name}: ${(cpuMs / rounds).toFixed(2)} ms of processor time a question`);
    const sums = { quick: 0, median: 0 };
    for (const [route, times] of Object.entries(requests)) {
      const [quick, median, slow] = [0.1, 0.5, 0.95].map((share) => percentile(times, share)) as [
        number,
        number,
        number,
      ];
      sums.quick += quick;
      sums.median += median;
      console.log(
        `  ${route}: 10 % ${quick.toFixed(2)} ms, median ${median.toFixed(2)} ms, 95 % ${slow.toFixed(2)} ms`,
      );
    }
    console.log(`  open + upload + submit: 10 % ${sums.quick.toFixed(2)} ms, medians ${sums.median.toFixed(2)} ms`);
  } finally {
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
    folder.remove();
  }
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

await measure('SQLite, questions are taken', false, null);
await measure('SQLite, and decided', true, null);
const missing = postgresMissing();
if (missing === null) {
  const postgres = await startPostgres({ durable: true });
  await measure('PostgreSQL, questions are taken', false, await postgres.createDatabase());
  await measure('PostgreSQL, and decided', true, await postgres.createDatabase());
  await postgres.stop();
} else console.log(`PostgreSQL is left out: ${missing}`);
