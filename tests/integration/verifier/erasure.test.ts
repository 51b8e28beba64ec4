import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Artifact, DeletionReceipt } from '../../../src/shared/protocol/kv1-sessions.ts';
import type { Problem } from '../../../src/shared/protocol/kv1.ts';
import type { Result } from '../../../src/shared/result.ts';
import { v7 } from 'uuid';
import { createErasureDesk, type ErasureDesk } from '../../../src/verifier/erasure/erasure-desk.ts';
import { loadServerKey } from '../../../src/verifier/server-key.ts';
import { createDecisionBell } from '../../../src/verifier/sessions/decision-bell.ts';
import { createDestroySession } from '../../../src/verifier/sessions/session-erasure.ts';
import { startSessionSweeper, type SessionSweeper } from '../../../src/verifier/sessions/session-sweeper.ts';
import type { VerifierDatabase } from '../../../src/verifier/storage/database.ts';
import type { ObjectStore } from '../../../src/verifier/storage/object-store.ts';
import { forEachStorage, type OpenStorage } from '../../support/each-storage.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { artifactOf, noiseJpeg, sessionRequest } from '../../support/questioner.ts';

const VENDORS = { verifierOf: () => null, trace: { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) } };
const DEVICE = 'device-1';
const MINUTE_MS = 60_000;

