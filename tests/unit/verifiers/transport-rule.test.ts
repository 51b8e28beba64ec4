import { describe, expect, it } from 'vitest';
import { createAliyunVerifier } from '../../../src/main/verifiers/aliyun/aliyun-verifier.ts';
import type { TransportProblem, VendorClientParts, VendorResponse } from '../../../src/main/verifiers/contract.ts';
import { createTencentVerifier } from '../../../src/main/verifiers/tencent/tencent-verifier.ts';
import { createUniVerifier } from '../../../src/main/verifiers/uni/uni-verifier.ts';
import type { CheckOutcome } from '../../../src/shared/domain/verification.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok, type Result } from '../../../src/shared/result.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { SETTINGS as ALIYUN, outcomeOf } from './aliyun/answering.ts';
import * as aliyun from './aliyun/samples.ts';
import * as tencent from './tencent/samples.ts';

type Exchange = Result<VendorResponse, TransportProblem>;

function http(status: number, body: unknown = '', headers: Record<string, string> = {}): Exchange {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return ok({ status, headers: new Headers(headers), body: Buffer.from(text) });
}
function lost(arrived: 'no' | 'maybe', code: 'verifier.unreachable' | 'verifier.malformed' = 'verifier.unreachable') {
  return err({ failure: failure(code, 'timeout'), arrived });
}

/** How each adapter is asked one question, and how its vendor says things in readable form. */
interface Adapter {
  readonly ask: (parts: VendorClientParts) => Promise<CheckOutcome>;
  readonly pass: unknown;
  readonly trouble: unknown;
  readonly throttled: unknown;
}

const LIMITED = { Response: { RequestId: 'R', Error: { Code: 'RequestLimitExceeded', Message: '' } } };
const TENCENT_TROUBLE = { Response: { RequestId: 'R', Error: { Code: 'InternalError', Message: '' } } };
const ALIYUN_TROUBLE = { Code: 'InternalError', Message: '', RequestId: 'R' };
const ALIYUN_LIMITED = { Code: 'Throttling.User', Message: '', RequestId: 'R' };

const tencentAdapter = (question: keyof typeof tencent.QUESTIONS): Adapter => ({
  ask: async (parts) =>
    outcomeOf(await createTencentVerifier(parts, tencent.SETTINGS).check(tencent.QUESTIONS[question], tencent.CONTEXT)),
  pass: { Response: { RequestId: 'R', ...tencent.PASSING[question] } },
  trouble: TENCENT_TROUBLE,
  throttled: LIMITED,
});

const aliyunAdapter = (check: 'identity' | 'face-authority', settings: object, pass: object): Adapter => ({
  ask: async (parts) => {
    const request = { certifyId: aliyun.CERTIFY_ID, check, orderId: aliyun.ORDER_ID, materials: aliyun.MATERIALS };
    return outcomeOf(await createAliyunVerifier(parts, { ...ALIYUN, ...settings }).check(request, aliyun.CONTEXT));
  },
  pass: { Code: '200', Message: '', RequestId: 'R', ...pass },
  trouble: ALIYUN_TROUBLE,
  throttled: ALIYUN_LIMITED,
});

const uniAdapter: Adapter = {
  ask: async (parts) => {
    const verifier = createUniVerifier(parts, { url: 'https://function.example/', secret: 'x'.repeat(32) });
    const visit = { orderId: tencent.ORDER_ID, identity: tencent.IDENTITY, metaInfo: '{}' };
    const answer = await verifier.open(visit, tencent.CONTEXT);
    if (answer.ok) throw new Error('opened');
    return answer.error;
  },
  pass: { errCode: 0, certifyId: 'certify-0001' },
  trouble: { errCode: 55000 },
  throttled: { errCode: 55000 },
};

const OF_2018 = { verification: { api: '2018-09-16', biz: 'scene' } };
const ADAPTERS = {
  Tencent: tencentAdapter('IdCardVerification'),
  'Tencent, a face': tencentAdapter('ImageRecognitionV2'),
  Aliyun: aliyunAdapter('identity', {}, { ResultObject: { BizCode: '1' } }),
  'Aliyun, with a query': aliyunAdapter('face-authority', OF_2018, {
    Success: true,
    Data: { VerifyStatus: { StatusCode: 1 } },
  }),
  uni: uniAdapter,
};
type Name = keyof typeof ADAPTERS;

