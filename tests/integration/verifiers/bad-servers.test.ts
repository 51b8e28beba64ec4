import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSessionDelivery } from '../../../src/main/verifiers/countersign/session-delivery.ts';
import type { Kv1ClientParts } from '../../../src/main/verifiers/countersign/signed-calls.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import type { CheckProgress } from '../../../src/shared/protocol/check-delivery.ts';
import type { DeliveryProblem } from '../../../src/shared/protocol/delivery.ts';
import { serverKeyProofText } from '../../../src/shared/protocol/kv1.ts';
import type { DecisionBody, SessionAnswer } from '../../../src/shared/protocol/kv1-sessions.ts';
import type { Result } from '../../../src/shared/result.ts';
import { fingerprintOf } from '../../../src/main/verifiers/countersign/server-keys.ts';
import { checkToDeliver, clientOf } from '../../support/check-to-deliver.ts';
import {
  startInterferingVerifier,
  type Interference,
  type InterferingVerifier,
} from '../../support/interfering-verifier.ts';
import { problemAnswer, signingKey, type PlainAnswer } from '../../support/signed-answers.ts';

let verifier: InterferingVerifier;
beforeEach(async () => {
  verifier = await startInterferingVerifier();
});
afterEach(() => verifier.close());

const item = checkToDeliver(1);

type Delivered = Result<CheckProgress, DeliveryProblem>;

function deliver(changes: Partial<Kv1ClientParts> = {}, attempts = 0): Promise<Delivered> {
  const client = clientOf(verifier, changes);
  const delivery = createSessionDelivery({ client: () => client, waitSeconds: 0 });
  return delivery.deliver(
    { ...item, queued: { ...item.queued, attempts } },
    () => undefined,
    new AbortController().signal,
  );
}

function sessionOf(answer: PlainAnswer): SessionAnswer {
  return answer.value as SessionAnswer;
}

/** Changes the decision of the answer, signed anew by the verifier's own key. */
const decides =
  (changes: Partial<DecisionBody> | Record<string, unknown>): Interference =>
  (_request, honest) => {
    const [session] = verifier.model.sessions.values();
    if (session === undefined || sessionOf(honest).decision === null || honest.status !== 200) return honest;
    if (!('decision' in (honest.value as object))) return honest;
    const decision = verifier.model.signDecision(session, changes);
    return { ...honest, value: { ...sessionOf(honest), decision } };
  };

const changes =
  (change: (session: SessionAnswer) => object): Interference =>
  (_request, honest) =>
    'decision' in (honest.value as object) ? { ...honest, value: change(sessionOf(honest)) } : honest;

/** Answers the submission with a problem, and has not taken it. */
const refusesSubmission =
  (problem: PlainAnswer): Interference =>
  ({ url }, honest) => {
    if (!url.endsWith(':submit')) return honest;
    for (const session of verifier.model.sessions.values()) Object.assign(session, { state: 'open', decision: null });
    return problem;
  };

const raw =
  (status: number, headers: Record<string, string>, body: string): Interference =>
  (_request, _honest, { response }) => {
    response.writeHead(status, headers).end(body);
    return null;
  };

const malformed = { code: 'verifier.malformed', scope: 'transient' };
const badSignature = { code: 'verifier.bad-signature', scope: 'transient' };
const unreachable = { code: 'verifier.unreachable', scope: 'transient' };
const other = signingKey('server-other:k1');
const samePlace = signingKey('server-test:k1');
let earlier: { body: string; headers: Record<string, string> } | null = null;

