import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FakeVendor } from '../../../../src/fake-vendor/contract.ts';
import { startFakeVendor } from '../../../../src/fake-vendor/start.ts';
import { createAliyunVerifier } from '../../../../src/main/verifiers/aliyun/aliyun-verifier.ts';
import type { AliyunSettings } from '../../../../src/main/verifiers/aliyun/settings.ts';
import type { Verifier } from '../../../../src/main/verifiers/contract.ts';
import { sendToVendor } from '../../../../src/main/verifiers/vendor-exchange.ts';
import { systemClock } from '../../../../src/shared/clock.ts';
import { checkOutcomeSchema, type Check, type CheckAnswer } from '../../../../src/shared/domain/verification.ts';
import { CERTIFY_ID, CONTEXT, KEYS, MATERIALS, PERSON } from '../../../unit/verifiers/aliyun/samples.ts';

let vendor: FakeVendor;
beforeAll(async () => {
  vendor = await startFakeVendor('aliyun', { account: KEYS });
});
afterAll(() => vendor.close());
beforeEach(() => {
  for (const operation of vendor.operations) vendor.script(operation, []);
});

/** Each operation that serves a check, with the account that has it. */
const SERVED: readonly {
  readonly operation: string;
  readonly check: Check;
  readonly with?: Partial<AliyunSettings>;
}[] = [
  { operation: 'ContrastFaceVerify', check: 'face-authority' },
  { operation: 'ContrastFaceVerify', check: 'video-authority' },
  { operation: 'LivenessFaceVerify', check: 'face-live' },
  { operation: 'CompareFaceVerify', check: 'face-reference' },
  { operation: 'Id2MetaVerify', check: 'identity' },
  { operation: 'Id2MetaPeriodVerify', check: 'identity-period' },
  { operation: 'Mobile3MetaSimpleVerify', check: 'phone' },
  { operation: 'Mobile3MetaDetailVerify', check: 'phone', with: { phoneDetail: true } },
  { operation: 'BankMetaVerify', check: 'bank-card-phone' },
  { operation: 'DeepfakeDetect', check: 'fake-face' },
  {
    operation: 'SubmitVerification',
    check: 'face-authority',
    with: { verification: { api: '2018-09-16', biz: 'scene' } },
  },
  {
    operation: 'VerifyMaterial',
    check: 'face-authority',
    with: { verification: { api: '2019-03-07', bizType: 'scene' } },
  },
  {
    operation: 'CompareFaces',
    check: 'face-reference',
    with: { scenes: {}, verification: { api: '2019-03-07', bizType: 'scene' } },
  },
  {
    operation: 'CompareFaces',
    check: 'face-reference',
    with: { scenes: {}, verification: { api: '2018-09-16', biz: 'scene' } },
  },
];
/** Codes that pass where the fake sends them alone. A bank card's 1 lacks the second code, and passes nobody. */
const PASSES: Readonly<Record<string, readonly string[]>> = {
  ContrastFaceVerify: ['200'],
  LivenessFaceVerify: ['200'],
  CompareFaceVerify: ['T'],
  Id2MetaVerify: ['1'],
  Id2MetaPeriodVerify: ['1'],
  Mobile3MetaSimpleVerify: ['1'],
  Mobile3MetaDetailVerify: ['101'],
  BankMetaVerify: ['101'],
  DeepfakeDetect: ['0'],
  SubmitVerification: ['1'],
  VerifyMaterial: ['1'],
  CompareFaces: ['1'],
};

function verifier(settings: Partial<AliyunSettings> = {}): Verifier {
  const parts = { send: sendToVendor, clock: systemClock, randomBytes };
  return createAliyunVerifier(parts, {
    keys: KEYS,
    endpoint: vendor.address,
    scenes: { ID_MIN: 1, ID_MIN_VIDEO: 2, LR_FR_MIN: 3, PV_FC: 4 },
    oss: { bucket: 'clips', endpoint: vendor.address, region: 'cn-shanghai' },
    ...settings,
  });
}

