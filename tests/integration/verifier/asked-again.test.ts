import { afterAll, describe, expect, it } from 'vitest';
import { settled } from '../../../src/main/verifiers/check-outcomes.ts';
import type { RetryClass } from '../../../src/shared/domain/verification.ts';
import type { ReasonCode } from '../../../src/shared/reasons.ts';
import {
  SESSION_LIMITS,
  SESSION_PATHS,
  type SessionAnswer,
  type SessionRequest,
} from '../../../src/shared/protocol/kv1-sessions.ts';
import { orderChecks } from '../../../src/verifier/adapters/ordered-checks.ts';
import { sealIdentity } from '../../../src/main/verifiers/countersign/identity-sealing.ts';
import { manualClock, type ManualClock } from '../../support/manual-clock.ts';
import {
  artifactOf,
  enrolQuestioner,
  NOBODY,
  noiseJpeg,
  sessionOf,
  sessionRequest,
  type Answered,
  type Questioner,
} from '../../support/questioner.ts';
import { expectOk, temporaryFolder } from '../../support/sample-store.ts';
import { outcome, scriptedVerifier, type Script, type ScriptedVerifier } from '../../support/scripted-verifier.ts';
import { startSessionVerifier, type SessionVerifier } from '../../support/session-verifier.ts';

const folders: { remove(): void }[] = [];
const running: SessionVerifier[] = [];
afterAll(async () => {
  for (const verifier of running) await verifier.close();
  for (const folder of folders) folder.remove();
});

interface Desk {
  readonly clock: ManualClock;
  readonly verifier: SessionVerifier;
  readonly device: Questioner;
  readonly vendor: ScriptedVerifier;
}

async function desk(script: Script = {}): Promise<Desk> {
  const folder = temporaryFolder();
  folders.push(folder);
  const clock = manualClock(Date.now());
  const vendor = scriptedVerifier(script);
  const checks = orderChecks([vendor], { 'face-authority': ['tencent'] });
  const bounds = { maxAttempts: 1, baseMs: 1, capMs: 1, totalMs: 1 };
  const verifier = await startSessionVerifier({ folder: folder.path, checks, clock, bounds });
  running.push(verifier);
  return { clock, verifier, device: await enrolQuestioner(verifier, clock), vendor };
}

async function sweep({ verifier: { sessions } }: Desk): Promise<void> {
  const sweeper = sessions.startSweeper((id) => sessions.destroySession(id, 'retention'));
  await sweeper.sweep();
  await sweeper.close();
}

const face = noiseJpeg(3_000);
const question = (): SessionRequest => sessionRequest({ artifacts: [artifactOf('face.jpg', face)] });

/** Asks again what was decided, after the revision that it names. */
async function submitAfter({ device }: Desk, session: SessionAnswer, askAgainAfter: number): Promise<Answered> {
  const { sessionId, sealingKey } = session;
  const identity = expectOk(await sealIdentity({ ...NOBODY, sessionId }, sealingKey));
  const body = JSON.stringify({ identity, local: null, askAgainAfter });
  return device.call({ method: 'POST', path: SESSION_PATHS.submit(sessionId), body });
}

const receivedOf = ({ artifacts }: SessionAnswer): number | undefined => artifacts[0]?.received;

describe('a session that expired before it was submitted', () => {
  it('begins anew with the same request, from the byte on that is there', async () => {
    const own = await desk();
    const { device, clock } = own;
    const request = question();
    const opened = sessionOf(await device.open(request));
    await device.piece(opened.sessionId, 'face.jpg', 0, face.subarray(0, 1_000));
    clock.advance(2 * 3_600_000);
    expect(await device.piece(opened.sessionId, 'face.jpg', 1_000, face.subarray(1_000))).toMatchObject({
      code: 'session_expired',
    });
    expect(await device.open({ ...request, sceneId: 'other' })).toMatchObject({ code: 'session_conflict' });
    const stranger = await enrolQuestioner(own.verifier, clock);
    expect(await stranger.open(request)).toMatchObject({ code: 'session_conflict' });
    expect((await device.read(opened.sessionId)).state).toBe('expired');

    const anew = sessionOf(await device.open(request));
    expect([anew.state, receivedOf(anew)]).toEqual(['open', 1_000]);
    expect(anew.expiresAtMs).toBe(clock.wallMs() + SESSION_LIMITS.lifetimeMs);
    expect(sessionOf(await device.open(request))).toEqual(anew);
    await device.piece(anew.sessionId, 'face.jpg', 1_000, face.subarray(1_000));
    await device.submit(anew, NOBODY);
    expect((await device.read(anew.sessionId, 10)).decision?.body).toMatchObject({ state: 'passed', revision: 1 });
    // Once it is submitted its time means nothing any more.
    clock.advance(2 * 3_600_000);
    expect(sessionOf(await device.open(request)).state).toBe('decided');
    expect(own.vendor.asked).toHaveLength(1);
  });

  it('is uploaded again when what had arrived was erased by then', async () => {
    const own = await desk();
    const { device, clock } = own;
    const request = question();
    const opened = sessionOf(await device.open(request));
    await device.put(opened.sessionId, 'face.jpg', face);
    clock.advance(SESSION_LIMITS.uploadLifetimeMs + 1);
    await sweep(own);
    expect(await device.put(opened.sessionId, 'face.jpg', face)).toMatchObject({ code: 'session_expired' });
    const anew = sessionOf(await device.open(request));
    expect([anew.state, receivedOf(anew)]).toEqual(['open', 0]);
    // The sweeper may have looked a moment before.
    expect(await own.verifier.sessions.destroySession(request.sessionId, 'retention')).toMatchObject({
      error: { code: 'session_state' },
    });
    await device.put(anew.sessionId, 'face.jpg', face);
    await device.submit(anew, NOBODY);
    expect((await device.read(anew.sessionId, 10)).decision?.body.state).toBe('passed');
  });

  it('stays erased when somebody wanted that', async () => {
    const own = await desk();
    const request = question();
    await own.device.open(request);
    own.clock.advance(SESSION_LIMITS.uploadLifetimeMs + 1);
    await sweep(own);
    expect(await own.verifier.sessions.destroySession(request.sessionId, 'withdrawn')).toMatchObject({ ok: true });
    expect(sessionOf(await own.device.open(request)).state).toBe('erased');
    expect(await own.verifier.sessions.destroySession(request.sessionId, 'retention')).toMatchObject({ ok: true });
    expect(sessionOf(await own.device.open(request)).state).toBe('erased');
  });
});