const BAD: readonly [string, Interference, { code: string; scope: string }][] = [
  ['says nothing', () => null, unreachable],
  [
    'begins and never ends',
    (_request, honest, { response, signed }) => {
      const body = JSON.stringify(honest.value);
      response.writeHead(200, { ...signed(200, body), 'content-length': String(body.length) });
      response.write(body.slice(0, 20));
      return null;
    },
    unreachable,
  ],
  [
    'drips a byte at a time',
    (_request, honest, { response, signed }) => {
      const body = JSON.stringify(honest.value);
      response.writeHead(200, signed(200, body));
      let at = 0;
      const timer = setInterval(() => response.write(body[(at += 1) % body.length] ?? ' '), 50);
      response.on('close', () => clearInterval(timer));
      return null;
    },
    unreachable,
  ],
  ['closes the connection', (_request, _honest, { response }) => (response.destroy(), null), unreachable],
  ['redirects', raw(307, { location: 'https://elsewhere.example/' }, ''), malformed],
  ['answers HTML', raw(200, { 'content-type': 'text/html' }, '<html>Sign in to this network</html>'), malformed],
  ['answers 502 HTML', raw(502, {}, '<html>'), unreachable],
  [
    'answers 1 GB',
    (_request, _honest, { response }) => {
      response.writeHead(200, { 'content-length': String(1024 ** 3) });
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(262_144, 32)));
      };
      response.on('drain', more);
      more();
      return null;
    },
    malformed,
  ],
  [
    'cuts its JSON short, signed',
    (_request, honest, { response, signed }) => {
      const body = JSON.stringify(honest.value).slice(0, -9);
      response.writeHead(200, signed(200, body)).end(body);
      return null;
    },
    malformed,
  ],
  [
    'signs by another key under its name',
    (_request, honest, { response, signed }) => {
      const body = JSON.stringify(honest.value);
      response.writeHead(200, signed(200, body, { key: samePlace })).end(body);
      return null;
    },
    badSignature,
  ],
  [
    'signs by a key that nobody vouches for',
    (_request, honest, { response, signed }) => {
      const body = JSON.stringify(honest.value);
      response.writeHead(200, signed(200, body, { key: other })).end(body);
      return null;
    },
    badSignature,
  ],
  [
    'changes the body after signing',
    (_request, honest, { response, signed }) => {
      const body = JSON.stringify(honest.value);
      response.writeHead(200, signed(200, body)).end(body.replace('"open"', '"decided"').concat(' '));
      return null;
    },
    badSignature,
  ],
  [
    'answers with what it answered before',
    (_request, honest, { response, signed }) => {
      const body = JSON.stringify(honest.value);
      earlier ??= { body, headers: signed(200, body) };
      response.writeHead(200, earlier.headers).end(earlier.body);
      return null;
    },
    badSignature,
  ],
  [
    'answers what somebody else asked',
    (_request, honest, { response, signed }) => {
      const body = JSON.stringify(honest.value);
      response.writeHead(200, signed(200, body, { requestSignature: 'kv1=:AAAA:' })).end(body);
      return null;
    },
    badSignature,
  ],
  [
    'speaks of another session',
    changes((one) => ({ ...one, sessionId: '019caa01-0000-7000-8000-00000000ffff' })),
    badSignature,
  ],
  [
    'speaks of another certification',
    changes((one) => ({ ...one, certifyId: '019caa00-0000-7000-8000-00000000ffff' })),
    badSignature,
  ],
  ['decides about another session', decides({ sessionId: '019caa01-0000-7000-8000-00000000ffff' }), badSignature],
  ['decides about another certification', decides({ certifyId: '019caa00-0000-7000-8000-00000000ffff' }), badSignature],
  ['decides about another check', decides({ check: 'face-live' }), badSignature],
  ['decides about another picture', decides({ artifacts: { 'face.jpg': 'ab'.repeat(32) } }), badSignature],
  ['decides about no picture', decides({ artifacts: {} }), badSignature],
  ['passes, to be tried again', decides({ retry: 'service' }), badSignature],
  ['passes for a reason that is none', decides({ state: 'passed', reason: 'face.low-similarity' }), malformed],
  ['passes for an unknown reason', decides({ state: 'passed', reason: 'ok.sure' }), malformed],
  ['decides without a decision', changes((one) => ({ ...one, state: 'decided', decision: null })), malformed],
  [
    'signs its decision wrongly',
    changes((one) =>
      one.decision === null
        ? one
        : { ...one, decision: { ...one.decision, server: { ...one.decision.server, signature: 'A'.repeat(86) } } },
    ),
    badSignature,
  ],
  [
    'has its decision signed by another',
    changes((one) => {
      const [session] = verifier.model.sessions.values();
      return one.decision === null ? one : { ...one, decision: verifier.model.signDecision(session!, {}, samePlace) };
    }),
    badSignature,
  ],
  [
    'changes a decision that it signed',
    (_request, honest) => {
      verifier.model.decide = () => ({ state: 'failed', reason: 'identity.mismatch' });
      const { decision } = sessionOf(honest);
      if (!decision) return honest;
      const body = { ...decision.body, state: 'passed', reason: 'ok.confirmed' };
      return { ...honest, value: { ...sessionOf(honest), decision: { ...decision, body } } };
    },
    badSignature,
  ],
  [
    'gives a sealing key of all zeros',
    changes((one) => ({ ...one, sealingKey: { ...one.sealingKey, x: 'A'.repeat(43) } })),
    malformed,
  ],
  [
    'has more of a picture than there is',
    changes((one) => ({ ...one, artifacts: [{ ...one.artifacts[0], received: 401 }] })),
    malformed,
  ],
  ['never gets on', changes((one) => ({ ...one, state: 'open', decision: null })), malformed],
  ['is in an unknown state', changes((one) => ({ ...one, state: 'thinking' })), malformed],
  ['knows an unknown problem', () => problemAnswer(418, 'teapot'), { code: 'verifier.refused', scope: 'items' }],
  [
    'has an unknown problem that passes',
    () => problemAnswer(418, 'teapot', { retryable: true }),
    { code: 'verifier.refused', scope: 'transient' },
  ],
  [
    'refuses for ever without signing',
    raw(403, {}, JSON.stringify(problemAnswer(403, 'device_revoked').value)),
    badSignature,
  ],
  [
    'has revoked this device',
    () => problemAnswer(403, 'device_revoked'),
    { code: 'verifier.refused', scope: 'device' },
  ],
  [
    'always finds the clock wrong',
    () => problemAnswer(401, 'clock_skew', { retryable: true, serverTimeMs: 5 }),
    { code: 'verifier.clock-skew', scope: 'transient' },
  ],
  [
    'always has seen the number',
    () => problemAnswer(401, 'sequence_replayed', { retryable: true }),
    { code: 'verifier.refused', scope: 'transient' },
  ],
  [
    'always misses artifacts',
    refusesSubmission(problemAnswer(409, 'artifacts_missing', { retryable: true })),
    { code: 'verifier.refused', scope: 'transient' },
  ],
  [
    'can not open what was sealed',
    refusesSubmission(problemAnswer(422, 'identity_unreadable')),
    { code: 'verifier.refused', scope: 'items' },
  ],
  [
    'lets the session expire',
    changes((one) => ({ ...one, state: 'expired' })),
    { code: 'verification.expired', scope: 'items' },
  ],
];

