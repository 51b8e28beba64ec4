import { createHash, verify } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { privacyStatus } from '../../../src/main/composition/admin-privacy-handlers.ts';
import type { Installation } from '../../../src/main/composition/installation.ts';
import { verifyAudit } from '../../../src/main/store/audit-verification.ts';
import { canonicalJson } from '../../../src/shared/canonical-json.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err } from '../../../src/shared/result.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { SAMPLE_START_MS, sampleCertifyId, sampleRecord } from '../../support/sample-records.ts';
import {
  filesUnder,
  holdsBytes,
  keepSampleSubject,
  openSampleInstallation,
  OTHER_SUBJECT,
  PICTURE_MARK,
  SAMPLE_SUBJECT,
  sampleSubjects,
} from '../../support/sample-subject.ts';
import { expectOk, temporaryFolder } from '../../support/sample-store.ts';

const NOTHING = {
  records: 0,
  recordsUntilMs: null,
  pictures: 0,
  waiting: 0,
  requests: 0,
  returnedFaces: 0,
  sent: false,
};
const DAY_MS = 86_400_000;
const UNTIL_MS = sampleRecord(2).decidedAtMs + 1_095 * DAY_MS;
const clock = manualClock(SAMPLE_START_MS + 60_000);
let folder: ReturnType<typeof temporaryFolder>;
let installation: Installation;

beforeEach(async () => {
  folder = temporaryFolder();
  installation = openSampleInstallation(folder.path, clock);
  await keepSampleSubject(installation, folder.path);
});
afterEach(() => {
  installation.close();
  folder.remove();
});

const subjects = (changes: Parameters<typeof sampleSubjects>[3] = {}) =>
  sampleSubjects(installation, folder.path, clock, changes);
const keyRows = () =>
  ['evidence_keys', 'material_keys', 'face_return_keys', 'request_keys', 'result_keys'].flatMap((table) =>
    installation.database.prepare<[], string>(`SELECT certify_id FROM ${table}`).pluck().all(),
  );

describe('what is kept of a person', () => {
  it('is counted in every vault, and of nobody else', () => {
    const { desk } = subjects();
    expect(expectOk(desk.kept(SAMPLE_SUBJECT))).toEqual({
      records: 2,
      recordsUntilMs: UNTIL_MS,
      pictures: 2,
      waiting: 1,
      requests: 2,
      returnedFaces: 0,
      sent: false,
    });
    expect(expectOk(desk.kept(OTHER_SUBJECT))).toMatchObject({ records: 1, pictures: 1, waiting: 0, requests: 0 });
    expect(expectOk(desk.kept('ef'.repeat(32)))).toEqual(NOTHING);
  });

  it('is a failure where it can not be counted, never zero', async () => {
    const spoiled = `UPDATE receipts SET receipt = json_set(receipt, '$.body.eraseAfterMs', -1)`;
    installation.database.exec(spoiled);
    const { desk } = subjects();
    expect(desk.kept(SAMPLE_SUBJECT)).toMatchObject({ ok: false, error: { code: 'store.corrupt' } });
    expect(await desk.erase(SAMPLE_SUBJECT, 'withdrawn')).toMatchObject({
      ok: false,
      error: { code: 'store.corrupt' },
    });
    expect(keyRows()).toHaveLength(7);
  });
});

