import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDeviceRegistry } from '../../../src/verifier/device-registry.ts';
import { createIdempotency } from '../../../src/verifier/idempotency.ts';
import { addServerKey, loadServerKey } from '../../../src/verifier/server-key.ts';
import type { Tables } from '../../../src/verifier/storage/tables.ts';
import { ok } from '../../../src/shared/result.ts';
import { forEachStorage, type OpenStorage } from '../../support/each-storage.ts';
import { manualClock } from '../../support/manual-clock.ts';

const NOW_MS = Date.UTC(2026, 2, 2, 9);

const secret = (name: string, at = NOW_MS) => ({ name, value: Buffer.from([0, 255, 7]), created_at_ms: at });

forEachStorage('the database', (open) => {
  let storage: OpenStorage;

  beforeEach(async () => {
    storage = await open();
  });

  afterEach(async () => {
    await storage.close();
  });

  it('gives back numbers, text, bytes and nothing as they were put in', async () => {
    const { queries } = storage.database;
    const row = { ...secret('näme 测'), created_at_ms: Number.MAX_SAFE_INTEGER };
    await queries.insertInto('secrets').values(row).execute();
    expect(await queries.selectFrom('secrets').selectAll().execute()).toEqual([row]);
    const counted = await queries
      .selectFrom('secrets')
      .select((expression) => [
        expression.fn.countAll<number>().as('rows'),
        expression.fn.sum<number>('created_at_ms').as('sum'),
        expression.fn.max('created_at_ms').as('newest'),
      ])
      .executeTakeFirstOrThrow();
    expect(counted).toEqual({ rows: 1, sum: Number.MAX_SAFE_INTEGER, newest: Number.MAX_SAFE_INTEGER });
  });

  it('has every table', async () => {
    const { queries } = storage.database;
    const counts = await Promise.all(
      TABLES.map((table) =>
        queries
          .selectFrom(table)
          .select((all) => all.fn.countAll<number>().as('rows'))
          .execute(),
      ),
    );
    expect(counts).toEqual(TABLES.map(() => [{ rows: 0 }]));
  });

  it('takes a transaction back as a whole, and what it said before stays', async () => {
    const { database } = storage;
    await database.queries.insertInto('secrets').values(secret('before')).execute();
    const failed = database.transaction(async (queries) => {
      await queries.insertInto('secrets').values(secret('within')).execute();
      await queries.deleteFrom('secrets').where('name', '=', 'before').execute();
      throw new Error('changed its mind');
    });
    await expect(failed).rejects.toThrow('changed its mind');
    expect(await database.queries.selectFrom('secrets').select('name').execute()).toEqual([{ name: 'before' }]);
  });

  it('lets nobody wait for himself inside of a transaction', async () => {
    const { database } = storage;
    const inside = database.transaction(() => database.queries.selectFrom('secrets').selectAll().execute());
    await expect(inside).rejects.toThrow('its own queries');
    const nested = database.transaction(() => database.transaction(async () => null));
    await expect(nested).rejects.toThrow('its own queries');
    await database.ping();
  });

  it('runs transactions that read and write the same as if one came after the other', async () => {
    const { database } = storage;
    const other = await storage.reopen();
    await database.queries.insertInto('secrets').values(secret('counter', 0)).execute();
    const increments = Array.from({ length: 40 }, (_, index) =>
      (index % 2 === 0 ? database : other).transaction(async (queries) => {
        const { created_at_ms: count } = await queries
          .selectFrom('secrets')
          .select('created_at_ms')
          .where('name', '=', 'counter')
          .executeTakeFirstOrThrow();
        await queries
          .updateTable('secrets')
          .set({ created_at_ms: count + 1 })
          .execute();
      }),
    );
    await Promise.all(increments);
    await other.close();
    expect(await database.queries.selectFrom('secrets').select('created_at_ms').execute()).toEqual([
      { created_at_ms: 40 },
    ]);
  });

  it('lets one of many insert what may be there once', async () => {
    const { database } = storage;
    const winners = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        database.transaction(async (queries) => {
          const known = await queries.selectFrom('secrets').select('name').where('name', '=', 'one').execute();
          if (known.length > 0) return null;
          await queries.insertInto('secrets').values(secret('one', index)).execute();
          return index;
        }),
      ),
    );
    expect(winners.filter((winner) => winner !== null)).toHaveLength(1);
  });

  it('keeps references: no key for a device that is not there', async () => {
    const key = { key_id: 'dev_x:k1', device_id: 'dev_x', public_key_x: 'x', created_at_ms: 0 };
    await expect(storage.database.queries.insertInto('device_keys').values(key).execute()).rejects.toThrow(
      /foreign key/i,
    );
  });

  it('is the same after a restart', async () => {
    await storage.database.queries.insertInto('secrets').values(secret('kept')).execute();
    const first = await loadServerKey(storage.database, NOW_MS);
    const again = await storage.reopen();
    expect(await again.queries.selectFrom('secrets').selectAll().execute()).toEqual([secret('kept')]);
    expect((await loadServerKey(again, NOW_MS)).keyId).toBe(first.keyId);
    await again.close();
  });

  it('makes one server key when several processes start at once', async () => {
    const other = await storage.reopen();
    const keys = await Promise.all(
      [storage.database, other, storage.database].map((each) => loadServerKey(each, NOW_MS)),
    );
    expect(new Set(keys.map(({ keyId }) => keyId)).size).toBe(1);
    await other.close();
  });

  it('signs with the newest server key, which the one before vouches for, and knows what the old one signed', async () => {
    const old = await loadServerKey(storage.database, NOW_MS);
    const signed = old.sign('a receipt');
    await addServerKey(storage.database, NOW_MS);
    const renewed = await loadServerKey(storage.database, NOW_MS + 1);
    expect(renewed.keyId).not.toBe(old.keyId);
    expect(renewed.listed.map(({ keyId }) => keyId)).toEqual([renewed.keyId, old.keyId]);
    const [{ endorsement } = { endorsement: null }, { endorsement: first } = { endorsement: null }] = renewed.listed;
    expect([endorsement?.keyId, first]).toEqual([old.keyId, null]);
    expect(renewed.verify(`kv1-server-key|${renewed.keyId}|${renewed.fingerprint}`, endorsement!)).toBe(true);
    expect([renewed.verify('a receipt', signed), renewed.verify('another', signed)]).toEqual([true, false]);
    expect(old.verify('a receipt', renewed.sign('a receipt'))).toBe(false);
  });

  it('answers a request once, also when it arrives at two processes at the same time', async () => {
    const clock = manualClock(NOW_MS);
    const other = await storage.reopen();
    const device = { deviceId: 'dev_1', keyId: 'dev_1:k1', publicKeyX: 'x', keys: [], revoked: false };
    const request = { device, idempotencyKey: 'k'.repeat(20), contentDigest: 'digest' };
    let effects = 0;
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const work = async () => {
      effects += 1;
      await held;
      return ok(`answer ${effects}`);
    };
    // A file has one process that answers: there the two are one.
    const one = createIdempotency(storage.database, clock, 'one');
    const two = storage.address === null ? one : createIdempotency(other, clock, 'two');
    const first = one.once(request, work);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await two.once(request, work)).toMatchObject({ ok: false, error: { code: 'idempotency_in_flight' } });
    release();
    expect(await first).toEqual(ok('answer 1'));
    expect(await two.once(request, work)).toEqual(ok('answer 1'));
    expect(await two.once({ ...request, contentDigest: 'other' }, work)).toMatchObject({
      error: { code: 'idempotency_conflict' },
    });
    expect(effects).toBe(1);
    await other.close();
  });

  it('takes each nonce and each sequence number once, however many come at once', async () => {
    const { database } = storage;
    const clock = manualClock(NOW_MS);
    const devices = createDeviceRegistry(database, clock);
    await enrolRow(database.queries);
    const device = (await devices.findByKeyId('dev_1:k1'))!;
    const taken = await Promise.all(Array.from({ length: 8 }, () => devices.takeOnce(device, 'nonce', 7, NOW_MS)));
    expect(taken.filter((each) => each === 'taken')).toHaveLength(1);
    expect(new Set(taken)).toEqual(new Set(['taken', 'nonce-used']));
    expect(await devices.takeOnce(device, 'other', 7, NOW_MS)).toBe('sequence-used');
    expect(await devices.takeOnce(device, 'third', 8, NOW_MS)).toBe('taken');
  });
});

async function enrolRow(queries: OpenStorage['database']['queries']): Promise<void> {
  const named = { device_id: 'dev_1', key_id: 'dev_1:k1', public_key_x: 'x' };
  const device = { ...named, label: '', model: 'm', app_version: '1', enrolled_at_ms: 0, last_sequence: 0 };
  await queries.insertInto('devices').values(device).execute();
  await queries
    .insertInto('device_keys')
    .values({ ...named, created_at_ms: 0 })
    .execute();
}

const TABLES = [
  'server_keys',
  'sealing_keys',
  'secrets',
  'enrolment_codes',
  'enrolment_tries',
  'devices',
  'device_keys',
  'nonces',
  'idempotency',
  'idempotency_claims',
  'submissions',
  'challenges',
  'sessions',
  'artifacts',
  'artifact_pieces',
  'attempts',
  'decisions',
  'reviews',
  'deletions',
  'reference_photos',
  'operators',
  'operator_actions',
  'policies',
] as const satisfies readonly (keyof Tables)[];
