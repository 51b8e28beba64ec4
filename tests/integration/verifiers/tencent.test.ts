import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startFakeVendor } from '../../../src/fake-vendor/start.ts';
import type { FakeVendor, ScriptedAnswer } from '../../../src/fake-vendor/contract.ts';
import { checkOutcomeSchema, type CheckRequest } from '../../../src/shared/domain/verification.ts';
import type { VendorClientParts } from '../../../src/main/verifiers/contract.ts';
import { actionSequence, liveCode } from '../../../src/main/verifiers/tencent/clip-challenges.ts';
import { hostedResult, openHosted } from '../../../src/main/verifiers/tencent/hosted.ts';
import { createTencentVerifier } from '../../../src/main/verifiers/tencent/tencent-verifier.ts';
import type { TencentSettings } from '../../../src/main/verifiers/tencent/tencent-services.ts';
import { sendToVendor } from '../../../src/main/verifiers/vendor-exchange.ts';
import { manualClock } from '../../support/manual-clock.ts';
import {
  CONTEXT,
  NOW_MS,
  ORDER_ID,
  picture,
  QUESTION_NAMES,
  QUESTIONS,
  request,
  SETTINGS,
  type Question,
} from '../../unit/verifiers/tencent/samples.ts';

let vendor: FakeVendor;

beforeAll(async () => {
  vendor = await startFakeVendor('tencent', { account: SETTINGS.keys, nowMs: () => NOW_MS });
});
afterAll(() => vendor.close());
afterEach(() => {
  for (const operation of vendor.operations) vendor.script(operation, []);
});

const parts: VendorClientParts = {
  send: sendToVendor,
  clock: manualClock(NOW_MS),
  randomBytes: (length) => Buffer.alloc(length),
};

function settings(differences: Partial<TencentSettings> = {}): TencentSettings {
  const endpoints = { faceid: vendor.address, iai: vendor.address, ocr: vendor.address };
  return { ...SETTINGS, endpoints, timeoutMs: 5_000, ...differences };
}

/** The fake reads the same card from every picture: the questions are about its holder. */
const HOLDER = { name: '样本甲', number: '110101199003078814' } as const;

function question(name: Question): CheckRequest {
  const { check, materials } = QUESTIONS[name];
  return request(check, { ...materials, ...('identity' in materials ? { identity: HOLDER } : {}) });
}

async function ask(name: Question, using = settings(), by = parts) {
  const answer = await createTencentVerifier(by, using).check(question(name), CONTEXT);
  if (answer.kind !== 'settled') throw new Error('nothing is pending at this vendor');
  return checkOutcomeSchema.parse(answer.outcome);
}

const operationOf = (name: Question) => name.split(' ')[0]!;

describe('every operation over HTTP', () => {
  it.each(QUESTION_NAMES)('is signed, answered and passed: %s', async (name) => {
    const before = vendor.received.length;
    expect(await ask(name)).toMatchObject({ state: 'passed', retry: 'none' });
    const calls = vendor.received.slice(before);
    expect(calls.map(({ operation, signature, url, billed }) => [operation, signature, url, billed])).toEqual([
      [operationOf(name), 'accepted', '/', true],
    ]);
    expect(calls[0]?.headers['x-tc-traceid']).toBe(CONTEXT.trace.traceId);
  });

  /** What passes. */
  const PASSING_CODES = new Set(['Success', '0', 'Low', 'Mid']);

  /** One question for each operation. */
  const EACH_OPERATION = QUESTION_NAMES.filter((name) => !name.endsWith(' ACTION') && !name.endsWith(' SILENT'));

  it.each(EACH_OPERATION)('answers each code as its table says: %s', async (name) => {
    const operation = operationOf(name);
    const codes = vendor.codesOf(operation);
    expect(codes.length).toBeGreaterThan(30);
    vendor.script(
      operation,
      codes.map((code) => ({ code })),
    );
    const unknown: string[] = [];
    for (const code of codes) {
      const { state, reason, vendor: said } = await ask(name);
      expect([code, state === 'passed']).toEqual([code, PASSING_CODES.has(code)]);
      if (reason === 'verifier.unknown-code') unknown.push(said?.code ?? '');
    }
    // Words of faceid that comparing, reading and made-up faces never answer with mean nothing there.
    const foreign = ['CompareFace', 'DetectLiveFaceAccurate'].includes(name);
    expect(unknown).toEqual(foreign ? unknown.filter((code) => code.startsWith('FailedOperation.')) : []);
  });
});

