import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { MATERIALS_FOLDER_NAME } from '../../../src/main/store/material-store.ts';
import { ok } from '../../../src/shared/result.ts';
import { sampleCheck, sampleMaterials } from '../../support/sample-checks.ts';
import { sampleCertifyId, sampleRecord } from '../../support/sample-records.ts';
import { expectOk, openSampleStore, temporaryFolder, type SampleStore } from '../../support/sample-store.ts';

const ID = sampleCertifyId(1);
const END_MS = 1_000;
let folder: ReturnType<typeof temporaryFolder>;
let store: SampleStore;
beforeEach(() => {
  folder = temporaryFolder();
  store = openSampleStore(folder.path);
});
afterEach(() => {
  store.database.close();
  folder.remove();
});

it('keeps a record and its question together, or neither', () => {
  expectOk(store.records.commit(sampleRecord(1), { check: sampleCheck(1) }));
  expect(expectOk(store.checks.find(ID))).toMatchObject({ state: 'sealed', priority: 'live', attempts: 0 });
  const refused = sampleRecord(2, 'ok.matched', { consent: null });
  expect(store.records.commit(refused, { check: sampleCheck(2) })).toMatchObject({
    ok: false,
    error: { code: 'internal.bug' },
  });
  expect(() => store.records.commit(sampleRecord(3), { check: sampleCheck(1) })).toThrow('UNIQUE');
  expect(expectOk(store.queries.list(0, 10, null)).total).toBe(1);
});

it('gives materials back as they were, and destroys them with their key', async () => {
  expectOk(await store.materials.keep(ID, sampleMaterials(), END_MS));
  expectOk(store.records.commit(sampleRecord(1), { check: sampleCheck(1) }));
  const read = expectOk(await store.materials.read(ID));
  expect(read?.identity).toEqual(sampleMaterials().identity);
  expect(Buffer.from(read?.face?.bytes ?? [])).toEqual(Buffer.from(sampleMaterials().face?.bytes ?? []));
  expect(expectOk(store.materials.expired(END_MS - 1))).toEqual([]);
  expect(expectOk(store.materials.expired(END_MS))).toEqual([ID]);
  expect(expectOk(await store.materials.destroy(ID, 'acknowledged'))).toBe(true);
  expect(expectOk(await store.materials.read(ID))).toBeNull();
  expect(existsSync(join(folder.path, MATERIALS_FOLDER_NAME, ID))).toBe(false);
});

it('sweeps materials without a question that needs them, with a record or not', async () => {
  const ids = [1, 2, 3, 4].map((number) => sampleCertifyId(number));
  for (const id of ids) expectOk(await store.materials.keep(id, sampleMaterials(), END_MS));
  // The first is asked about, the second isn't, the third was given up, the fourth was never committed.
  expectOk(store.records.commit(sampleRecord(1), { check: sampleCheck(1) }));
  expectOk(store.records.commit(sampleRecord(2)));
  const third = sampleCertifyId(3);
  expectOk(store.records.commit(sampleRecord(3), { check: sampleCheck(3) }));
  expectOk(store.checks.change(third, { event: 'refuse', failure: { code: 'verifier.refused' }, outcome: null }));
  expectOk(store.checks.change(third, { event: 'give-up', clerk: 'clerk-7' }));
  expect(expectOk(await store.materials.sweepOrphans())).toBe(3);
  const left = await Promise.all(ids.map(async (id) => expectOk(await store.materials.read(id)) !== null));
  expect(left).toEqual([true, false, false, false]);
});

it('sweeps materials whose record was never committed', async () => {
  expectOk(await store.materials.keep(ID, sampleMaterials(), END_MS));
  expect(expectOk(await store.materials.sweepOrphans())).toBe(1);
  expect(expectOk(await store.materials.read(ID))).toBeNull();
});

it('remembers calls that may be billed until they are settled', async () => {
  const call = { certifyId: ID, verifier: 'tencent', operation: 'Op', orderId: 'o', startedAtMs: 5 };
  const attempt = { ...call, attemptId: 'a1', number: 1 };
  expect(await store.attempts.begin(attempt)).toEqual(ok(null));
  expect(await store.attempts.begin({ ...attempt, attemptId: 'a2' })).toMatchObject({ ok: false });
  expectOk(await store.attempts.refer('a1', 'vendor-7'));
  store.database.close();
  store = openSampleStore(folder.path);
  expect(await store.attempts.unsettled('o')).toEqual(ok([{ ...attempt, reference: 'vendor-7' }]));
  expectOk(await store.attempts.settle('a1', { reason: 'ok.confirmed', code: '0' }));
  expect(await store.attempts.unsettled('o')).toEqual(ok([]));
});
