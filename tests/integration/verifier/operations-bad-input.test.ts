import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../src/shared/canonical-json.ts';
import { KV1_PATHS, problemSchema } from '../../../src/shared/protocol/kv1.ts';
import { SESSION_LIMITS, SESSION_PATHS, sessionAnswerSchema } from '../../../src/shared/protocol/kv1-sessions.ts';
import { startOperatedVerifier, type OperatedVerifier } from '../../support/operated-verifier.ts';
import { artifactOf, noiseJpeg, sessionRequest } from '../../support/questioner.ts';
import { enrolRawDevice, type RawAnswer, type RawDevice, type RawRequest } from '../../support/raw-device.ts';

let verifier: OperatedVerifier;
let device: RawDevice;

beforeAll(async () => {
  verifier = await startOperatedVerifier();
  device = await enrolRawDevice(verifier);
});
afterAll(() => verifier.close());

const PIECES = 'application/octet-stream';

function expectProblem(answer: RawAnswer, status: number, code: string): void {
  expect([answer.status, answer.code]).toEqual([status, code]);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const problem = problemSchema.parse(JSON.parse(answer.text));
  expect(problem).toMatchObject({ status, type: `urn:countersign:problem:${code}` });
  expect(problem.title.length).toBeGreaterThan(10);
}

async function openSession(): Promise<{ sessionId: string; face: Buffer }> {
  const face = noiseJpeg(2_000);
  const body = canonicalJson(sessionRequest({ artifacts: [artifactOf('face.jpg', face)] }));
  const opened = await device.send({ method: 'POST', path: SESSION_PATHS.sessions, body });
  return { sessionId: sessionAnswerSchema.parse(JSON.parse(opened.text)).sessionId, face };
}

const now = (): number => Math.floor(Date.now() / 1_000);
/** Names a session that isn't there: what is refused before it matters never gets to look. */
const somewhere = SESSION_PATHS.artifact('019caa00-0000-7000-8000-000000000001', 'face.jpg');
const put: RawRequest = { method: 'PUT', path: somewhere, body: Buffer.from([1, 2, 3]), contentType: PIECES };
const remove: RawRequest = { method: 'DELETE', path: SESSION_PATHS.artifacts('019caa00-0000-7000-8000-000000000001') };

describe('a request that is not what it seems', () => {
  it.each<[string, RawRequest, number, string]>([
    ['stale', { ...put, created: now() - 400 }, 401, 'clock_skew'],
    ['from the future', { ...put, created: now() + 400 }, 401, 'clock_skew'],
    ['of a key that nobody enrolled', { ...put, keyId: 'dev_nobody:k1' }, 401, 'device_unknown'],
    ['with another digest', { ...put, headers: { 'content-digest': 'sha-256=:AAAA:' } }, 400, 'digest_mismatch'],
    ['with another body', { ...put, sent: Buffer.from([1, 2, 4]) }, 400, 'digest_mismatch'],
    ['with another offset', { ...put, sentTo: `${somewhere}?offset=3` }, 401, 'signature_invalid'],
    ['with another address', { ...remove, sentTo: SESSION_PATHS.subject('ab'.repeat(32)) }, 401, 'signature_invalid'],
    ['with another content type', { ...put, headers: { 'content-type': 'text/plain' } }, 401, 'signature_missing'],
    [
      'with a type of bodies that JSON has',
      { ...put, headers: { 'content-type': 'application/json' } },
      401,
      'signature_invalid',
    ],
    [
      'with another idempotency key',
      { ...put, headers: { 'idempotency-key': 'a'.repeat(32) } },
      401,
      'signature_invalid',
    ],
    ['with another sequence number', { ...put, headers: { 'kv-seq': '999999' } }, 401, 'signature_invalid'],
    ['without a sequence number', { ...put, headers: { 'kv-seq': '' } }, 401, 'signature_missing'],
    [
      'with a signature of zeros',
      { ...remove, headers: { signature: `kv1=:${'A'.repeat(86)}==:` } },
      401,
      'signature_invalid',
    ],
    [
      'with a body for a post of bytes',
      { ...put, method: 'POST', path: SESSION_PATHS.sessions },
      401,
      'signature_missing',
    ],
    ['larger than one piece', { ...put, body: Buffer.alloc(SESSION_LIMITS.pieceBytes + 1) }, 413, 'body_too_large'],
    [
      'larger than JSON may be',
      { method: 'POST', path: SESSION_PATHS.sessions, body: ' '.repeat(1_048_577) },
      413,
      'body_too_large',
    ],
    ['half of JSON', { method: 'POST', path: SESSION_PATHS.sessions, body: '{"sessionId":' }, 400, 'request_invalid'],
    ['JSON of something else', { method: 'POST', path: KV1_PATHS.challenges, body: '[]' }, 400, 'request_invalid'],
    ['nowhere to be found', { path: '/v1/nowhere' }, 404, 'not_found'],
    ['asked in another way', { method: 'DELETE', path: KV1_PATHS.policy }, 404, 'not_found'],
    ['about a strange id', { path: SESSION_PATHS.session('..%2F..%2Fetc') }, 404, 'not_found'],
    ['about what is no address', { path: '/v1/sessions/%zz' }, 404, 'not_found'],
    ['about an id that is too long', { path: SESSION_PATHS.session('x'.repeat(500)) }, 404, 'not_found'],
  ])('%s is refused with a code and leaves nothing behind', async (_name, request, status, code) => {
    const before = await countRows();
    const answer = await device.send(request);
    expectProblem(answer, status, code);
    expect(answer.signed || request.headers?.['signature'] !== undefined).toBe(true);
    expect(await countRows()).toEqual(before);
    // The same device goes on working.
    expect((await device.send({ path: KV1_PATHS.policy })).status).toBe(200);
  });

  it('comes again: the nonce and the sequence number are good once', async () => {
    const nonce = 'bm9uY2Utbm9uY2Utbm9uY2U';
    expect((await device.send({ path: KV1_PATHS.policy, nonce })).status).toBe(200);
    expectProblem(await device.send({ path: KV1_PATHS.policy, nonce }), 401, 'nonce_replayed');
    expectProblem(await device.send({ path: KV1_PATHS.policy, sequence: 1 }), 401, 'sequence_replayed');
  });

  it('is not even HTTP', async () => {
    const { port } = new URL(verifier.address);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write('\x16\x03\x01\x02\x00 hello\r\n\r\n');
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toMatch(
      /^HTTP\/1.1 400 [\s\S]*application\/problem\+json[\s\S]*request_invalid/,
    );
  });

  async function countRows(): Promise<unknown> {
    const { queries } = verifier.database;
    const count = (table: 'sessions' | 'artifact_pieces' | 'deletions' | 'reviews') =>
      queries
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<number>().as('rows'))
        .executeTakeFirstOrThrow();
    return Promise.all([count('sessions'), count('artifact_pieces'), count('deletions'), count('reviews')]);
  }
});

