import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { commitQuestion, deviceOutbox, unfinished } from '../../support/device-outbox.ts';
import { enrolSampleDevice } from '../../support/enrolled-device.ts';
import { startLossyProxy } from '../../support/lossy-proxy.ts';
import { sampleRecord } from '../../support/sample-records.ts';
import { expectOk, temporaryFolder } from '../../support/sample-store.ts';
import { NODE_24 } from '../../support/source-verifier.ts';

const KILLS = 4;
const [QUESTIONS, RECORDS] = [16, 120];
const [kiosk, cloud] = [temporaryFolder(), temporaryFolder()];
let child: ChildProcess | null = null;
afterAll(() => {
  child?.kill('SIGKILL');
  kiosk.remove();
  cloud.remove();
});

async function startVerifier(): Promise<{ readonly address: string; readonly enrolmentCode: string }> {
  const script = join(import.meta.dirname, '../../support/session-verifier-main.ts');
  const started = spawn(NODE_24, [script, cloud.path, '120'], { stdio: ['ignore', 'pipe', 'inherit'] });
  child = started;
  for await (const line of createInterface({ input: started.stdout })) {
    return JSON.parse(line) as { address: string; enrolmentCode: string };
  }
  throw new Error('the verifier ended before it was ready');
}

/** Orders that the vendor was asked about. */
function asked(): readonly string[] {
  const path = join(cloud.path, 'asked.txt');
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
}

async function killVerifier(): Promise<void> {
  if (child === null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

it(
  'loses nothing and bills nothing twice when the verifier is killed again and again',
  { timeout: 120_000 },
  async () => {
    const first = await startVerifier();
    // One address over all restarts.
    const line = await startLossyProxy(first.address, { random: () => 1, share: 0, delayMs: 0 });
    const device = await enrolSampleDevice(kiosk.path, first, { origin: line.address });
    const { store } = device;
    for (let number = 1; number <= QUESTIONS; number += 1) await commitQuestion(device, number);
    for (let number = 1; number <= RECORDS; number += 1)
      expectOk(store.records.commit(sampleRecord(QUESTIONS + number)));
    const service = deviceOutbox(device);
    for (let kill = 0; kill < KILLS; kill += 1) {
      void service.sendNow();
      // Every other time just after the vendor was asked, and before it has answered.
      const before = asked().length;
      for (let wait = 0; kill % 2 === 0 && wait < 200 && asked().length === before; wait += 1) await sleep(10);
      if (kill % 2 === 1) await sleep(60 + 70 * kill);
      await killVerifier();
      await service.sendNow();
      line.retarget((await startVerifier()).address);
    }
    const isDone = (): boolean => unfinished(device).records === 0 && expectOk(store.checks.load()).waiting === 0;
    for (let round = 0; round < 300 && !isDone(); round += 1) {
      await service.sendNow();
      await sleep(20);
    }
    const { stopped, unknown, waiting } = expectOk(store.checks.load());
    // Killed between asking the vendor and hearing from it: nobody knows, so nobody asks again without a clerk.
    const byItself = asked();
    expect({ stopped, waiting, records: unfinished(device).records }).toEqual({ stopped: 0, waiting: 0, records: 0 });
    expect(byItself.length).toBe(new Set(byItself).size);
    // It notes that it asks before it does: killed in between, a question is unknown that the vendor never saw.
    expect(byItself.length).toBeLessThanOrEqual(QUESTIONS);
    expect(byItself.length).toBeGreaterThanOrEqual(QUESTIONS - unknown);
    for (const { certifyId } of expectOk(store.checks.list(50))) {
      expectOk(await service.resolve({ lane: 'checks', certifyId, action: 'retry' }, 'clerk-7'));
    }
    for (let round = 0; round < 100 && unfinished(device).questions > 0; round += 1) {
      await service.sendNow();
      await sleep(20);
    }
    expect(unfinished(device)).toEqual({ records: 0, questions: 0 });
    expect(asked().length).toBe(byItself.length + unknown);
    console.log(
      `${KILLS} kills, ${QUESTIONS} questions and ${RECORDS} records; ${unknown} unknown, asked again by a clerk`,
    );
    await service.stop();
    await line.close();
    store.database.close();
  },
);
