import { describe, expect, it } from 'vitest';
import { reasonCodeSchema } from '../../../../src/shared/domain/certification.ts';
import { checkOutcomeSchema } from '../../../../src/shared/domain/verification.ts';
import { REASON_CODES } from '../../../../src/shared/reasons.ts';
import { parseAdapters } from '../../../../src/verifier/adapters/configuration.ts';
import { createMockVerifier, mockOutcome } from '../../../../src/verifier/adapters/mock-verifier.ts';
import { orderChecks } from '../../../../src/verifier/adapters/ordered-checks.ts';
import { scriptedVerifier } from '../../../support/scripted-verifier.ts';

const KEYS = { COUNTERSIGN_TENCENT_SECRET_ID: 'id', COUNTERSIGN_TENCENT_SECRET_KEY: 'key' };
const TENCENT = { checks: { identity: ['tencent'] }, tencent: { region: 'ap-guangzhou' } };

describe('configuration of adapters', () => {
  it('takes secrets from the environment only', () => {
    const parsed = parseAdapters(TENCENT, KEYS);
    expect(parsed).toMatchObject({
      ok: true,
      value: { tencent: { region: 'ap-guangzhou', keys: { accessKeyId: 'id', secretAccessKey: 'key' } }, aliyun: null },
    });
    expect(
      parseAdapters({ ...TENCENT, tencent: { region: 'ap-guangzhou', keys: { accessKeyId: 'x' } } }, KEYS),
    ).toMatchObject({
      ok: false,
      error: expect.stringContaining('keys') as unknown,
    });
  });

  it.each<[string, unknown, Record<string, string>, string]>([
    ['a field that is not known', { ...TENCENT, tencnet: {} }, KEYS, 'tencnet'],
    ['a secret that is missing', TENCENT, {}, 'COUNTERSIGN_TENCENT_SECRET_ID'],
    ['a verifier that is listed only', { checks: { phone: ['aliyun'] } }, KEYS, 'aliyun is listed'],
    ['a check that there is not', { checks: { horoscope: ['mock'] } }, {}, 'checks'],
    ['the same twice', { checks: { phone: ['mock', 'mock'] }, mock: {} }, {}, 'each once'],
    [
      'http elsewhere',
      { ...TENCENT, tencent: { region: 'ap-guangzhou', endpoints: { iai: 'http://1.2.3.4' } } },
      KEYS,
      'https',
    ],
    ['nothing', null, {}, 'expected object'],
  ])('refuses %s', (_what, file, environment, text) => {
    const parsed = parseAdapters(file, environment);
    expect(parsed.ok ? '' : parsed.error).toContain(text);
  });

  it('never has the mock answer unless it is asked for', () => {
    expect(parseAdapters({ checks: {} }, {})).toMatchObject({ ok: true, value: { mock: null, reference: null } });
  });
});

describe('the mock', () => {
  it('gives a sound outcome for every reason, and is on record as itself', () => {
    for (const code of REASON_CODES) {
      const outcome = mockOutcome(reasonCodeSchema.parse(code));
      // These are passes by a device alone, or by its staff.
      const isAnswer = !['ok.live', 'ok.read', 'ok.approved-by-staff'].includes(code);
      expect(checkOutcomeSchema.safeParse(outcome).success).toBe(isAnswer);
      expect(outcome.vendor?.name).toBe('mock');
    }
  });

  it('answers in turn', async () => {
    const mock = createMockVerifier({ phone: ['phone.mismatch', 'ok.confirmed'] });
    const ask = async (): Promise<unknown> => {
      const request = { certifyId: 'c', check: 'phone', orderId: 'o', materials: {} } as const;
      const answer = await mock.check(request, { trace: { traceId: '1', spanId: '2' } });
      return answer.kind === 'settled' ? answer.outcome.reason : answer.kind;
    };
    expect([await ask(), await ask(), await ask()]).toEqual(['phone.mismatch', 'ok.confirmed', 'phone.mismatch']);
  });
});

describe('the order of verifiers', () => {
  it('serves what is listed and can be served, and says why not', () => {
    const [tencent, aliyun] = [scriptedVerifier(), scriptedVerifier({ name: 'aliyun' })];
    const checks = orderChecks([tencent, aliyun], {
      'face-authority': ['aliyun', 'tencent'],
      'fake-face': ['tencent', 'uni'],
    });
    expect(checks.answering('face-authority')).toEqual([aliyun, tencent]);
    expect(checks.answering('phone')).toEqual([]);
    expect(checks.refusal('phone')).toBe('nobody is configured to answer it');
    expect(checks.refusal('fake-face')).toBe('tencent: clips are not looked at here; uni is not configured');
    expect(checks.offered()).toEqual([{ check: 'face-authority', verifier: 'aliyun', operation: 'Scripted' }]);
  });
});
