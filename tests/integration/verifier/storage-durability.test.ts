import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3-multiple-ciphers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDeviceRegistry } from '../../../src/verifier/device-registry.ts';
import { loadServerKey } from '../../../src/verifier/server-key.ts';
import { openVerifierDatabase } from '../../../src/verifier/storage/open-database.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { postgresMissing, startPostgres } from '../../support/postgres.ts';
import { temporaryFolder } from '../../support/sample-store.ts';
import { NODE_24 } from '../../support/source-verifier.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const NOW_MS = Date.UTC(2026, 2, 2, 9);
let folder: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(() => {
  folder.remove();
});

describe('a file of the schema before', () => {
  function openOldFile(): Database.Database {
    const file = new Database(join(folder.path, 'verifier.db'));
    file.exec(readFileSync(join(root, 'tests/fixtures/verifier-schema-2.sql'), 'utf8'));
    return file;
  }

  it('is brought up to date where it is, and keeps everything', async () => {
    openOldFile().close();
    const database = await openVerifierDatabase(folder.path);
    const devices = createDeviceRegistry(database, manualClock(NOW_MS));
    const x = 'x'.repeat(43);
    expect(await devices.findByKeyId('dev_0123456789ab:k1')).toEqual({
      deviceId: 'dev_0123456789ab',
      keyId: 'dev_0123456789ab:k1',
      publicKeyX: x,
      keys: [{ keyId: 'dev_0123456789ab:k1', publicKeyX: x, validUntilMs: null }],
      revoked: false,
    });
    expect(await devices.findByKeyId('dev_ba9876543210:k1')).toMatchObject({ revoked: true });
    expect((await loadServerKey(database, NOW_MS)).keyId).toBe('server-0a1b2c3d:k1');
    const { queries } = database;
    expect(await queries.selectFrom('devices').select(['label', 'last_sequence', 'checkpoint']).execute()).toEqual([
      { label: '', last_sequence: 17, checkpoint: null },
      { label: '', last_sequence: 3, checkpoint: '{"entries":100}' },
    ]);
    const kept = await Promise.all(
      (['nonces', 'idempotency', 'submissions', 'challenges', 'enrolment_codes'] as const).map((table) =>
        queries
          .selectFrom(table)
          .select((all) => all.fn.countAll<number>().as('rows'))
          .executeTakeFirstOrThrow(),
      ),
    );
    expect(kept.map(({ rows }) => rows)).toEqual([1, 1, 1, 1, 0]);
    await database.close();
    const file = new Database(join(folder.path, 'verifier.db'));
    const pragma = (name: string): unknown => file.pragma(name, { simple: true });
    expect(['user_version', 'journal_mode', 'integrity_check'].map(pragma)).toEqual([6, 'wal', 'ok']);
    file.close();
  });

  it('stays as it was when bringing it up to date fails', async () => {
    const old = openOldFile();
    old.exec('CREATE TABLE operators (name TEXT)');
    old.close();
    await expect(openVerifierDatabase(folder.path)).rejects.toThrow('operators');
    const file = new Database(join(folder.path, 'verifier.db'));
    expect(file.pragma('user_version', { simple: true })).toBe(2);
    expect(file.prepare("SELECT name FROM sqlite_master WHERE name = 'sessions'").all()).toEqual([]);
    file.close();
  });

  it('is refused when it is newer than this verifier', async () => {
    const old = openOldFile();
    old.pragma('user_version=99');
    old.close();
    await expect(openVerifierDatabase(folder.path)).rejects.toThrow('schema 99 is newer');
  });
});

/** Inserts pairs in another process and kills it in the middle; gives the pairs that it was told are kept. */
async function pairsUntilKilled(address: string): Promise<number> {
  const program = join(root, 'tests/support/insert-until-killed.ts');
  const child = spawn(NODE_24, [program, folder.path, address], { stdio: ['ignore', 'pipe', 'inherit'] });
  let told = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    told = Number(line) + 1;
    if (told === 20) setTimeout(() => child.kill('SIGKILL'), 3);
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  return told;
}

async function expectWholePairs(address: string | null, told: number): Promise<void> {
  const database = await openVerifierDatabase(folder.path, address);
  const rows = await database.queries.selectFrom('secrets').select('name').execute();
  await database.close();
  const names = new Set(rows.map(({ name }) => name));
  for (let pair = 0; pair < told; pair += 1) {
    expect([pair, names.has(`${pair}a`), names.has(`${pair}b`)]).toEqual([pair, true, true]);
  }
  expect(rows.length % 2).toBe(0);
}

describe('a process that is killed in the middle of a transaction', () => {
  it('loses nothing that was kept and leaves nothing half on SQLite', async () => {
    const told = await pairsUntilKilled('');
    expect(told).toBeGreaterThanOrEqual(20);
    await expectWholePairs(null, told);
  });

  const missing = postgresMissing();
  it.skipIf(missing !== null)(`leaves nothing half on PostgreSQL either${missing ? ` (${missing})` : ''}`, async () => {
    const postgres = await startPostgres();
    const address = await postgres.createDatabase();
    await expectWholePairs(address, await pairsUntilKilled(address));
    await postgres.stop();
  });

  it.skipIf(missing !== null)(
    `has PostgreSQL recover when it is killed itself${missing ? ` (${missing})` : ''}`,
    async () => {
      const postgres = await startPostgres();
      const database = await openVerifierDatabase(folder.path, await postgres.createDatabase());
      const key = await loadServerKey(database, NOW_MS);
      await postgres.kill();
      await expect(database.ping()).rejects.toThrow();
      await postgres.restart();
      expect((await loadServerKey(database, NOW_MS)).keyId).toBe(key.keyId);
      await database.close();
      await postgres.stop();
    },
  );
});
