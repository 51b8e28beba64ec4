import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/main/store/database.ts';
import { openBundle, sealBundle, type VaultPart } from '../../../src/main/store/vault-bundle.ts';
import { createVaultFiles, SYSTEM_DISK, type VaultDisk } from '../../../src/main/store/vault-files.ts';
import { evidenceEndMs, settleEvidence, sweepExpired } from '../../../src/main/store/vault-retention.ts';
import { sessionParts } from '../../../src/main/store/vault-parts.ts';
import { createVault, readEvidence, type Vault } from '../../../src/main/store/vault.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { SAMPLE_START_MS, sampleCertifyId, sampleRecord } from '../../support/sample-records.ts';
import { expectOk, openSampleStore, temporaryFolder, type SampleStore } from '../../support/sample-store.ts';

const DAY_MS = 86_400_000;
const ID = sampleCertifyId(1);
const END_MS = SAMPLE_START_MS + 30 * DAY_MS;
const MARKER = 'bytes that must never be on the disk as they are';
const PARTS: readonly VaultPart[] = [
  { name: 'session.json', bytes: Buffer.from(MARKER) },
  { name: 'frames/0000.png', bytes: Uint8Array.from({ length: 5_000 }, (_, i) => i % 251) },
  { name: 'frames/0001.png', bytes: new Uint8Array(0) },
];

let folder: ReturnType<typeof temporaryFolder>;
let store: SampleStore;
let root: string;
let vault: Vault;

const vaultOn = (disk: VaultDisk = SYSTEM_DISK, wrappingKey = store.keys.evidence): Vault =>
  createVault({
    database: store.database,
    audit: store.audit,
    wrappingKey,
    randomBytes: (length) => new Uint8Array(randomBytes(length)),
    files: createVaultFiles(root, disk),
  });
const fileOf = (certifyId: string, bundle = 'session'): string => join(root, certifyId, `${bundle}.vault`);
const plain = (parts: readonly VaultPart[] | null) =>
  parts?.map(({ name, bytes }) => ({ name, bytes: Buffer.from(bytes).toString('hex') }));
const auditKinds = (): string[] =>
  store.database
    .prepare<[], string>('SELECT entry FROM audit ORDER BY seq')
    .pluck()
    .all()
    .map((entry) => (JSON.parse(entry) as { kind: string }).kind);

beforeEach(() => {
  folder = temporaryFolder();
  store = openSampleStore(folder.path, { clock: manualClock(SAMPLE_START_MS) });
  root = join(folder.path, 'evidence');
  mkdirSync(root);
  vault = vaultOn();
  expectOk(store.records.commit(sampleRecord(1)));
});
afterEach(() => {
  store.database.close();
  folder.remove();
});