const UNKNOWN = 'outcome.unknown clerk unknown null';
const NOT_SENT = 'verifier.unreachable service no null';
const MALFORMED = 'verifier.malformed service no null';
const throttledFor = (waitMs: number) => `verifier.throttled throttle no ${waitMs}`;
const DATED = { date: 'Sun, 22 Nov 2026 11:00:00 GMT', 'retry-after': 'Sun, 22 Nov 2026 11:00:09 GMT' };

/** What comes back, what follows, and where nothing is billed something else. */
const CASES: [string, (adapter: Adapter) => Exchange, string, string?][] = [
  ['no connection', () => lost('no'), NOT_SENT],
  ['no answer in time', () => lost('maybe'), UNKNOWN, NOT_SENT],
  ['an answer without end', () => lost('maybe', 'verifier.malformed'), UNKNOWN, MALFORMED],
  ['429', () => http(429), throttledFor(2_000)],
  ['429 with a page', () => http(429, '<html>'), throttledFor(2_000)],
  ['429 with a wait', () => http(429, '', { 'retry-after': '7' }), throttledFor(7_000)],
  ['429 until a time', () => http(429, '', DATED), throttledFor(9_000)],
  ['429 for years', () => http(429, '', { 'retry-after': '99999999' }), throttledFor(3_600_000)],
  ['429 with nonsense', () => http(429, '', { 'retry-after': '-1; x' }), throttledFor(2_000)],
  ['429 beside the vendor’s words', ({ throttled }) => http(429, throttled), throttledFor(2_000)],
  ['429 beside a pass', ({ pass }) => http(429, pass), throttledFor(2_000)],
  ['a redirect', () => http(302, '', { location: 'https://elsewhere.example/' }), MALFORMED],
  ['a redirect beside a pass', ({ pass }) => http(307, pass, { location: 'http://127.0.0.1/' }), MALFORMED],
  ['403 from a proxy', () => http(403, '<html>'), 'verifier.refused configuration no null'],
  ['500', () => http(500), UNKNOWN, NOT_SENT],
  ['503 with a page', () => http(503, '<html>'), UNKNOWN, NOT_SENT],
  ['502 beside a pass', ({ pass }) => http(502, pass), UNKNOWN, NOT_SENT],
  ['200 with a page', () => http(200, '<html>'), UNKNOWN, MALFORMED],
  ['200 with half of an answer', ({ pass }) => http(200, JSON.stringify(pass).slice(0, -5)), UNKNOWN, MALFORMED],
  ['200 with nothing', () => http(200), UNKNOWN, MALFORMED],
];

const unexpected: TransportProblem = { failure: failure('verifier.unreachable', 'asked twice'), arrived: 'maybe' };

async function ask(adapter: Adapter, exchange: Exchange): Promise<CheckOutcome> {
  let sent = 0;
  const send = () => Promise.resolve((sent += 1) > 1 ? err(unexpected) : exchange);
  const parts = { send, clock: manualClock(tencent.NOW_MS), randomBytes: (length: number) => Buffer.alloc(length, 7) };
  const outcome = await adapter.ask(parts);
  expect(sent).toBe(1);
  return outcome;
}

describe.each(Object.keys(ADAPTERS) as Name[])('%s', (name) => {
  const adapter = ADAPTERS[name];
  it.each(CASES)('%s', async (_what, exchange, expected, unbilled = expected) => {
    expect(wordsOf(await ask(adapter, exchange(adapter)))).toBe(name === 'uni' ? unbilled : expected);
  });
});

// Tencent bills for named results only. Aliyun doesn't say whether it bills for these, and only its older product can
// be queried. Without a signature nothing that uni's function says beside a 5xx counts.
it.each<[Name, string]>([
  ['Tencent', 'source.unavailable service no null'],
  ['Tencent, a face', 'source.unavailable service no null'],
  ['Aliyun', UNKNOWN],
  ['Aliyun, with a query', 'source.unavailable service unknown null'],
  ['uni', NOT_SENT],
])('%s: a readable "system error"', async (name, expected) => {
  const adapter = ADAPTERS[name];
  for (const status of name === 'uni' ? [500, 503] : [200, 500, 503]) {
    expect(wordsOf(await ask(adapter, http(status, adapter.trouble)))).toBe(expected);
  }
});

function wordsOf({ state, reason, retry, retryAfterMs, vendor }: CheckOutcome): string {
  expect(state).toBe('error');
  const billed = vendor?.billed ?? null;
  return `${reason} ${retry} ${billed === null ? 'unknown' : billed ? 'yes' : 'no'} ${retryAfterMs}`;
}
