import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { EVIDENCE_FOLDER_NAME } from '../../../src/main/store/vault-files.ts';
import { verifyAudit } from '../../../src/main/store/audit-verification.ts';
import { sampleCertifyId } from '../../support/sample-records.ts';
import { expectOk, openSampleStore, temporaryFolder } from '../../support/sample-store.ts';
import { sampleVault } from '../../support/sample-vault.ts';
import { NODE_24 } from '../../support/source-verifier.ts';

const ITERATIONS = Number(process.env['COUNTERSIGN_CRASH_ITERATIONS'] ?? 15);
const folder = temporaryFolder();
afterAll(() => folder.remove());

interface Acknowledged {
  readonly kept: readonly number[];
  readonly destroyed: readonly number[];
}

/** Runs the keeping process and kills it some time after it has kept `count` bundles. */
async function keepAndKill(first: number, count: number, delayMs: number): Promise<Acknowledged> {
  const script = join(import.meta.dirname, '../../support/keep-until-killed.ts');
  const child = spawn(NODE_24, [script, folder.path, String(first)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  let dying = false;
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    printed += text;
    if (dying || printed.split('kept').length <= count) return;
    dying = true;
    setTimeout(() => child.kill('SIGKILL'), delayMs);
  });
  await once(child, 'close');
  expect(child.signalCode).toBe('SIGKILL');
  const numbersAfter = (word: string): number[] =>
    [...printed.matchAll(new RegExp(`^${word} (\\d+)\\n`, 'gm'))].map(([, number]) => Number(number));
  return { kept: numbersAfter('kept'), destroyed: numbersAfter('destroyed') };
}

it(`evidence is whole or gone after a kill at any moment (${ITERATIONS} times)`, { timeout: 600_000 }, async () => {
  const gone = new Set<number>();
  const kept: number[] = [];
  let next = 1;
  let orphans = 0;
  for (let round = 0; round < ITERATIONS; round += 1) {
    const acknowledged = await keepAndKill(next, 1 + (round % 3), (round * 7) % 31);
    kept.push(...acknowledged.kept);
    for (const number of acknowledged.destroyed) gone.add(number);
    const store = openSampleStore(folder.path);
    const vault = sampleVault(store, folder.path);
    orphans += expectOk(await vault.sweepOrphans());
    const last = kept.at(-1)!;
    for (const number of kept) {
      const parts = expectOk(await vault.read(sampleCertifyId(number), 'session'));
      // The last one's destruction may have been under way without having been acknowledged.
      if (gone.has(number)) expect(parts, `${number} was destroyed`).toBeNull();
      else if (number !== last || number % 3 !== 0) expect(parts?.length, `${number} was kept`).toBe(20);
      if (parts === null) gone.add(number);
    }
    const keyed = expectOk(vault.rows()).map(({ certifyId }) => certifyId);
    expect(readdirSync(join(folder.path, EVIDENCE_FOLDER_NAME)).sort()).toEqual(keyed.sort());
    expect(keyed.every((id) => existsSync(join(folder.path, EVIDENCE_FOLDER_NAME, id, 'session.vault')))).toBe(true);
    const audit = expectOk(verifyAudit(store.database, store.keys.audit, store.identity.publicKey));
    expect(audit).toMatchObject({ ok: true, reason: null });
    next = expectOk(store.queries.list(0, 1, null)).total + 1;
    store.database.close();
  }
  console.log(`${ITERATIONS} kills: ${kept.length} bundles acknowledged, ${gone.size} destroyed, ${orphans} swept`);
  expect(kept.length).toBeGreaterThanOrEqual(ITERATIONS);
});