describe('a verifier that', () => {
  beforeEach(() => {
    earlier = null;
  });

  test.each(BAD)('%s passes nobody and loses nothing', async (_name, interfere, { code, scope }) => {
    verifier.interfere = interfere;
    const delivered = await deliver();
    expect(
      delivered.ok ? delivered.value : { code: delivered.error.failure.code, scope: delivered.error.scope },
    ).toEqual({
      code,
      scope,
    });
    expect(verifier.seen.length).toBeLessThanOrEqual(20);
    // Nothing of it stays: the same question is answered as soon as the verifier is honest.
    verifier.interfere = (_request, honest) => honest;
    expect(await deliver({}, 1)).toMatchObject({ ok: true, value: { state: 'decided' } });
  });
});

describe('what is put up with', () => {
  test.each([
    [
      'fields that are new',
      changes((one) => ({ ...one, colour: 'blue', artifacts: one.artifacts.map((each) => ({ ...each, tint: 1 })) })),
    ],
    [
      '201 instead of 200',
      (_request: unknown, honest: PlainAnswer) => ({ ...honest, status: honest.status === 200 ? 201 : honest.status }),
    ],
  ] as [string, Interference][])('%s', async (_name, interfere) => {
    verifier.interfere = interfere;
    expect(await deliver()).toMatchObject({ ok: true, value: { state: 'decided', outcome: { state: 'passed' } } });
  });

  test.each([600_000, -600_000])('a clock that is %i ms off, corrected once', async (offsetMs) => {
    verifier.clockOffsetMs = offsetMs;
    expect(await deliver()).toMatchObject({ ok: true, value: { state: 'decided' } });
    // One request more than with the right clock.
    expect(verifier.seen).toHaveLength(4);
  });

  test('a request that was overtaken, sent again under a new number', async () => {
    let refused = 0;
    verifier.interfere = (_request, honest) =>
      (refused += 1) % 2 === 1 ? problemAnswer(401, 'sequence_replayed', { retryable: true }) : honest;
    expect(await deliver()).toMatchObject({ ok: true, value: { state: 'decided' } });
    const numbers = verifier.seen.map(({ headers }) => Number(headers['kv-seq']));
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  });

  test('a new key of the verifier that the pinned one vouches for', async () => {
    const next = signingKey('server-test:k2');
    const endorsement = verifier.key.sign(serverKeyProofText(next.keyId, fingerprintOf(next.jwk)));
    const first = { keyId: verifier.key.keyId, key: verifier.key.jwk, endorsement: null };
    verifier.changeKey(next, [{ keyId: next.keyId, key: next.jwk, endorsement }, first]);
    expect(await deliver()).toMatchObject({ ok: true, value: { state: 'decided' } });
    expect(verifier.seen.filter(({ url }) => url === '/v1/health')).toHaveLength(1);
  });

  test.each(['no endorsement', 'its own endorsement', 'an endorsement of another key'])(
    'but no new key with %s',
    async (kind) => {
      const next = signingKey('server-test:k2');
      const text = serverKeyProofText(next.keyId, fingerprintOf(next.jwk));
      const { keyId, jwk } = verifier.key;
      const endorsements = {
        'no endorsement': null,
        'its own endorsement': { ...next.sign(text), keyId },
        'an endorsement of another key': verifier.key.sign(serverKeyProofText(next.keyId, fingerprintOf(other.jwk))),
      } as Record<string, { keyId: string; signature: string } | null>;
      const listed = { keyId: next.keyId, key: next.jwk, endorsement: endorsements[kind] ?? null };
      verifier.changeKey(next, [listed, { keyId, key: jwk, endorsement: null }]);
      expect(await deliver({ clock: systemClock })).toMatchObject({
        error: { failure: { code: 'verifier.bad-signature' } },
      });
    },
  );
});
