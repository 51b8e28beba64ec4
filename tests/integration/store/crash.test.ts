import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { verifyAudit } from '../../../src/main/store/audit-verification.ts';
import { sampleCertifyId } from '../../support/sample-records.ts';
import { expectOk, openSampleStore, temporaryFolder } from '../../support/sample-store.ts';
import { NODE_24 } from '../../support/source-verifier.ts';

const ITERATIONS = Number(process.env['COUNTERSIGN_CRASH_ITERATIONS'] ?? 50);
const folder = temporaryFolder();
afterAll(() => folder.remove());

/** Runs the committing process, kills it some time after `commits` of them, and gives what it acknowledged. */
async function commitAndKill(first: number, commits: number, delayMs: number): Promise<readonly number[]> {
  const script = join(import.meta.dirname, '../../support/commit-until-killed.ts');
  const child = spawn(NODE_24, [script, folder.path, String(first)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  let dying = false;
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    printed += text;
    if (!dying && printed.split('\n').length > commits + 1) {
      dying = true;
      setTimeout(() => child.kill('SIGKILL'), delayMs);
    }
  });
  await once(child, 'close');
  expect(child.signalCode).toBe('SIGKILL');
  const lines = printed.split('\n').slice(0, -1);
  return lines.filter((line) => line !== 'open').map(Number);
}

it(
  `loses no acknowledged record when it is killed at any moment (${ITERATIONS} times)`,
  { timeout: 600_000 },
  async () => {
    let next = 1;
    let acknowledged = 0;
    for (let round = 0; round < ITERATIONS; round += 1) {
      const numbers = await commitAndKill(next, 1 + (round % 3), (round * 7) % 21);
      const store = openSampleStore(folder.path);
      for (const number of numbers) {
        expect(expectOk(store.queries.show(sampleCertifyId(number))).record.certifyId).toBe(sampleCertifyId(number));
      }
      acknowledged += numbers.length;
      const total = expectOk(store.queries.list(0, 1, null)).total;
      // At most the one commit that was under way can be there without having been acknowledged.
      expect(total - (next - 1) - numbers.length).toBeGreaterThanOrEqual(0);
      expect(total - (next - 1) - numbers.length).toBeLessThanOrEqual(1);
      next = total + 1;
      expect(expectOk(store.outbox.state()).unsent).toBe(total);
      const report = expectOk(verifyAudit(store.database, store.keys.audit, store.identity.publicKey));
      expect(report).toEqual({ entries: total, ok: true, firstBadEntry: null, reason: null });
      store.database.close();
    }
    console.log(`${ITERATIONS} kills, ${acknowledged} acknowledged records, none lost`);
    expect(acknowledged).toBeGreaterThanOrEqual(2 * ITERATIONS - 2);
  },
);
