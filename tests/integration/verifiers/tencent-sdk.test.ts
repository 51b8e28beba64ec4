import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { v20180301 as faceid } from 'tencentcloud-sdk-nodejs/tencentcloud/services/faceid/v20180301/index.js';
import { v20200303 as iai } from 'tencentcloud-sdk-nodejs/tencentcloud/services/iai/v20200303/index.js';
import { v20181119 as ocr } from 'tencentcloud-sdk-nodejs/tencentcloud/services/ocr/v20181119/index.js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ok } from '../../../src/shared/result.ts';
import type { SendToVendor, VendorClientParts } from '../../../src/main/verifiers/contract.ts';
import { actionSequence, liveCode } from '../../../src/main/verifiers/tencent/clip-challenges.ts';
import { hostedResult, openHosted } from '../../../src/main/verifiers/tencent/hosted.ts';
import { signTc3 } from '../../../src/main/verifiers/tencent/tc3-signature.ts';
import { createTencentVerifier } from '../../../src/main/verifiers/tencent/tencent-verifier.ts';
import type { TencentService, TencentSettings } from '../../../src/main/verifiers/tencent/tencent-services.ts';
import { manualClock } from '../../support/manual-clock.ts';
import {
  clip,
  CONTEXT,
  IDENTITY,
  NOW_MS,
  ORDER_ID,
  picture,
  QUESTION_NAMES,
  QUESTIONS,
  request,
  SETTINGS,
} from '../../unit/verifiers/tencent/samples.ts';

/** What arrived, as bytes and as the headers that were written. */
interface Arrived {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

const arrived: Arrived[] = [];
const recorder = http.createServer((incoming, outgoing) => {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => {
    const { url = '', headers } = incoming;
    const body = Buffer.concat(chunks).toString('utf8');
    arrived.push({ path: url, headers: headers as Arrived['headers'], body });
    outgoing.writeHead(200, { 'content-type': 'application/json' });
    outgoing.end('{"Response":{"RequestId":"a-request"}}');
  });
});

/** Every name leads to the recorder, so that both clients believe that they talk to the vendor's hosts. */
const agent = new http.Agent({
  lookup: (_name, options, found) => {
    if (options.all) found(null, [{ address: '127.0.0.1', family: 4 }]);
    else found(null, '127.0.0.1', 4);
  },
});

const send: SendToVendor = (sent) =>
  new Promise((resolve) => {
    const { method, headers, body } = sent;
    const outgoing = http.request(sent.url, { method, headers: { ...headers }, agent }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(ok({ status: 200, headers: new Headers(), body: Buffer.from('{}') })));
    });
    outgoing.end(body);
  });

const parts: VendorClientParts = { send, clock: manualClock(NOW_MS), randomBytes: (length) => Buffer.alloc(length) };

/**
 * Compared by value. Left out is what belongs to the client's HTTP stack and not to the request: `accept`,
 * `accept-encoding`, `user-agent`, `connection`, `content-length`, `transfer-encoding`; and `x-tc-requestclient`, the
 * SDK's own name, which we don't claim to be. None of them is signed.
 */
const COMPARED = [
  'host',
  'content-type',
  'authorization',
  'x-tc-action',
  'x-tc-version',
  'x-tc-region',
  'x-tc-timestamp',
  'x-tc-token',
  'x-tc-traceid',
] as const;

const LEFT_OUT = [
  ...['accept', 'accept-encoding', 'user-agent', 'connection', 'content-length', 'transfer-encoding'],
  'x-tc-requestclient',
];

function comparable({ path, headers, body }: Arrived) {
  return { path, body, headers: COMPARED.map((name) => [name, headers[name]]) };
}

let port = 0;

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW_MS });
  await new Promise<void>((listening) => recorder.listen(0, '127.0.0.1', listening));
  ({ port } = recorder.address() as AddressInfo);
});

afterAll(async () => {
  vi.useRealTimers();
  agent.destroy();
  recorder.closeAllConnections();
  await new Promise((closed) => recorder.close(closed));
});

const CLIENTS = { faceid: faceid.Client, iai: iai.Client, ocr: ocr.Client } as const;
const hostOf = (service: TencentService) => `${service}.tencentcloudapi.com:${port}`;

function settings(differences: Partial<TencentSettings> = {}): TencentSettings {
  const endpoints = {
    faceid: `http://${hostOf('faceid')}`,
    iai: `http://${hostOf('iai')}`,
    ocr: `http://${hostOf('ocr')}`,
  };
  return { ...SETTINGS, endpoints, ...differences };
}

/** The same operation with the same parameters through the SDK: its method where it has one. */
async function askSdk(ours: Arrived, endpoint: string, { keys, region }: TencentSettings): Promise<Arrived> {
  const service = ours.headers['host']!.split('.')[0] as TencentService;
  const client = new CLIENTS[service]({
    credential: {
      secretId: keys.accessKeyId,
      secretKey: keys.secretAccessKey,
      ...(keys.securityToken === undefined ? {} : { token: keys.securityToken }),
    },
    region,
    profile: {
      httpProfile: { endpoint, protocol: 'http://', agent, headers: { 'X-TC-TraceId': CONTEXT.trace.traceId } },
    },
  });
  const action = ours.headers['x-tc-action']!;
  const parameters: unknown = JSON.parse(ours.body);
  const before = arrived.length;
  const methods = client as unknown as Record<string, ((parameters: unknown) => Promise<unknown>) | undefined>;
  await (methods[action]?.(parameters) ?? client.request(action, parameters));
  expect(arrived.length).toBe(before + 1);
  return arrived.at(-1)!;
}

