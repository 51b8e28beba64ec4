import { createHmac, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CHECKS, checkOutcomeSchema, type CheckAnswer } from '../../../../src/shared/domain/verification.ts';
import type { FakeVendor, ScriptedAnswer } from '../../../../src/fake-vendor/contract.ts';
import { startFakeVendor } from '../../../../src/fake-vendor/start.ts';
import { CLIENT_CODES, meaningOfClientCode } from '../../../../src/main/verifiers/uni/codes.ts';
import { parseUniSettings } from '../../../../src/main/verifiers/uni/settings.ts';
import { createUniVerifier, type UniVerifier } from '../../../../src/main/verifiers/uni/uni-verifier.ts';
import { sendToVendor } from '../../../../src/main/verifiers/vendor-exchange.ts';
import { manualClock, type ManualClock } from '../../../support/manual-clock.ts';

const secret = 'a secret of at least thirty-two characters';
const account = { accessKeyId: 'unused', secretAccessKey: secret };
const context = { trace: { traceId: '1'.repeat(32), spanId: '2'.repeat(16) } };
const visit = {
  orderId: 'a'.repeat(32),
  identity: { name: '样本甲', number: '110101199003078814' },
  metaInfo: '{"deviceType":"android"}',
};

let clock: ManualClock;
let vendor: FakeVendor;
let verifier: UniVerifier;

beforeEach(async () => {
  clock = manualClock(Date.UTC(2026, 10, 22, 3));
  vendor = await startFakeVendor('uni', { account, nowMs: () => clock.wallMs() });
  verifier = verifierWith({ secret });
});
afterEach(() => vendor.close());

function verifierWith(settings: { secret: string; timeoutMs?: number }): UniVerifier {
  return createUniVerifier(
    { send: sendToVendor, clock, randomBytes },
    { url: `${vendor.address}/verify`, ...settings },
  );
}

async function opened(): Promise<string> {
  const answer = await verifier.open(visit, context);
  if (!answer.ok) throw new Error(answer.error.reason);
  return answer.value.certifyId;
}

const result = (certifyId: string) => verifier.result(certifyId, visit.orderId, context);

function said(answer: CheckAnswer): string {
  if (answer.kind === 'pending') return 'pending';
  const { state, reason, retry } = checkOutcomeSchema.parse(answer.outcome);
  return `${state} ${reason} ${retry}`;
}

describe('a visit', () => {
  it('is opened, decided and read once', async () => {
    const certifyId = await opened();
    const first = await result(certifyId);
    const again = await result(certifyId);
    expect(said(first)).toBe('passed ok.confirmed none');
    expect(again).toEqual(first);
    expect(vendor.received.map(({ operation, billed }) => ({ operation, billed }))).toEqual([
      { operation: 'getCertifyId', billed: false },
      { operation: 'getAuthResult', billed: true },
    ]);
  });

  it('is read once by two who ask at the same time', async () => {
    const certifyId = await opened();
    await Promise.all([result(certifyId), result(certifyId)]);
    expect(vendor.received.filter(({ operation }) => operation === 'getAuthResult')).toHaveLength(1);
  });

  it('carries personal data in the body only, and the trace', async () => {
    await opened();
    const [call] = vendor.received;
    const outside = JSON.stringify([call?.url, call?.headers]);
    expect(outside).not.toContain(visit.identity.number);
    expect(call?.headers['traceparent']).toBe(`00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`);
    expect(call?.parameters).toMatchObject({ realName: '样本甲', needPicture: false, orderId: visit.orderId });
  });

  it('of a lost answer is found again', async () => {
    const certifyId = await opened();
    vendor.script('getAuthResult', [{ fault: 'drop', code: 'FAIL' }, {}]);
    expect(said(await result(certifyId))).toBe('error verifier.unreachable service');
    expect(said(await result(certifyId))).toBe('failed face.low-similarity none');
  });

  it('that goes on is asked for five times and then left to a clerk', async () => {
    const certifyId = await opened();
    vendor.script('getAuthResult', [{ code: 'PROCESSING' }]);
    const answers: string[] = [];
    for (let read = 0; read < 6; read += 1) answers.push(said(await result(certifyId)));
    expect(answers).toEqual([
      ...Array<string>(4).fill('pending'),
      ...Array<string>(2).fill('error outcome.unknown clerk'),
    ]);
    expect(vendor.received.filter(({ operation }) => operation === 'getAuthResult')).toHaveLength(5);
  });

  it('can’t be read after a day, nor for another order', async () => {
    const certifyId = await opened();
    expect(said(await verifier.result(certifyId, 'b'.repeat(32), context))).toBe('error request.invalid configuration');
    clock.advance(24 * 3600 * 1000 + 1);
    expect(said(await result(certifyId))).toBe('error verification.expired clerk');
    expect(vendor.received).toHaveLength(1);
  });
});

