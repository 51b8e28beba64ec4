import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { everyTenth } from '../../../src/main/composition/migration-notes.ts';
import { DATABASE_FILE_NAME, openDatabase, type StoreDatabase } from '../../../src/main/store/database.ts';
import { deriveKeys } from '../../../src/main/store/key-source.ts';
import { MIGRATION_PAGE, type MigrationProgress } from '../../../src/main/store/migration-steps.ts';
import { MIGRATIONS } from '../../../src/main/store/migrations/index.ts';
import { canonicalJson } from '../../../src/shared/canonical-json.ts';
import { sampleRecord } from '../../support/sample-records.ts';
import { expectOk, SAMPLE_MASTER_KEY, temporaryFolder } from '../../support/sample-store.ts';
import { NODE_24 } from '../../support/source-verifier.ts';

/** Before there were reports and searches. */
const OLDER = MIGRATIONS.slice(0, 5);
const PREPARES = 8;
const RECORDS = 2 * MIGRATION_PAGE + 30;
const KEY = deriveKeys(SAMPLE_MASTER_KEY).database;
const CHILD = join(import.meta.dirname, '../../support/migrate-until-killed.ts');

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, DATABASE_FILE_NAME);
  const database = expectOk(openDatabase(path, KEY, { migrations: OLDER }));
  const insert = database.prepare(
    `INSERT INTO records (seq, certify_id, day, provisional, record) VALUES (?, ?, '2026-03-02', 0, ?)`,
  );
  database.transaction(() => {
    for (let number = 1; number <= RECORDS; number += 1) {
      const record = sampleRecord(number);
      insert.run(number, record.certifyId, canonicalJson(record));
    }
  })();
  database.close();
});
afterEach(() => folder.remove());

/** Opened as it is: nothing is brought up to date. */
function asItIs(): { readonly version: unknown; readonly records: unknown } {
  const database = new Database(path);
  database.pragma(`cipher='sqlcipher'`);
  database.pragma(`key="x'${KEY.toString('hex')}'"`);
  const version = database.pragma('user_version', { simple: true });
  const records = database.prepare('SELECT count(*) FROM records').pluck().get();
  database.close();
  return { version, records };
}

function differences(database: StoreDatabase): unknown {
  return database
    .prepare(
      `SELECT (SELECT count(*) FROM (SELECT * FROM record_facts EXCEPT SELECT * FROM record_facts_now))
            + (SELECT count(*) FROM (SELECT * FROM record_facts_now EXCEPT SELECT * FROM record_facts))`,
    )
    .pluck()
    .get();
}

describe('a database of an earlier version', () => {
  it.each([1, 2, 3])('is whole after a kill at step %d, and goes on at the next start', (step) => {
    const killed = spawnSync(NODE_24, [CHILD, path, String(step)], { timeout: 20_000 });
    expect(killed.signal).toBe('SIGKILL');
    expect(asItIs()).toEqual({ version: PREPARES - 1, records: RECORDS });

    const database = expectOk(openDatabase(path, KEY));
    expect(database.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length);
    expect(database.prepare('SELECT count(*) FROM record_facts').pluck().get()).toBe(RECORDS);
    expect(differences(database)).toBe(0);
    database.close();
  });

  it('says how far it is, and a current one says nothing', () => {
    const told: MigrationProgress[] = [];
    const onMigration = (progress: MigrationProgress): number => told.push(progress);
    expectOk(openDatabase(path, KEY, { onMigration })).close();
    expectOk(openDatabase(path, KEY, { onMigration })).close();
    const versions = MIGRATIONS.length;
    expect(told).toEqual(
      [MIGRATION_PAGE, 2 * MIGRATION_PAGE, RECORDS].map((done) => ({
        version: PREPARES,
        versions,
        done,
        records: RECORDS,
      })),
    );
  });

  it('is noted at its first step and at each tenth', () => {
    const noted: number[] = [];
    const note = everyTenth(({ done }) => noted.push(done));
    for (let done = 1; done <= 1_000; done += 1) note({ version: PREPARES, versions: 9, done, records: 1_000 });
    expect(noted).toEqual([1, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1_000]);
  });
});