/** The place for pictures that a token of 2019 brings: the same fake. */
function giveUploadToken(): void {
  const OssUploadToken = {
    Bucket: 'vendor-bucket',
    EndPoint: vendor.address,
    Key: KEYS.accessKeyId,
    Secret: KEYS.secretAccessKey,
    Token: '',
    Path: `${randomBytes(4).toString('hex')}/`,
  };
  vendor.script('DescribeVerifyToken', [{ body: { RequestId: 'R', VerifyToken: 't', OssUploadToken } }]);
}

let orders = 0;
async function ask(check: Check, settings: Partial<AliyunSettings> = {}) {
  const orderId = (orders += 1).toString(16).padStart(32, '0');
  const request = { certifyId: CERTIFY_ID, check, orderId, materials: MATERIALS };
  const used = verifier(settings);
  if (settings.verification?.api === '2019-03-07') giveUploadToken();
  return { answer: await used.check(request, CONTEXT), request, used };
}

function stateOf(answer: CheckAnswer): string {
  return answer.kind === 'pending' ? 'pending' : answer.outcome.state;
}

describe('Aliyun on the fake vendor', () => {
  it.each(SERVED)('$operation ($check): every code gives an outcome, one of them a pass', async (served) => {
    const codes = vendor.codesOf(served.operation);
    const passed: string[] = [];
    for (const code of codes) {
      vendor.script(served.operation, [{ code }]);
      const { answer } = await ask(served.check, served.with);
      if (answer.kind === 'settled') {
        expect(checkOutcomeSchema.safeParse(answer.outcome).error).toBeUndefined();
        expect({ code, reason: answer.outcome.reason }).not.toEqual({ code, reason: 'verifier.unknown-code' });
      }
      if (stateOf(answer) === 'passed') passed.push(code);
    }
    expect(codes.length).toBeGreaterThan(20);
    expect(passed).toEqual(PASSES[served.operation]);
  });

  const shapes = SERVED.filter(
    ({ check, operation }) => ['video-authority', 'identity'].includes(check) || operation === 'VerifyMaterial',
  );
  it.each(shapes)('$operation ($check): no fault passes, and none is forgotten', async (served) => {
    for (const fault of ['refuse', 'drop', 'cut', 'hang', 'html', 'flood', 'redirect', 'nonsense'] as const) {
      vendor.script(served.operation, [{ fault }]);
      const impatient = fault === 'hang';
      const waits = impatient ? { timeoutMs: 150, clipTimeoutMs: 150 } : {};
      const { answer } = await ask(served.check, { ...served.with, ...waits });
      if (answer.kind !== 'settled') throw new Error('pending');
      const isRedirect = fault === 'redirect';
      const reason = isRedirect ? 'verifier.malformed' : 'outcome.unknown';
      const retry = isRedirect ? 'service' : 'clerk';
      expect({ fault, ...answer.outcome }).toMatchObject({ fault, reason, retry });
    }
  });

  it('signs so that each call is accepted, and puts nothing about a person into addresses and headers', () => {
    const words = [PERSON.name, PERSON.number, MATERIALS.phone!, MATERIALS.bankCard!];
    const refusals = vendor.received.filter(({ signature }) => signature !== 'accepted');
    expect(refusals.map(({ operation, signature }) => `${operation} ${signature}`)).toEqual([]);
    expect(vendor.received.length).toBeGreaterThan(300);
    for (const { url, headers } of vendor.received) {
      const head = decodeURIComponent(url) + JSON.stringify(headers);
      expect(words.filter((word) => head.includes(word))).toEqual([]);
      expect(headers['traceparent'] === undefined || headers['traceparent'].includes(CONTEXT.trace.traceId)).toBe(true);
    }
  });

  it('refused signatures are a question of configuration', async () => {
    const keys = { ...KEYS, secretAccessKey: 'another' };
    const { answer } = await ask('identity', { keys });
    expect(answer).toMatchObject({ outcome: { reason: 'verifier.misconfigured', retry: 'configuration' } });
  });

  it.each([
    { api: '2018-09-16', biz: 'scene' },
    { api: '2019-03-07', bizType: 'scene' },
  ] as const)('a lost answer of $api is asked for by our order id', async (verification) => {
    const operation = verification.api === '2018-09-16' ? 'SubmitVerification' : 'VerifyMaterial';
    vendor.script(operation, [{ fault: 'drop' }]);
    const { answer, request, used } = await ask('face-authority', { verification });
    expect(answer).toMatchObject({ outcome: { reason: 'outcome.unknown' } });
    expect(await used.query(request.orderId, request, CONTEXT)).toMatchObject({ outcome: { state: 'passed' } });
    const never = { ...request, orderId: 'f'.repeat(32) };
    expect(await used.query(never.orderId, never, CONTEXT)).toMatchObject({
      outcome: { reason: 'verification.abandoned' },
    });
  });

  it('what is worked on is pending, and queried until it is decided', async () => {
    const verification = { api: '2018-09-16', biz: 'scene' } as const;
    vendor.script('SubmitVerification', [{ code: '0' }]);
    const { answer, request, used } = await ask('face-authority', { verification });
    expect(answer).toEqual({ kind: 'pending', reference: request.orderId, askAgainAfterMs: 2_000 });
    vendor.script('GetStatus', [{ code: '0' }, { code: 'Error.InternalError' }, { code: '2' }]);
    expect(await used.query(request.orderId, request, CONTEXT)).toMatchObject({ kind: 'pending' });
    expect(await used.query(request.orderId, request, CONTEXT)).toMatchObject({ kind: 'pending' });
    expect(await used.query(request.orderId, request, CONTEXT)).toMatchObject({ outcome: { state: 'failed' } });
    // Handed in twice: the second answer is a question for the status.
    vendor.script('SubmitVerification', []);
    await used.check({ ...request, orderId: 'e'.repeat(32) }, CONTEXT);
    expect(await used.check({ ...request, orderId: 'e'.repeat(32) }, CONTEXT)).toMatchObject({ kind: 'pending' });
  });

  it('a clip is in the bucket for as long as the call lasts', async () => {
    const before = vendor.received.length;
    const { answer } = await ask('video-authority');
    expect(answer).toMatchObject({ kind: 'settled', outcome: { state: 'passed' } });
    const calls = vendor.received.slice(before).map(({ operation, signature }) => `${operation} ${signature}`);
    expect(calls.slice(0, 2)).toEqual(['PutObject accepted', 'ContrastFaceVerify accepted']);
    expect(calls.slice(2).toSorted()).toEqual(['DeleteFaceVerifyResult accepted', 'DeleteObject accepted']);
  });

  it('a clip that could not be handed over is no question yet', async () => {
    vendor.script('PutObject', [{ code: 'ServiceBusy' }, { code: 'AccessDenied' }]);
    expect((await ask('video-authority')).answer).toMatchObject({
      outcome: { reason: 'verifier.unreachable', retry: 'service' },
    });
    expect((await ask('video-authority')).answer).toMatchObject({
      outcome: { reason: 'verifier.misconfigured', retry: 'configuration' },
    });
  });

  it('pictures go nowhere but to the vendor', async () => {
    const before = vendor.received.length;
    const elsewhere = {
      Bucket: 'b',
      EndPoint: 'https://elsewhere.invalid',
      Key: 'k',
      Secret: 's',
      Token: '',
      Path: 'p/',
    };
    const verification = { api: '2019-03-07', bizType: 'scene' } as const;
    const used = verifier({ verification });
    vendor.script('DescribeVerifyToken', [{ body: { VerifyToken: 't', OssUploadToken: elsewhere } }]);
    const request = {
      certifyId: CERTIFY_ID,
      check: 'face-authority',
      orderId: 'd'.repeat(32),
      materials: MATERIALS,
    } as const;
    expect(await used.check(request, CONTEXT)).toMatchObject({ outcome: { reason: 'verifier.malformed' } });
    expect(vendor.received.slice(before).map(({ operation }) => operation)).toEqual(['DescribeVerifyToken']);
  });
});