describe('kept evidence', () => {
  it('comes back as it was, and is nowhere on the disk in plain', async () => {
    expectOk(await vault.keep(ID, 'session', PARTS, END_MS));
    expect(plain(expectOk(await vault.read(ID, 'session')))).toEqual(plain(PARTS));
    expect(expectOk(await vault.list(ID))).toEqual(['session']);
    expect(readFileSync(fileOf(ID)).includes(MARKER)).toBe(false);
    expect(readdirSync(join(root, ID))).toEqual(['session.vault']);
    expect(auditKinds().filter((kind) => kind === 'evidence.kept').length).toBe(1);
  });

  it('is replaced by a bundle of the same name and joined by others under the same key', async () => {
    expectOk(await vault.keep(ID, 'session', PARTS, END_MS));
    expectOk(await vault.keep(ID, 'session', PARTS.slice(0, 1), END_MS));
    expectOk(await vault.keep(ID, 'clip', [{ name: 'clip.mp4', bytes: Uint8Array.of(1) }], END_MS));
    expect(expectOk(await vault.read(ID, 'session'))!.length).toBe(1);
    expect(expectOk(await vault.list(ID))).toEqual(['session', 'clip']);
    expect(expectOk(vault.rows())).toEqual([
      { certifyId: ID, destroyAtMs: END_MS, sceneId: 'counter', startedAtMs: SAMPLE_START_MS + 1_000 },
    ]);
  });

  it('is kept until the earliest end that it was given', async () => {
    const ends: number[] = [];
    for (const end of [END_MS, END_MS - 5_000, END_MS + 5_000]) {
      expectOk(await vault.keep(ID, 'session', PARTS, end));
      ends.push(...expectOk(vault.rows()).map(({ destroyAtMs }) => destroyAtMs));
    }
    expect(ends).toEqual([END_MS, END_MS - 5_000, END_MS - 5_000]);
  });

  it('reads as nothing where nothing was kept', async () => {
    expect(expectOk(await vault.read(ID, 'session'))).toBeNull();
    expectOk(await vault.keep(ID, 'clip', [{ name: 'clip.mp4', bytes: Uint8Array.of(1) }], END_MS));
    expect(expectOk(await vault.read(ID, 'session'))).toBeNull();
  });

  it.each(['../escape', 'not-an-id', ''])('refuses %j as the id of a certification', async (certifyId) => {
    const refused = { ok: false, error: { code: 'request.invalid' } };
    expect(await vault.keep(certifyId, 'session', PARTS, END_MS)).toMatchObject(refused);
    expect(await vault.read(certifyId, 'session')).toMatchObject(refused);
    expect(await vault.destroy(certifyId, 'erased')).toMatchObject(refused);
  });

  it.each([
    ['a name that leaves the folder', [{ name: 'a/../../b', bytes: Uint8Array.of(1) }]],
    ['an absolute name', [{ name: '/etc/passwd', bytes: Uint8Array.of(1) }]],
    ['two parts of one name', [PARTS[0]!, PARTS[0]!]],
    ['more bytes than a bundle holds', [{ name: 'large', bytes: new Uint8Array(65 * 1_048_576) }]],
  ])('refuses %s and leaves nothing behind', async (_, parts) => {
    expect(await vault.keep(ID, 'session', parts, END_MS)).toMatchObject({ error: { code: 'request.invalid' } });
    expect(expectOk(vault.rows())).toEqual([]);
    expect(existsSync(join(root, ID))).toBe(false);
  });
});

describe('a file that is not what was written', () => {
  beforeEach(async () => void expectOk(await vault.keep(ID, 'session', PARTS, END_MS)));
  const code = async () => ({ ...(await vault.read(ID, 'session')) }) as { ok: boolean; error?: { code: string } };

  it('is torn at every length', async () => {
    const whole = readFileSync(fileOf(ID));
    for (const length of [0, 1, 8, 35, 36, 60, whole.length - 17, whole.length - 1]) {
      writeFileSync(fileOf(ID), whole.subarray(0, length));
      expect(await code()).toMatchObject({ ok: false, error: { code: 'store.corrupt' } });
    }
    writeFileSync(fileOf(ID), Buffer.concat([whole, Buffer.of(0)]));
    expect(await code()).toMatchObject({ error: { code: 'store.corrupt' } });
    writeFileSync(fileOf(ID), whole);
    expect((await code()).ok).toBe(true);
  });

  it('never opens with any one byte changed', async () => {
    const whole = readFileSync(fileOf(ID));
    const places = [...Array(60).keys(), ...Array.from({ length: 60 }, (_, i) => whole.length - 1 - i * 80)];
    for (const at of places) {
      const changed = Buffer.from(whole);
      changed[at]! ^= 1;
      writeFileSync(fileOf(ID), changed);
      expect((await code()).ok, `byte ${at}`).toBe(false);
    }
  });

  it('does not open in the place of another bundle or another certification', async () => {
    const sealed = readFileSync(fileOf(ID));
    writeFileSync(fileOf(ID, 'clip'), sealed);
    expect(await vault.read(ID, 'clip')).toMatchObject({ error: { code: 'store.corrupt' } });
    const other = sampleCertifyId(2);
    expectOk(await vault.keep(other, 'session', PARTS, END_MS));
    writeFileSync(fileOf(other), sealed);
    expect(await vault.read(other, 'session')).toMatchObject({ error: { code: 'store.wrong-key' } });
  });

  it('needs the key of this installation', async () => {
    const elsewhere = vaultOn(SYSTEM_DISK, Buffer.alloc(32, 9));
    expect(await elsewhere.read(ID, 'session')).toMatchObject({ error: { code: 'store.wrong-key' } });
  });

  it('is nothing kept when it is gone', async () => {
    expect(expectOk(await createVaultFiles(root).remove(ID, 'session'))).toBeNull();
    expect(expectOk(await vault.read(ID, 'session'))).toBeNull();
  });
});