async function bothSend(ask: () => Promise<unknown>, using = settings()) {
  arrived.length = 0;
  await ask();
  const [ours] = arrived;
  if (!ours) throw new Error('nothing was sent');
  const theirs = await askSdk(ours, ours.headers['host']!, using);
  expect(comparable(ours)).toEqual(comparable(theirs));
  const others = Object.keys({ ...ours.headers, ...theirs.headers }).filter((name) => !LEFT_OUT.includes(name));
  expect(COMPARED).toEqual(expect.arrayContaining(others));
  return ours;
}

describe('our requests are the SDK’s, byte for byte', () => {
  it.each(QUESTION_NAMES)('%s', async (question) => {
    const ours = await bothSend(() => createTencentVerifier(parts, settings()).check(QUESTIONS[question], CONTEXT));
    expect(ours.headers['x-tc-action']).toBe(question.split(' ')[0]);
  });

  it('with a clip for made-up faces, the other side of a card, and the older operation', async () => {
    const clipQuestion = request('fake-face', { clip: clip({ kind: 'silent' }) });
    await bothSend(() => createTencentVerifier(parts, settings()).check(clipQuestion, CONTEXT));
    const sides = request('id-card-reading', { cardFront: picture(), cardBack: picture() });
    await bothSend(() => createTencentVerifier(parts, settings()).check(sides, CONTEXT));
    const older = settings({ liveFaceOperation: 'DetectLiveFace' });
    await bothSend(() => createTencentVerifier(parts, older).check(QUESTIONS.DetectLiveFaceAccurate, CONTEXT), older);
  });

  it('for challenges and hosted flows', async () => {
    const flow = { orderId: ORDER_ID, identity: IDENTITY } as const;
    const opened = {
      ...flow,
      token: 'a-token',
      url: null,
      clientConfig: null,
      expiresAtMs: NOW_MS,
      comparesWith: 'authority',
    } as const;
    const asks = [
      () => liveCode(parts, settings(), CONTEXT),
      () => actionSequence(parts, settings(), CONTEXT),
      () => openHosted(parts, settings(), { kind: 'h5', ...flow, returnUrl: 'https://counter.example/done' }, CONTEXT),
      () => openHosted(parts, settings(), { kind: 'sdk', ...flow, reference: picture() }, CONTEXT),
      () => hostedResult(parts, settings(), { ...opened, kind: 'h5' }, CONTEXT),
      () => hostedResult(parts, settings(), { ...opened, kind: 'sdk' }, CONTEXT),
    ];
    const actions: unknown[] = [];
    for (const ask of asks) actions.push((await bothSend(ask)).headers['x-tc-action']);
    expect(actions).toEqual([
      'GetLiveCode',
      'GetActionSequence',
      'DetectAuth',
      'GetFaceIdToken',
      'GetDetectInfoEnhanced',
      'GetFaceIdResult',
    ]);
  });

  it('with a temporary key', async () => {
    const using = settings({ keys: { ...SETTINGS.keys, securityToken: 'a-session-token' } });
    const verifier = createTencentVerifier(parts, using);
    const ours = await bothSend(() => verifier.check(QUESTIONS.IdCardVerification, CONTEXT), using);
    expect(ours.headers['x-tc-token']).toBe('a-session-token');
  });
});

describe('the two traps of an address that is not the vendor’s', () => {
  it('the SDK takes the scope from the address and signs the host without its port', async () => {
    await createTencentVerifier(parts, settings()).check(QUESTIONS.IdCardVerification, CONTEXT);
    const ours = arrived.at(-1)!;
    const theirs = await askSdk(ours, `127.0.0.1:${port}`, SETTINGS);
    const signed = { contentType: 'application/json', body: ours.body, seconds: NOW_MS / 1_000, keys: SETTINGS.keys };
    expect(theirs.headers['host']).toBe(`127.0.0.1:${port}`);
    expect(theirs.headers['authorization']).toBe(signTc3({ ...signed, service: '127', host: '127.0.0.1' }));
  });

  it('we name the service whatever the address is', async () => {
    const verifier = createTencentVerifier(parts, settings({ endpoints: { faceid: `http://127.0.0.1:${port}` } }));
    await verifier.check(QUESTIONS.IdCardVerification, CONTEXT);
    const { headers, body } = arrived.at(-1)!;
    const signed = { contentType: 'application/json', body, seconds: NOW_MS / 1_000, keys: SETTINGS.keys };
    expect(headers['authorization']).toBe(signTc3({ ...signed, service: 'faceid', host: '127.0.0.1' }));
    expect(headers['authorization']).toContain('/2026-11-22/faceid/tc3_request,');
  });
});