describe('idempotency keys', () => {
  it('stand for one method, address and body', async () => {
    const one = await openSession();
    const other = await openSession();
    const idempotencyKey = 'k'.repeat(32);
    const word = { clerk: 'li', decision: 'passed', ground: 'document-seen', revision: 1 };
    await verifier.database.queries
      .insertInto('idempotency')
      .values({
        device_id: device.deviceId,
        key: idempotencyKey,
        digest: 'another effect',
        answer: '{}',
        at_ms: Date.now(),
      })
      .execute();
    for (const { sessionId } of [one, other]) {
      const path = SESSION_PATHS.review(sessionId);
      const answer = await device.send({ method: 'POST', path, body: canonicalJson(word), idempotencyKey });
      expectProblem(answer, 422, 'idempotency_conflict');
    }
  });
});

describe('signatures over other methods', () => {
  it('cover PUT with bytes, PATCH with its query, and DELETE without a body', async () => {
    const { sessionId, face } = await openSession();
    const path = SESSION_PATHS.artifact(sessionId, 'face.jpg');
    const half = face.subarray(0, 1_000);
    const first = await device.send({ method: 'PATCH', path: `${path}?offset=0`, body: half, contentType: PIECES });
    expect([first.status, first.signed, JSON.parse(first.text)]).toMatchObject([200, true, { received: 1_000 }]);
    const rest = face.subarray(1_000);
    const second = await device.send({ method: 'PATCH', path: `${path}?offset=1000`, body: rest, contentType: PIECES });
    expect(JSON.parse(second.text)).toMatchObject({ complete: true });
    const whole = await device.send({ method: 'PUT', path, body: face, contentType: PIECES });
    expect([whole.status, whole.signed]).toEqual([200, true]);
    const erased = await device.send({ method: 'DELETE', path: SESSION_PATHS.artifacts(sessionId) });
    expect([erased.status, erased.signed]).toEqual([200, true]);
  });

  it('cover an answer without a body', async () => {
    const policy = await device.send({ path: KV1_PATHS.policy });
    const tag = policy.headers.get('etag') ?? '';
    expect(tag).toMatch(/^"[0-9a-f]{32}"$/);
    for (const known of [tag, `W/${tag}`, `"x", ${tag}`]) {
      const same = await device.send({ path: KV1_PATHS.policy, headers: { 'if-none-match': known } });
      expect([same.status, same.text, same.signed, same.headers.get('etag')]).toEqual([304, '', true, tag]);
    }
    const other = await device.send({ path: KV1_PATHS.policy, headers: { 'if-none-match': '"x"' } });
    expect([other.status, other.text]).toEqual([200, policy.text]);
  });
});