describe('a vendor that misbehaves', () => {
  const faults: readonly (readonly [NonNullable<ScriptedAnswer['fault']>, string, string])[] = [
    ['refuse', 'outcome.unknown', 'clerk'],
    ['drop', 'outcome.unknown', 'clerk'],
    ['cut', 'outcome.unknown', 'clerk'],
    ['hang', 'outcome.unknown', 'clerk'],
    ['html', 'outcome.unknown', 'clerk'],
    ['nonsense', 'outcome.unknown', 'clerk'],
    ['flood', 'outcome.unknown', 'clerk'],
    ['redirect', 'verifier.malformed', 'service'],
  ];

  it.each(faults)('never passes anybody, and is asked once: %s', async (fault, reason, retry) => {
    for (const name of ['ImageRecognitionV2', 'BankCard4EVerification', 'IDCardOCR'] as const) {
      vendor.script(operationOf(name), [{ fault }]);
      const before = vendor.received.length;
      expect(await ask(name, settings({ timeoutMs: fault === 'hang' ? 250 : 2_000 }))).toMatchObject({
        state: 'error',
        reason,
        retry,
      });
      expect(vendor.received.length - before).toBeLessThanOrEqual(1);
    }
  });

  it('can be asked again when nobody listens', async () => {
    const closed = await startFakeVendor('tencent', { account: SETTINGS.keys });
    await closed.close();
    const outcome = await ask('IdCardVerification', settings({ endpoints: { faceid: closed.address } }));
    expect(outcome).toMatchObject({ reason: 'verifier.unreachable', retry: 'service', vendor: { billed: false } });
  });

  it('leaves it unknown when waiting is given up', async () => {
    vendor.script('IdCardVerification', [{ delayMs: 400 }]);
    const context = { ...CONTEXT, signal: AbortSignal.timeout(50) };
    const answer = await createTencentVerifier(parts, settings()).check(question('IdCardVerification'), context);
    expect(answer).toMatchObject({ outcome: { reason: 'outcome.unknown', retry: 'clerk' } });
  });

  it('passes nobody by a code that is new', async () => {
    for (const code of ['FailedOperation.NewlyInvented', 'NewlyInvented', '-77']) {
      vendor.script('ImageRecognitionV2', [{ code }]);
      expect((await ask('ImageRecognitionV2')).reason).toBe('verifier.unknown-code');
    }
  });

  it.each(['IdNameMisMatch', 'IdPhotoNoExist', 'IdentityAuthLimitExceeded', 'DbError'])(
    'says the same as data and as an error: %s',
    async (word) => {
      const code = `FailedOperation.${word}`;
      const said = [];
      for (const form of ['field', 'error'] as const) {
        vendor.script('ImageRecognitionV2', [{ code, form }]);
        const { reason, retry, vendor: answer } = await ask('ImageRecognitionV2');
        said.push({ reason, retry, billed: answer?.billed });
      }
      expect(said[0]).toEqual(said[1]);
    },
  );
});

describe('our own mistakes', () => {
  it.each([
    ['another secret', { keys: { ...SETTINGS.keys, secretAccessKey: 'another' } }, 'verifier.misconfigured'],
    ['another key', { keys: { ...SETTINGS.keys, accessKeyId: 'another' } }, 'verifier.misconfigured'],
    ['a token that does not belong', { keys: { ...SETTINGS.keys, securityToken: 'x' } }, 'verifier.misconfigured'],
  ])('are for whoever set it up: %s', async (_what, differences, reason) => {
    const outcome = await ask('IdCardVerification', settings(differences));
    expect(outcome).toMatchObject({ reason, retry: 'configuration', vendor: { billed: false } });
  });

  it('are told apart when it is the clock', async () => {
    const slow = { ...parts, clock: manualClock(NOW_MS - 600_000) };
    expect((await ask('IdCardVerification', settings(), slow)).reason).toBe('verifier.clock-skew');
  });
});

describe('challenges and hosted flows over HTTP', () => {
  it('are given', async () => {
    expect(await liveCode(parts, settings(), CONTEXT)).toEqual({ ok: true, value: { kind: 'digits', code: '4071' } });
    expect(await actionSequence(parts, settings(), CONTEXT)).toEqual({
      ok: true,
      value: { kind: 'action', actions: '2,1' },
    });
  });

  it.each(['h5', 'sdk'] as const)('are opened, and their result is read by every code: %s', async (kind) => {
    const asked = { kind, orderId: ORDER_ID, identity: HOLDER, ...(kind === 'sdk' ? { reference: picture() } : {}) };
    const flow = await openHosted(parts, settings(), asked, CONTEXT);
    if (!flow.ok) throw new Error(flow.error.reason);
    const operation = kind === 'h5' ? 'GetDetectInfoEnhanced' : 'GetFaceIdResult';
    const seen: Record<string, string> = {};
    for (const code of vendor.codesOf(operation)) {
      vendor.script(operation, [{ code }]);
      const answer = await hostedResult(parts, settings(), flow.value, CONTEXT);
      seen[code] = answer.kind === 'pending' ? 'pending' : answer.outcome.state;
    }
    expect(Object.keys(seen).filter((code) => seen[code] === 'passed')).toEqual(['0']);
    expect(Object.keys(seen).filter((code) => seen[code] === 'pending')).toEqual(['17']);
    expect(Object.keys(seen).length).toBeGreaterThan(40);
  });
});