describe('an erasure', () => {
  it('leaves no key and no file of the person, and everything of the others', async () => {
    const forgotten: string[] = [];
    const { desk } = subjects({ forgetFace: (subjectKey) => void forgotten.push(subjectKey) });
    const before = filesUnder(folder.path).filter((name) => name.endsWith('.vault'));
    expect(before).toHaveLength(7);
    const slip = expectOk(await desk.erase(SAMPLE_SUBJECT, 'withdrawn'));
    expect(slip.receipt.body).toEqual({
      v: 1,
      deletionId: slip.receipt.body.deletionId,
      deviceId: installation.identity.deviceId(),
      subjectKey: SAMPLE_SUBJECT,
      erased: { pictures: 2, waiting: 1, requests: 2 },
      remaining: { records: 2, untilMs: UNTIL_MS },
      why: 'withdrawn',
      erasedAtMs: clock.wallMs(),
    });
    expect(slip.verifier).toBe('none');
    const theirs = sampleCertifyId(3);
    expect(keyRows()).toEqual([theirs]);
    const left = filesUnder(folder.path).filter((name) => name.endsWith('.vault'));
    expect(left).toEqual([join('evidence', theirs, 'best-frames.vault')]);
    expect(expectOk(await installation.vault.read(theirs, 'best-frames'))).toHaveLength(1);
    expect(expectOk(await installation.vault.read(sampleCertifyId(1), 'best-frames'))).toBeNull();
    expect(expectOk(await installation.materials.read(sampleCertifyId(2)))).toBeNull();
    expect(forgotten).toEqual([SAMPLE_SUBJECT]);
    const named = `SELECT count(*) FROM requests WHERE subject_key = ? AND name_masked IS NOT NULL`;
    expect(installation.database.prepare<[string], number>(named).pluck().get(SAMPLE_SUBJECT)).toBe(0);
    expect(expectOk(desk.kept(SAMPLE_SUBJECT))).toMatchObject({ records: 2, pictures: 0, waiting: 0, requests: 0 });
  });

  it('leaves no byte of a picture readable, even where an old copy of its file is put back', async () => {
    const id = sampleCertifyId(1);
    const file = join(folder.path, 'evidence', id, 'best-frames.vault');
    const copy = readFileSync(file);
    expect(copy.length).toBeGreaterThan(PICTURE_MARK.length);
    expect(copy.includes(PICTURE_MARK)).toBe(false);
    expectOk(await subjects().desk.erase(SAMPLE_SUBJECT, 'withdrawn'));
    expect(existsSync(file)).toBe(false);
    mkdirSync(dirname(file));
    writeFileSync(file, copy);
    expect(expectOk(await installation.vault.read(id, 'best-frames'))).toBeNull();
    expect(holdsBytes(folder.path, PICTURE_MARK)).toBe(false);
    expect(expectOk(await installation.vault.sweepOrphans())).toBe(1);
    expect(existsSync(file)).toBe(false);
  });

  it('is proved by a receipt that the device has signed, kept with the audit chain whole', async () => {
    const { desk, erasures } = subjects();
    const { receipt, receiptHash } = expectOk(await desk.erase(SAMPLE_SUBJECT, 'withdrawn'));
    const text = canonicalJson(receipt.body);
    expect(receiptHash).toBe(createHash('sha256').update(text).digest('hex'));
    const signature = Buffer.from(receipt.device.signature, 'base64url');
    expect(verify(null, Buffer.from(text), installation.identity.publicKey, signature)).toBe(true);
    expect(expectOk(erasures.list(10))).toMatchObject([{ receipt, receiptHash, verifier: 'none' }]);
    const { database, keys, identity } = installation;
    expect(expectOk(verifyAudit(database, keys.audit, identity.publicKey))).toMatchObject({ ok: true });
    const kinds = database
      .prepare<[], string>(`SELECT json_extract(entry, '$.kind') FROM audit ORDER BY seq`)
      .pluck()
      .all();
    expect(kinds).toEqual(expect.arrayContaining(['subject.erasing', 'request.withdrawn', 'check.given-up']));
    expect(kinds.at(-1)).toBe('subject.erased');
  });

  it('closes the question that waits and sends nothing of it any more', async () => {
    expectOk(await subjects().desk.erase(SAMPLE_SUBJECT, 'withdrawn'));
    expect(expectOk(installation.checks.find(sampleCertifyId(2)))).toMatchObject({
      state: 'stopped',
      closed: 'withdrawn',
    });
    const next = { priority: 'live', today: '2026-03-02', except: [] } as const;
    expect(expectOk(installation.checks.next(next))).toBeNull();
    expect(expectOk(installation.checks.next({ ...next, priority: 'backlog' }))).toBeNull();
    const states = installation.database
      .prepare<[], string>('SELECT state FROM requests UNION ALL SELECT state FROM face_returns')
      .pluck();
    expect(states.all()).toEqual(['withdrawn', 'stopped']);
  });

  it('tells the verifier where it has had something', async () => {
    const told: number[] = [];
    expectOk(installation.checks.change(sampleCertifyId(2), { event: 'upload' }));
    const { desk, erasures } = subjects({ onErased: () => void told.push(1) });
    expect(expectOk(desk.kept(SAMPLE_SUBJECT)).sent).toBe(true);
    const slip = expectOk(await desk.erase(SAMPLE_SUBJECT, 'withdrawn'));
    expect(slip.verifier).toBe('queued');
    expect(told).toEqual([1]);
    const { deletionId } = slip.receipt.body;
    expect(expectOk(erasures.nextQueued())).toEqual({ deletionId, subjectKey: SAMPLE_SUBJECT });
    expectOk(erasures.noteVerifier(deletionId, null, true));
    expect(expectOk(erasures.nextQueued())).toBeNull();
    expect(expectOk(erasures.find(deletionId))).toMatchObject({ verifier: 'none', verifierReceipt: null });
  });

  it('happens once for two who ask at once', async () => {
    const { desk, erasures } = subjects();
    const [first, second] = await Promise.all([
      desk.erase(SAMPLE_SUBJECT, 'withdrawn'),
      desk.eraseOfRecord(sampleCertifyId(1)),
    ]);
    expect(first).toEqual(second);
    expect(expectOk(erasures.list(10))).toHaveLength(1);
  });

  it('of nobody is refused', async () => {
    const { desk } = subjects();
    expect(await desk.erase('ef'.repeat(32), 'withdrawn')).toEqual(err(failure('erasure.nothing-kept')));
    expect(await desk.eraseOfRecord(sampleCertifyId(99))).toMatchObject({ error: { code: 'request.invalid' } });
    expectOk(installation.records.commit(sampleRecord(4, 'user.cancelled', { subject: null })));
    expect(await desk.eraseOfRecord(sampleCertifyId(4))).toEqual(err(failure('erasure.nothing-kept')));
  });

  it('that fails gives no receipt, and is finished later with the same id', async () => {
    let failing = true;
    const { vault } = installation;
    const { desk, erasures } = subjects({
      destroy: {
        evidence: async (id, why) => (failing ? err(failure('store.unavailable')) : vault.destroy(id, why)),
      },
    });
    expect(await desk.erase(SAMPLE_SUBJECT, 'withdrawn')).toEqual(err(failure('store.unavailable')));
    const [begun] = expectOk(erasures.begun());
    expect(expectOk(erasures.list(10))).toEqual([]);
    failing = false;
    const again = expectOk(await desk.erase(SAMPLE_SUBJECT, 'operator'));
    expect(again.receipt.body).toMatchObject({ deletionId: begun?.deletionId, why: 'withdrawn' });
    expect(expectOk(erasures.begun())).toEqual([]);
    expect(expectOk(await desk.resume())).toBe(0);
  });
});

