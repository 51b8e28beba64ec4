import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settled } from '../../../src/main/verifiers/check-outcomes.ts';
import { canonicalJson } from '../../../src/shared/canonical-json.ts';
import { keyRotationProofText, SESSION_PATHS, type SessionAnswer } from '../../../src/shared/protocol/kv1-sessions.ts';
import type { ReasonCode } from '../../../src/shared/reasons.ts';
import { startOperatedVerifier, type OperatedVerifier } from '../../support/operated-verifier.ts';
import {
  artifactOf,
  enrolQuestioner,
  NOBODY,
  noiseJpeg,
  sessionRequest,
  type Answered,
  type Questioner,
} from '../../support/questioner.ts';
import { outcome } from '../../support/scripted-verifier.ts';

/**
 * What an answer was is remembered in a commit after its effect. A process that dies in between leaves the effect
 * alone: here the memory is taken away, and the same request with the same key comes again.
 */
describe('a request that comes again after the process died before it remembered its answer', () => {
  let verifier: OperatedVerifier;
  let device: Questioner;
  const face = noiseJpeg(900);

  beforeAll(async () => {
    verifier = await startOperatedVerifier();
    device = await enrolQuestioner(verifier);
  });
  afterAll(() => verifier.close());

  let keys = 0;
  async function twice(path: string, body: unknown): Promise<readonly [Answered, Answered]> {
    const idempotencyKey = `key-of-the-same-${(keys += 1)}`.padEnd(24, 'x');
    const call = { method: 'POST' as const, path, body: canonicalJson(body), idempotencyKey };
    const first = await device.call(call);
    await verifier.database.queries.deleteFrom('idempotency').execute();
    return [first, await device.call(call)];
  }

  function decidedAs(reason: ReasonCode, retry: 'none' | 'clerk'): Promise<SessionAnswer> {
    verifier.vendor.begin({ checks: [settled(outcome(reason, { retry }))] });
    return device.ask('face-authority', face, NOBODY);
  }

  async function revisionsOf(sessionId: string): Promise<number> {
    const rows = verifier.database.queries.selectFrom('decisions').select('revision');
    return (await rows.where('session_id', '=', sessionId).execute()).length;
  }

  it('opens one session', async () => {
    const [first, again] = await twice(
      SESSION_PATHS.sessions,
      sessionRequest({ artifacts: [artifactOf('face.jpg', face)] }),
    );
    expect(again).toEqual(first);
    expect(first.ok).toBe(true);
  });

  it('asks once for one submit', async () => {
    const { sessionId } = await decidedAs('ok.confirmed', 'none');
    const [first, again] = await twice(SESSION_PATHS.submit(sessionId), { identity: null, local: null });
    expect([first.ok, again]).toEqual([true, first]);
    expect(verifier.vendor.asked).toHaveLength(1);
  });

  it('asks once for one word of a clerk', async () => {
    const { sessionId } = await decidedAs('outcome.unknown', 'clerk');
    verifier.vendor.begin({ checks: [settled(outcome('ok.confirmed'))] });
    const [first, again] = await twice(SESSION_PATHS.retry(sessionId), { clerk: 'li' });
    expect(first.ok).toBe(true);
    expect(again).toMatchObject({ code: 'session_state' });
    expect((await device.read(sessionId, 10)).decision?.body).toMatchObject({ state: 'passed', revision: 2 });
    expect(verifier.vendor.asked).toHaveLength(1);
  });

  it('makes one revision of one review, and one clerk stays one', async () => {
    const review = { clerk: 'li', decision: 'passed', ground: 'document-seen', revision: 1 };
    const open = await decidedAs('source.no-photo', 'none');
    const [first, again] = await twice(SESSION_PATHS.review(open.sessionId), review);
    expect(first.ok).toBe(true);
    expect(again).toMatchObject({ code: 'review_refused' });
    expect(await revisionsOf(open.sessionId)).toBe(2);

    const failed = await decidedAs('face.low-similarity', 'none');
    const words = await twice(SESSION_PATHS.review(failed.sessionId), review);
    expect(words.map((each) => (each.ok ? 'ok' : each.code))).toEqual(['second_clerk_needed', 'second_clerk_needed']);
    expect(await revisionsOf(failed.sessionId)).toBe(1);
  });

  it('gives one new key for one rotation', async () => {
    const status = await device.call({ method: 'GET', path: SESSION_PATHS.deviceStatus });
    const { deviceId, keyId } = (status.ok ? status.value : {}) as { deviceId: string; keyId: string };
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const { kty, crv, x } = publicKey.export({ format: 'jwk' });
    const proof = sign(null, Buffer.from(keyRotationProofText(deviceId, keyId)), privateKey).toString('base64url');
    const [first, again] = await twice(SESSION_PATHS.keys, { publicKeyJwk: { kty, crv, x }, proof });
    expect(first.ok).toBe(true);
    expect(again).toEqual(first);
    const rows = await verifier.database.queries.selectFrom('device_keys').select('key_id').execute();
    expect(rows).toHaveLength(2);
  });
});
