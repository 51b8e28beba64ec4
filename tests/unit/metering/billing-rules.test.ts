import { describe, expect, it } from 'vitest';
import { billedByRule } from '../../../src/main/metering/billing-rules.ts';
import {
  BANK_SUB_CODES,
  FAKE_FACE_RESULTS,
  IDENTITY_CODES,
  OPERATION_CODES,
  PHONE_CODES,
  PHONE_SUB_CODES,
  STATUS_CODES,
  SUB_CODES,
  VERIFICATION_ERRORS,
  VERIFY_STATUSES,
  type CodeTable,
} from '../../../src/main/verifiers/aliyun/codes.ts';
import { meaningOfError } from '../../../src/main/verifiers/tencent/codes.ts';
import { FACEID_RESULTS } from '../../../src/main/verifiers/tencent/faceid-codes.ts';
import { HOSTED_RESULTS } from '../../../src/main/verifiers/tencent/hosted-codes.ts';
import { RESULT_DIGITS } from '../../../src/main/verifiers/tencent/result-digits.ts';

const tencent = (operation: string, code: string, reason: string) =>
  billedByRule({ verifier: 'tencent', operation, reason, code });
const aliyun = (reason: string, code: string) =>
  billedByRule({ verifier: 'aliyun', operation: 'ContrastFaceVerify', reason, code });

describe('Tencent bills', () => {
  it('what its adapter says of every word of faceid', () => {
    const said = [...FACEID_RESULTS].map(([word, { reason, billed }]) => [word, reason, billed] as const);
    expect(said.length).toBeGreaterThan(60);
    for (const [word, reason, billed] of said) {
      expect([word, tencent('ImageRecognitionV2', word, reason)]).toEqual([word, billed]);
      expect([word, tencent('ImageRecognitionV2', `FailedOperation.${word}`, reason)]).toEqual([word, billed]);
    }
  });

  it('what its adapter says of every digit of every operation', () => {
    for (const [operation, table] of Object.entries(RESULT_DIGITS)) {
      for (const [digit, { reason, billed }] of table) {
        expect([operation, digit, tencent(operation, digit, reason)]).toEqual([operation, digit, billed]);
      }
    }
  });

  it('what its adapter says of every end of a hosted page', () => {
    for (const [code, { reason, billed }] of HOSTED_RESULTS) {
      expect([code, tencent('GetDetectInfoEnhanced', code, reason)]).toEqual([code, billed]);
    }
  });

  it('nothing for an error about keys, load or parameters', () => {
    for (const code of [
      'AuthFailure.SignatureExpire',
      'RequestLimitExceeded',
      'InvalidParameterValue',
      'InternalError',
    ]) {
      const { reason, billed } = meaningOfError('faceid', code);
      expect([code, tencent('ImageRecognitionV2', code, reason)]).toEqual([code, billed]);
    }
  });

  it('scores and readings whatever they found, and no reading that failed', () => {
    expect(tencent('CompareFace', 'Score below threshold', 'face.low-similarity')).toBe(true);
    expect(tencent('DetectAIFakeFaces', 'High', 'liveness.spoof-suspected')).toBe(true);
    expect(tencent('IDCardOCR', '-9101|-9106', 'document.copy')).toBe(true);
    expect(tencent('IDCardOCR', 'FailedOperation.ImageBlur', 'document.blurred')).toBe(false);
  });
});

describe('Aliyun bills', () => {
  it.each<[string, CodeTable]>([
    ['BizCode', IDENTITY_CODES],
    ['BizCode', PHONE_CODES],
    ['SubCode', SUB_CODES],
    ['StatusCode', STATUS_CODES],
    ['VerifyStatus', VERIFY_STATUSES],
    ['Result', FAKE_FACE_RESULTS],
  ])('what its adapter says of every %s', (name, table) => {
    for (const [code, meaning] of Object.entries(table)) {
      if (meaning.kind === 'pending') continue;
      const reason = meaning.kind === 'confirmed' ? 'ok.confirmed' : meaning.reason;
      expect([name, code, aliyun(reason, `${name} ${code}`)]).toEqual([name, code, meaning.billed]);
    }
  });

  it.each([
    ['BankMetaVerify', BANK_SUB_CODES],
    ['Mobile3MetaDetailVerify', PHONE_SUB_CODES],
  ])('by the second code of %s', (_operation, table) => {
    for (const [code, meaning] of Object.entries(table)) {
      if (meaning.kind === 'pending') continue;
      const reason = meaning.kind === 'confirmed' ? 'ok.confirmed' : meaning.reason;
      expect([code, aliyun(reason, `BizCode ${code[0] ?? ''} SubCode ${code}`)]).toEqual([code, meaning.billed]);
    }
  });

  it('what its adapter says of errors', () => {
    for (const [code, meaning] of Object.entries({ ...OPERATION_CODES, ...VERIFICATION_ERRORS })) {
      if (meaning.kind !== 'unconfirmed') continue;
      expect([code, aliyun(meaning.reason, code)]).toEqual([code, meaning.billed]);
    }
  });
});

describe('the rule', () => {
  it('is that a visit of uni is billed when it succeeded', () => {
    const uni = (code: string) =>
      billedByRule({ verifier: 'uni', operation: 'getAuthResult', reason: 'face.low-similarity', code });
    expect([uni('SUCCESS'), uni('FAIL')]).toEqual([true, false]);
  });

  it('is that nobody pays for what is our own', () => {
    for (const verifier of ['local', 'reference', 'mock', 'countersign'] as const) {
      expect(billedByRule({ verifier, operation: 'x', reason: 'ok.confirmed', code: null })).toBe(false);
    }
  });

  it.each(['outcome.unknown', 'verifier.unknown-code', null])('is that nobody knows after %s', (reason) => {
    for (const verifier of ['tencent', 'aliyun', 'uni', 'countersign'] as const) {
      expect(billedByRule({ verifier, operation: 'x', reason, code: 'timeout' })).toBeNull();
    }
  });
});