describe('the privacy status', () => {
  it('counts people, not pictures, and lists what was erased', async () => {
    const { desk, erasures } = subjects();
    const status = () => privacyStatus({ database: installation.database, erasures, clock, retentionDaysOf: () => 30 });
    expect(expectOk(status())).toMatchObject({
      storedSubjects: 2,
      filingLimit: 100_000,
      overdue: 0,
      nextErasureAtMs: sampleRecord(1).startedAtMs + 30 * DAY_MS,
      oldestRecordAtMs: sampleRecord(1).startedAtMs,
      unfinished: [],
      deletions: [],
    });
    const slip = expectOk(await desk.eraseOfRecord(sampleCertifyId(1)));
    expect(expectOk(status())).toMatchObject({ storedSubjects: 1, deletions: [slip] });
  });

  it('lists what was broken off, with when it began, until it is done', async () => {
    let failing = true;
    const { vault } = installation;
    const { desk, erasures } = subjects({
      destroy: {
        evidence: async (id, why) => (failing ? err(failure('store.unavailable')) : vault.destroy(id, why)),
      },
    });
    const status = () =>
      expectOk(privacyStatus({ database: installation.database, erasures, clock, retentionDaysOf: () => 30 }));
    await desk.erase(SAMPLE_SUBJECT, 'withdrawn');
    const [begun] = expectOk(erasures.begun());
    const [unfinished, ...more] = status().unfinished;
    expect(more).toEqual([]);
    expect(unfinished).toEqual({
      deletionId: begun?.deletionId,
      beganAtMs: Number.parseInt(begun?.deletionId.replaceAll('-', '').slice(0, 12) ?? '', 16),
      why: 'withdrawn',
      found: begun?.erased,
      withVerifier: begun?.withVerifier,
    });
    failing = false;
    expect(expectOk(await desk.resume())).toBe(1);
    expect(status()).toMatchObject({ unfinished: [], deletions: [{}] });
  });

  it('calls overdue what two sweeps have missed', () => {
    const { erasures } = subjects();
    const at = (nowMs: number) =>
      expectOk(
        privacyStatus({
          database: installation.database,
          erasures,
          clock: manualClock(nowMs),
          retentionDaysOf: () => 30,
        }),
      ).overdue;
    const endMs = sampleRecord(1).startedAtMs + 30 * DAY_MS;
    expect(at(endMs + 3_600_000)).toBe(0);
    expect(at(endMs + 3 * 3_600_000)).toBe(3);
  });
});