describe('codes of the cloud', () => {
  const TABLE: Readonly<Record<string, string>> = {
    FAIL: 'failed face.low-similarity none',
    PROCESSING: 'pending',
    SUCCESS: 'passed ok.confirmed none',
    '50001': 'error verifier.misconfigured configuration',
    '50002': 'error verifier.misconfigured configuration',
    '54003': 'error verifier.misconfigured configuration',
    '54004': 'error verifier.refused configuration',
    '54020': 'error verification.expired capture',
    '54021': 'error verifier.misconfigured configuration',
    '54100': 'error verifier.not-paid configuration',
    '55000': 'error source.unavailable service',
    '55001': 'error source.unavailable service',
    '55023': 'error verifier.not-paid configuration',
    '56001': 'error verification.expired clerk',
    '56002': 'error outcome.unknown clerk',
    '60000': 'error source.unavailable service',
    '99999': 'error verifier.unknown-code clerk',
  };

  it('cover every one that the fake knows', () => {
    const known = vendor.operations.flatMap((operation) => vendor.codesOf(operation));
    expect(known.filter((code) => code !== '0' && TABLE[code] === undefined)).toEqual([]);
  });

  it.each(Object.entries(TABLE))('%s of a result: %s', async (code, expected) => {
    const certifyId = await opened();
    vendor.script('getAuthResult', [{ code }]);
    expect(said(await result(certifyId))).toBe(expected);
  });

  it.each(['50001', '54100', '60000', '99999'])('%s of an opening', async (code) => {
    vendor.script('getCertifyId', [{ code }]);
    const answer = await verifier.open(visit, context);
    expect(answer.ok ? 'opened' : said({ kind: 'settled', outcome: answer.error })).toBe(TABLE[code]);
  });
});

describe('an answer that isn’t one', () => {
  const forged = { answer: JSON.stringify({ errCode: 0, authState: 'SUCCESS' }), signature: '0'.repeat(64) };
  const keyed = (answer: object) => {
    const text = JSON.stringify(answer);
    return { answer: text, signature: createHmac('sha256', 'other').update(text).digest('hex') };
  };
  const CASES: readonly (readonly [string, ScriptedAnswer, string])[] = [
    ['unsigned', { body: { errCode: 0, authState: 'SUCCESS' } }, 'error verifier.malformed service'],
    ['forged', { body: forged }, 'error verifier.bad-signature configuration'],
    ['of another key', { body: keyed({ authState: 'SUCCESS' }) }, 'error verifier.bad-signature configuration'],
    ['of a proxy', { fault: 'html' }, 'error verifier.malformed service'],
    ['a redirect', { fault: 'redirect' }, 'error verifier.malformed service'],
    ['cut', { fault: 'cut' }, 'error verifier.unreachable service'],
    ['endless', { fault: 'flood' }, 'error verifier.malformed service'],
    ['nothing', { fault: 'hang' }, 'error verifier.unreachable service'],
    ['nonsense', { fault: 'nonsense' }, 'error verifier.malformed service'],
    ['too many requests', { httpStatus: 429, headers: { 'retry-after': '7' } }, 'error verifier.throttled throttle'],
    ['a broken server', { httpStatus: 503 }, 'error verifier.unreachable service'],
    ['a missing function', { httpStatus: 404, body: {} }, 'error verifier.refused configuration'],
    ['another status', { code: 'SUCCESS', httpStatus: 201 }, 'error verifier.malformed service'],
  ];

  it.each(CASES)('%s', async (_, answer, expected) => {
    verifier = verifierWith({ secret, timeoutMs: 500 });
    const certifyId = await opened();
    vendor.script('getAuthResult', [answer]);
    expect(said(await result(certifyId))).toBe(expected);
  });

  it('recorded from an earlier read is refused: it answers another nonce', async () => {
    const certifyId = await opened();
    const nonce = 'c'.repeat(32);
    const text = JSON.stringify({ errCode: 0, authState: 'SUCCESS' });
    const signature = createHmac('sha256', secret).update(`countersign-answer-v1\n${nonce}\n${text}`).digest('hex');
    vendor.script('getAuthResult', [{ body: { answer: text, signature } }]);
    expect(said(await result(certifyId))).toBe('error verifier.bad-signature configuration');
  });
});