forEachStorage('erasure', (openStorage) => {
  const clock = manualClock(1_800_000_000_000);
  const face = noiseJpeg(900);
  let storage: OpenStorage;
  let subjects = 0;
  let subjectKey = '';

  beforeAll(async () => {
    storage = await openStorage();
    const { queries } = storage.database;
    const named = { device_id: DEVICE, key_id: 'key-1', public_key_x: 'x'.repeat(43) };
    const device = { ...named, label: '', model: 'm', app_version: '1', enrolled_at_ms: 0, last_sequence: 0 };
    await queries.insertInto('devices').values(device).execute();
  });
  afterAll(() => storage.close());
  beforeEach(() => {
    subjectKey = String((subjects += 1)).padStart(64, '0');
  });

  /** A decided session with a picture in the store and an identity. */
  async function decidedSession(artifact: Artifact = artifactOf('face.jpg', face)): Promise<string> {
    const { queries } = storage.database;
    const request = sessionRequest({ artifacts: [artifact], subjectKey });
    const { sessionId, certifyId, sceneId, check, orderId } = request;
    const names = { session_id: sessionId, certify_id: certifyId, scene_id: sceneId, check_name: check };
    const texts = { request: JSON.stringify(request), consent: '{}', subject_key: subjectKey, state: 'decided' };
    const sealed = { wrapped_key: Buffer.alloc(32), identity_sealed: Buffer.alloc(8) };
    const times = { created_at_ms: clock.wallMs(), updated_at_ms: 0, expires_at_ms: 0 };
    const numbers = { simulated: 1, policy_version: 1, revision: 0 };
    const session = { ...names, ...texts, ...sealed, ...times, ...numbers, device_id: DEVICE, order_id: orderId };
    await queries.insertInto('sessions').values(session).execute();
    const { name, bytes, sha256 } = artifact;
    const whole = { session_id: sessionId, name, bytes, sha256, received: bytes, state: 'complete' };
    const objectKey = keyOf(sessionId);
    await storage.objects.put(objectKey, face);
    await queries
      .insertInto('artifacts')
      .values({ ...whole, object_key: objectKey, updated_at_ms: 0 })
      .execute();
    return sessionId;
  }

  const keyOf = (sessionId: string): string => `sessions/${sessionId}/face`;
  const heldBy = (artifact = artifactOf('face.jpg', face)) => [
    { name: 'face.jpg', sha256: artifact.sha256 },
    { name: 'identity', sha256: null },
  ];

  interface Opened {
    readonly desk: ErasureDesk;
    readonly sweeper: SessionSweeper;
    readonly failures: unknown[];
  }

  /** What one process has of it. */
  async function openDesk(database: VerifierDatabase, objects: Pick<ObjectStore, 'remove'>): Promise<Opened> {
    const store = { put: failing, get: failing, remove: (key: string) => objects.remove(key) };
    const bell = createDecisionBell();
    const destroySession = createDestroySession({ database, objects: store, bell, clock });
    const serverKey = await loadServerKey(database, 1);
    const newId = (): string => v7({ msecs: clock.wallMs() });
    const desk = createErasureDesk({ database, serverKey, clock, newId, destroySession, sessionsPerReceipt: 2 });
    const failures: unknown[] = [];
    const sweeper = startSessionSweeper({
      database,
      objects: store,
      clock,
      erase: (sessionId, why) => desk.eraseArtifacts(sessionId, why, 'operator', VENDORS),
      failed: (error) => failures.push(error),
    });
    return { desk, sweeper, failures };
  }

  const failing = (): Promise<never> => Promise.reject(new Error('the store is away'));
  const bodyOf = (receipt: Result<DeletionReceipt, Problem>): DeletionReceipt['body'] => {
    if (!receipt.ok) throw new Error(receipt.error.code);
    return receipt.value.body;
  };
  const receiptsOf = (ofId: string) =>
    storage.database.queries.selectFrom('deletions').select('body').where('of_id', '=', ofId).execute();

  it('goes on where an object store failed once, and the receipt names what was destroyed', async () => {
    const sessionId = await decidedSession();
    let removals = 0;
    const remove = (key: string): Promise<void> => ((removals += 1) === 1 ? failing() : storage.objects.remove(key));
    const { desk, sweeper } = await openDesk(storage.database, { remove });
    const erase = () => desk.eraseArtifacts(sessionId, 'withdrawn', { deviceId: DEVICE }, VENDORS);
    await expect(erase()).rejects.toThrow('away');
    expect(await storage.objects.exists(keyOf(sessionId))).toBe(true);
    expect(await receiptsOf(sessionId)).toEqual([]);
    const receipt = await erase();
    expect(bodyOf(receipt)).toMatchObject({ why: 'withdrawn', sessions: [sessionId], erased: heldBy() });
    expect(await storage.objects.exists(keyOf(sessionId))).toBe(false);
    expect(await erase()).toEqual(receipt);
    clock.advance(2 * MINUTE_MS);
    await sweeper.sweep();
    await sweeper.close();
    expect([removals, await receiptsOf(sessionId)]).toMatchObject([2, { length: 1 }]);
  });

  it('is finished by the sweeper of a process that starts after one that ended in between', async () => {
    const sessionId = await decidedSession();
    const ended = await openDesk(storage.database, { remove: failing });
    await expect(ended.desk.eraseArtifacts(sessionId, 'withdrawn', 'operator', VENDORS)).rejects.toThrow('away');
    await ended.sweeper.close();
    const database = await storage.reopen();
    try {
      const { desk, sweeper, failures } = await openDesk(database, storage.objects);
      await sweeper.sweep();
      expect(await storage.objects.exists(keyOf(sessionId))).toBe(true);
      clock.advance(2 * MINUTE_MS);
      await sweeper.sweep();
      expect(await storage.objects.exists(keyOf(sessionId))).toBe(false);
      expect((await receiptsOf(sessionId)).map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
        { why: 'withdrawn', sessions: [sessionId], erased: heldBy() },
      ]);
      await sweeper.sweep();
      await sweeper.close();
      expect([failures, await receiptsOf(sessionId)]).toMatchObject([[], { length: 1 }]);
      // Who asked for the subject and heard nothing is told of it too.
      expect(bodyOf(await desk.eraseSubject(subjectKey, 'withdrawn', 'operator', VENDORS)).erased).toEqual(heldBy());
    } finally {
      await database.close();
    }
  });

  it('leaves a session alone that began anew, and removes what its past left', async () => {
    const sessionId = await decidedSession();
    const { queries } = storage.database;
    const ended = await openDesk(storage.database, { remove: failing });
    await expect(ended.desk.eraseArtifacts(sessionId, 'retention', 'operator', VENDORS)).rejects.toThrow('away');
    await ended.sweeper.close();
    const anew = { state: 'open', wrapped_key: Buffer.alloc(32, 1), erase_after_ms: clock.wallMs() + 10 * MINUTE_MS };
    await queries.updateTable('sessions').set(anew).where('session_id', '=', sessionId).execute();
    clock.advance(2 * MINUTE_MS);
    const { sweeper } = await openDesk(storage.database, storage.objects);
    await sweeper.sweep();
    await sweeper.close();
    expect(await storage.objects.exists(keyOf(sessionId))).toBe(false);
    const session = queries.selectFrom('sessions').select(['state', 'wrapped_key']).where('session_id', '=', sessionId);
    expect(await session.executeTakeFirst()).toEqual({ state: 'open', wrapped_key: anew.wrapped_key });
  });

  it('of a subject goes on until no session is left, a receipt for each round', async () => {
    const sessions: string[] = [];
    for (let number = 0; number < 5; number += 1) {
      sessions.push(await decidedSession());
      clock.advance(1);
    }
    const { desk, sweeper } = await openDesk(storage.database, storage.objects);
    await sweeper.close();
    const erase = () => desk.eraseSubject(subjectKey, 'withdrawn', { deviceId: DEVICE }, VENDORS);
    const rounds = async () =>
      (await receiptsOf(subjectKey)).map(({ body }) => (JSON.parse(body) as DeletionReceipt['body']).sessions);
    const answer = await erase();
    expect(bodyOf(answer).sessions).toEqual(sessions.slice(4));
    expect((await rounds()).toSorted((a, b) => sessions.indexOf(a[0] ?? '') - sessions.indexOf(b[0] ?? ''))).toEqual([
      sessions.slice(0, 2),
      sessions.slice(2, 4),
      sessions.slice(4),
    ]);
    const left = storage.database.queries
      .selectFrom('sessions')
      .select('session_id')
      .where('wrapped_key', 'is not', null);
    expect(await left.where('subject_key', '=', subjectKey).execute()).toEqual([]);
    expect(await erase()).toEqual(answer);
    expect(await rounds()).toHaveLength(3);
    const later = await decidedSession();
    expect(bodyOf(await erase()).sessions).toEqual([sessions[4], later]);
    expect(await rounds()).toHaveLength(4);
  });
});