describe('an error that may pass', () => {
  it.each<[RetryClass, ReasonCode]>([
    ['service', 'source.unavailable'],
    ['throttle', 'verifier.throttled'],
    ['tomorrow', 'quota.daily'],
    ['configuration', 'verifier.misconfigured'],
  ])('of class %s is asked again by a submit that names it', async (retry, reason) => {
    const own = await desk({ checks: [settled(outcome(reason, { retry })), settled(outcome('ok.confirmed'))] });
    const first = await own.device.ask('face-authority', face, NOBODY);
    expect(first.decision?.body).toMatchObject({ state: 'error', reason, revision: 1 });
    expect(sessionOf(await own.device.submit(first, NOBODY))).toEqual(first);
    expect(sessionOf(await submitAfter(own, first, 2))).toEqual(first);
    expect(own.vendor.asked).toHaveLength(1);
    expect(sessionOf(await submitAfter(own, first, 1))).toMatchObject({ state: 'submitted', decision: null });
    const second = await own.device.read(first.sessionId, 10);
    expect(second.decision?.body).toMatchObject({ state: 'passed', revision: 2 });
    // The same request again, and one that names the pass: neither asks anybody.
    expect(sessionOf(await submitAfter(own, first, 1))).toEqual(second);
    expect(sessionOf(await submitAfter(own, first, 2))).toEqual(second);
    expect(own.vendor.asked).toHaveLength(2);
    const attempts = await own.verifier.database.queries.selectFrom('attempts').select('number').execute();
    expect(attempts.map(({ number }) => number)).toEqual([1, 2]);
    expect(own.verifier.failures).toEqual([]);
  });

  it.each<[string, RetryClass, ReasonCode]>([
    ['a refusal', 'none', 'identity.mismatch'],
    ['a picture to take again', 'capture', 'material.picture-unfit'],
    ['what may have been billed', 'clerk', 'outcome.unknown'],
  ])('is not %s', async (_what, retry, reason) => {
    const own = await desk({ checks: [settled(outcome(reason, { retry }))] });
    const first = await own.device.ask('face-authority', face, NOBODY);
    expect(sessionOf(await submitAfter(own, first, 1))).toEqual(first);
    expect(own.vendor.asked).toHaveLength(1);
  });

  it('is asked again with new uploads when the pictures had their time', async () => {
    const own = await desk({
      checks: [settled(outcome('quota.daily', { retry: 'tomorrow' })), settled(outcome('ok.confirmed'))],
    });
    const request = question();
    const opened = sessionOf(await own.device.open(request));
    await own.device.put(opened.sessionId, 'face.jpg', face);
    await own.device.submit(opened, NOBODY);
    expect((await own.device.read(opened.sessionId, 10)).decision?.body.reason).toBe('quota.daily');
    own.clock.advance(65 * 3_600_000);
    await sweep(own);
    const anew = sessionOf(await own.device.open(request));
    expect([anew.state, receivedOf(anew), anew.decision]).toEqual(['open', 0, null]);
    await own.device.put(anew.sessionId, 'face.jpg', face);
    await own.device.submit(anew, NOBODY);
    expect((await own.device.read(anew.sessionId, 10)).decision?.body).toMatchObject({ state: 'passed', revision: 2 });
    expect(own.vendor.asked).toHaveLength(2);
  });
});