describe('our signature', () => {
  it.each([
    ['another secret', 'error verifier.misconfigured configuration', 0],
    [secret, 'error verifier.clock-skew configuration', 6 * 60_000],
    [secret, 'error verifier.clock-skew configuration', -6 * 60_000],
  ])('is checked (%#)', async (with_, expected, skewMs) => {
    verifier = createUniVerifier(
      { send: sendToVendor, clock: manualClock(clock.wallMs() + skewMs), randomBytes },
      { url: vendor.address, secret: with_ },
    );
    const answer = await verifier.open(visit, context);
    expect(answer.ok ? 'opened' : said({ kind: 'settled', outcome: answer.error })).toBe(expected);
  });

  it('is used once', async () => {
    verifier = createUniVerifier(
      { send: sendToVendor, clock, randomBytes: (length) => Buffer.alloc(length, 7) },
      { url: vendor.address, secret },
    );
    await opened();
    const answer = await verifier.open(visit, context);
    expect(answer.ok ? 'opened' : answer.error.vendor?.code).toBe('nonce-used');
  });
});

describe('what it serves', () => {
  it('is no check, and it says why of each', async () => {
    expect(verifier.capabilities.checks).toEqual([]);
    expect(Object.keys(verifier.capabilities.refusals)).toEqual([...CHECKS]);
    const request = { certifyId: visit.orderId, check: 'identity' as const, orderId: visit.orderId, materials: {} };
    expect(said(await verifier.check(request, context))).toBe('error verifier.unsupported configuration');
    expect(vendor.received).toEqual([]);
  });

  it('trusts nothing that an app says', () => {
    const kinds = Object.keys(CLIENT_CODES).map((code) => {
      const hint = meaningOfClientCode(code);
      return `${code} ${hint.kind === 'ended' ? hint.reason : hint.kind}`;
    });
    expect(kinds.sort()).toEqual([
      '0 ask-server',
      '10001 verifier.misconfigured',
      '10010 ask-server',
      '10011 verification.abandoned',
      '10012 verifier.unreachable',
      '10013 ask-server',
      '10020 verifier.clock-skew',
    ]);
    expect(meaningOfClientCode('424242')).toEqual({ kind: 'ask-server' });
  });

  it.each([
    ['http://verify.example/f', 'url needs https'],
    ['https://user@verify.example/f', 'url has more than host and path'],
    ['https://verify.example/f?key=1', 'url has more than host and path'],
    ['not a url', 'url'],
  ])('is refused at %s', (url, detail) => {
    expect(parseUniSettings({ url, secret })).toEqual({
      ok: false,
      error: { code: 'verifier.misconfigured', detail },
    });
  });

  it('is set up with an address and a long secret', () => {
    expect(parseUniSettings({ url: 'https://verify.example/f', secret }).ok).toBe(true);
    expect(parseUniSettings({ url: 'https://verify.example/f', secret: 'short' }).ok).toBe(false);
  });
});
