import { copyFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkIntegrity, openDatabase, quarantineDatabase } from '../../../src/main/store/database.ts';
import { MIGRATIONS } from '../../../src/main/store/migrations/index.ts';
import type { Failure } from '../../../src/shared/reasons.ts';
import { sampleRecord } from '../../support/sample-records.ts';
import { expectOk, openSampleStore, temporaryFolder, type SampleStore } from '../../support/sample-store.ts';

const PAGE_BYTES = 4096;
let folder: ReturnType<typeof temporaryFolder>;
let store: SampleStore;

beforeEach(() => {
  folder = temporaryFolder();
  store = openSampleStore(folder.path);
  for (let number = 1; number <= 40; number += 1) expectOk(store.records.commit(sampleRecord(number)));
});

afterEach(() => {
  store.database.close();
  folder.remove();
});

/** What opening a database and reading all of it finds wrong. */
function findDamage(path: string, key = store.keys.database): Failure | null {
  const opened = openDatabase(path, key);
  if (!opened.ok) return opened.error;
  const checked = checkIntegrity(opened.value);
  opened.value.close();
  return checked.ok ? null : checked.error;
}

describe('the file', () => {
  it('is encrypted: no text of a record is in it', () => {
    store.database.pragma('wal_checkpoint(TRUNCATE)');
    const bytes = readFileSync(store.path);
    expect(bytes.length).toBeGreaterThan(10 * PAGE_BYTES);
    expect(bytes.subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3');
    expect(bytes.includes('certifyId')).toBe(false);
    expect(bytes.includes('CREATE TABLE')).toBe(false);
  });

  it('does not open with another key, and says so', () => {
    store.database.close();
    expect(findDamage(store.path, Buffer.alloc(32, 1))).toMatchObject({ code: 'store.wrong-key' });
    expect(findDamage(store.path)).toBeNull();
  });

  it('shows every flipped bit', () => {
    store.database.pragma('wal_checkpoint(TRUNCATE)');
    store.database.close();
    const sound = readFileSync(store.path);
    const found: Record<string, number> = {};
    const flips = 120;
    for (let flip = 0; flip < flips; flip += 1) {
      const damaged = Buffer.from(sound);
      const at = Math.floor((flip / flips) * sound.length) + (flip % 3);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << (flip % 8));
      writeFileSync(store.path, damaged);
      const code = findDamage(store.path)?.code ?? 'nothing';
      found[code] = (found[code] ?? 0) + 1;
    }
    expect(found).toEqual({ 'store.corrupt': flips });
  });

  it('shows that it was cut', () => {
    store.database.pragma('wal_checkpoint(TRUNCATE)');
    store.database.close();
    const { length } = readFileSync(store.path);
    for (const bytes of [length - 1, length - PAGE_BYTES, PAGE_BYTES + 17, 100]) {
      const copy = join(folder.path, `cut-${bytes}.db`);
      copyFileSync(store.path, copy);
      copyFileSync(`${store.path}.key-id`, `${copy}.key-id`);
      truncateSync(copy, bytes);
      expect(findDamage(copy)).toMatchObject({ code: 'store.corrupt' });
    }
  });

  it('is moved aside whole, and a new one can start', () => {
    store.database.close();
    const sound = readFileSync(store.path);
    const aside = expectOk(quarantineDatabase(store.path, '1'));
    expect(readFileSync(aside)).toEqual(sound);
    expect(existsSync(store.path)).toBe(false);
    expect(quarantineDatabase(store.path, '1')).toMatchObject({ ok: false });
    store = openSampleStore(folder.path);
    expect(expectOk(store.queries.list(0, 1, null)).total).toBe(0);
    expect(findDamage(aside)).toBeNull();
  });

  it('of a newer version is refused and left alone', () => {
    store.database.pragma('user_version=99');
    store.database.close();
    const refused = openDatabase(store.path, store.keys.database);
    expect(refused).toMatchObject({ ok: false, error: { code: 'store.unavailable' } });
  });

  it('is unchanged when a migration fails', () => {
    store.database.close();
    const broken = [...MIGRATIONS, 'CREATE TABLE added (x); INSERT INTO nowhere VALUES (1)'];
    expect(() => openDatabase(store.path, store.keys.database, { migrations: broken })).toThrow('nowhere');
    const again = expectOk(openDatabase(store.path, store.keys.database));
    expect(again.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length);
    expect(again.prepare(`SELECT count(*) AS n FROM sqlite_master WHERE name = 'added'`).get()).toEqual({ n: 0 });
    again.close();
  });
});

describe('the power going away', () => {
  it('leaves a prefix of the commits, at every 512 bytes of the last ones', () => {
    store.database.pragma('wal_checkpoint(TRUNCATE)');
    for (let number = 41; number <= 43; number += 1) expectOk(store.records.commit(sampleRecord(number)));
    const main = readFileSync(store.path);
    const wal = readFileSync(`${store.path}-wal`);
    const key = store.keys.database;
    const totals = new Set<number>();
    let cuts = 0;
    for (let cut = 0; cut < wal.length + 512; cut += 512) {
      const copy = join(folder.path, 'power.db');
      writeFileSync(copy, main);
      writeFileSync(`${copy}-wal`, wal.subarray(0, cut));
      const opened = expectOk(openDatabase(copy, key));
      const ids = opened.prepare<[], number>('SELECT count(*) FROM records').pluck().get() ?? 0;
      const receipts = opened.prepare<[], number>('SELECT max(seq) FROM receipts').pluck().get() ?? 0;
      expect(receipts).toBe(ids);
      totals.add(ids);
      opened.close();
      cuts += 1;
    }
    expect(cuts).toBeGreaterThan(20);
    expect([...totals].sort()).toEqual([40, 41, 42, 43]);
  });
});

describe('a disk that is full or read-only', () => {
  it('refuses the commit whole, and works again when there is room', () => {
    const pages = store.database.pragma('page_count', { simple: true }) as number;
    store.database.pragma(`max_page_count=${pages}`);
    let number = 100;
    let refused: Failure | null = null;
    while (refused === null && number < 200) {
      const committed = store.records.commit(sampleRecord(number));
      if (committed.ok) number += 1;
      else refused = committed.error;
    }
    expect(refused).toEqual({ code: 'store.full', detail: 'SQLITE_FULL' });
    expect(store.queries.show(sampleRecord(number).certifyId)).toMatchObject({ ok: false });
    store.database.pragma('max_page_count=1000000');
    const seqBefore = store.database.prepare<[], number>('SELECT max(seq) FROM receipts').pluck().get() ?? 0;
    const after = expectOk(store.records.commit(sampleRecord(number)));
    expect(after.receipt.body.seq).toBe(seqBefore + 1);
  });

  it('is a failure to open, not an empty store', () => {
    expect(openDatabase(join(folder.path, 'missing', 'x.db'), store.keys.database)).toMatchObject({
      ok: false,
      error: { code: 'store.unavailable' },
    });
    expect(openDatabase(join(folder.path, 'none.db'), store.keys.database, { readOnly: true })).toMatchObject({
      ok: false,
      error: { code: 'store.unavailable' },
    });
  });
});