describe('a disk that fills up', () => {
  /** Fails with the system's own code once `room` bytes are written. */
  const filling = (room: number): VaultDisk => ({
    ...SYSTEM_DISK,
    open: async (...asked) => {
      const file = await open(...asked);
      let left = room;
      const writeFile = file.writeFile.bind(file);
      file.writeFile = async (data) => {
        left -= (data as Uint8Array).length;
        if (left < 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
        await writeFile(data);
      };
      return file;
    },
  });

  it.each([0, 40, 3_000])('after %i bytes is a failure, leaves nothing, and records still commit', async (room) => {
    const kept = await vaultOn(filling(room)).keep(ID, 'session', PARTS, END_MS);
    expect(kept).toMatchObject({ ok: false, error: { code: 'store.full' } });
    expect(existsSync(join(root, ID))).toBe(false);
    expect(expectOk(vault.rows())).toEqual([]);
    expect(expectOk(store.queries.show(ID)).record).toEqual(sampleRecord(1));
    expectOk(store.records.commit(sampleRecord(2)));
  });

  it('keeps what was there when a replacement does not fit', async () => {
    expectOk(await vault.keep(ID, 'session', PARTS, END_MS));
    expect(await vaultOn(filling(40)).keep(ID, 'session', [], END_MS)).toMatchObject({ ok: false });
    expect(plain(expectOk(await vault.read(ID, 'session')))).toEqual(plain(PARTS));
    expect(readdirSync(join(root, ID))).toEqual(['session.vault']);
  });

  it('leaves the last of its room to the records', async () => {
    const nearlyFull: VaultDisk = { ...SYSTEM_DISK, freeBytes: async () => 200 * 1_048_576 };
    const kept = await vaultOn(nearlyFull).keep(ID, 'session', PARTS, END_MS);
    expect(kept).toMatchObject({ error: { code: 'store.full', detail: 'the room left is kept for records' } });
  });
});

describe('destroyed evidence', () => {
  it('has neither key nor files, and copies of its files stay closed', async () => {
    expectOk(await vault.keep(ID, 'session', PARTS, END_MS));
    const copy = readFileSync(fileOf(ID));
    const wrapped = store.database.prepare<[], Buffer>('SELECT wrapped_key FROM evidence_keys').pluck().get()!;
    expect(expectOk(await vault.destroy(ID, 'erased'))).toBe(true);
    expect(expectOk(await vault.read(ID, 'session'))).toBeNull();
    expect(readdirSync(root)).toEqual([]);
    expect(store.database.serialize().includes(wrapped)).toBe(false);
    mkdirSync(join(root, ID));
    writeFileSync(fileOf(ID), copy);
    expect(expectOk(await vault.read(ID, 'session'))).toBeNull();
    expectOk(await vault.keep(ID, 'clip', [], END_MS));
    expect(await vault.read(ID, 'session')).toMatchObject({ error: { code: 'store.wrong-key' } });
    expect(auditKinds()).toContain('evidence.destroyed');
    expect(expectOk(store.queries.show(ID)).record).toEqual(sampleRecord(1));
  });

  it('was never there the second time', async () => {
    expectOk(await vault.keep(ID, 'session', PARTS, END_MS));
    expectOk(await vault.destroy(ID, 'erased'));
    expect(expectOk(await vault.destroy(ID, 'erased'))).toBe(false);
  });
});

describe('sweeping', () => {
  it('at the start removes what interrupted runs left, and nothing else', async () => {
    expectOk(await vault.keep(ID, 'session', PARTS, END_MS));
    writeFileSync(`${fileOf(ID)}.1234.new`, 'half a file');
    const withoutRecord = sampleCertifyId(2);
    expectOk(await vault.keep(withoutRecord, 'session', PARTS, END_MS));
    const withoutFiles = sampleCertifyId(3);
    expectOk(store.records.commit(sampleRecord(3)));
    expectOk(await vault.keep(withoutFiles, 'session', PARTS, END_MS));
    expectOk(await createVaultFiles(root).remove(withoutFiles));
    mkdirSync(join(root, sampleCertifyId(4)));
    writeFileSync(fileOf(sampleCertifyId(4)), 'noise');
    expect(expectOk(await vault.sweepOrphans())).toBe(3);
    expect(readdirSync(root)).toEqual([ID]);
    expect(readdirSync(join(root, ID))).toEqual(['session.vault']);
    expect(expectOk(vault.rows()).map(({ certifyId }) => certifyId)).toEqual([ID]);
    expect(expectOk(await vault.sweepOrphans())).toBe(0);
  });

  it('destroys evidence at the end that it was kept with, or at the scene’s shorter one', async () => {
    expectOk(store.records.commit(sampleRecord(2, 'face.low-similarity', { sceneId: 'strict' })));
    for (const number of [1, 2]) {
      const endMs = evidenceEndMs(SAMPLE_START_MS + number * 1_000, 30);
      expectOk(await vault.keep(sampleCertifyId(number), 'session', PARTS, endMs));
    }
    const days = (sceneId: string): number | null => ({ strict: 7, counter: 60 })[sceneId] ?? null;
    const left = () => expectOk(vault.rows()).map(({ certifyId }) => certifyId);
    expect(expectOk(await sweepExpired(vault, SAMPLE_START_MS + 7 * DAY_MS, days))).toBe(0);
    expect(expectOk(await sweepExpired(vault, SAMPLE_START_MS + 7 * DAY_MS + 2_000, days))).toBe(1);
    expect(left()).toEqual([ID]);
    expect(expectOk(await sweepExpired(vault, SAMPLE_START_MS + 30 * DAY_MS + 1_000, () => null))).toBe(1);
    expect(left()).toEqual([]);
  });

  it('keeps only what the verdict gives reason to keep', async () => {
    const states = ['passed', 'failed', 'review', 'error'] as const;
    const kept = async (keep: 'none' | 'review' | 'all') => {
      const left: string[] = [];
      for (const state of states) {
        expectOk(await vault.keep(ID, 'session', PARTS, END_MS));
        expectOk(await settleEvidence(vault, ID, { keep, clip: false }, state));
        if (expectOk(await vault.read(ID, 'session')) !== null) left.push(state);
      }
      return left;
    };
    expect(await kept('none')).toEqual([]);
    expect(await kept('review')).toEqual(['failed', 'review']);
    expect(await kept('all')).toEqual(['passed', 'failed', 'review']);
  });
});

describe('reading without the application', () => {
  it('needs no more than the database opened for reading', async () => {
    expectOk(await vault.keep(ID, 'session', PARTS, END_MS));
    const database = expectOk(openDatabase(store.path, store.keys.database, { readOnly: true }));
    const parts = { database, wrappingKey: store.keys.evidence, files: createVaultFiles(root) };
    expect(plain(expectOk(await readEvidence(parts, ID, 'session')))).toEqual(plain(PARTS));
    database.close();
  });
});

it('a bundle uses its nonce and its place', () => {
  const key = Buffer.alloc(32, 1);
  const seal = (nonce: number, bundle: string): Buffer =>
    Buffer.concat([...expectOk(sealBundle(key, Buffer.alloc(12, nonce), { certifyId: ID, bundle }, PARTS))]);
  expect(seal(1, 'a').equals(seal(2, 'a'))).toBe(false);
  expect(plain(expectOk(openBundle(key, { certifyId: ID, bundle: 'a' }, seal(1, 'a'))))).toEqual(plain(PARTS));
});

describe('the parts of a bundle', () => {
  const session = (kind: string, bytes: number) => ({
    kind,
    files: [
      { name: 'frames/0000.png', bytes: new Uint8Array(bytes) },
      { name: 'session.json', bytes: Uint8Array.of(1) },
    ],
  });

  it('number the challenges in order', () => {
    expect(sessionParts([session('light', 5), session('action', 5)]).map(({ name }) => name)).toEqual([
      '1-light/frames/0000.png',
      '1-light/session.json',
      '2-action/frames/0000.png',
      '2-action/session.json',
    ]);
  });

  it('leave out whole challenges, the earliest, where they are too much', () => {
    const large = 30 * 1_048_576;
    const parts = sessionParts([session('light', large), session('light', large), session('action', large)]);
    expect(parts.map(({ name }) => name.split('/')[0])).toEqual(['2-light', '2-light', '3-action', '3-action']);
  });
});
