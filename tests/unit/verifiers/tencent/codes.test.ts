import { describe, expect, it } from 'vitest';
import type { RetryClass } from '../../../../src/shared/domain/verification.ts';
import { stateOf, type VerdictState } from '../../../../src/shared/reasons.ts';
import {
  meaningOfWarnings,
  warningNames,
  warningNumbers,
} from '../../../../src/main/verifiers/tencent/card-warnings.ts';
import { UNKNOWN_CODE, type CodeMeaning } from '../../../../src/main/verifiers/tencent/code-meaning.ts';
import {
  meaningOfDigit,
  meaningOfError,
  meaningOfHostedCode,
  meaningOfWord,
} from '../../../../src/main/verifiers/tencent/codes.ts';
import { IAI_FAILURES, OCR_FAILURES } from '../../../../src/main/verifiers/tencent/face-and-card-codes.ts';
import { FACEID_RESULTS } from '../../../../src/main/verifiers/tencent/faceid-codes.ts';
import { UNFINISHED_CODE } from '../../../../src/main/verifiers/tencent/hosted-codes.ts';
import { RESULT_DIGITS } from '../../../../src/main/verifiers/tencent/result-digits.ts';
import { ACCOUNT_CODES, CARD_WARNINGS, DIGITS, FACEID_WORDS, HOSTED } from './reference-codes.ts';

/** What each class of the reference list comes down to. */
const CLASSES: Readonly<Record<string, readonly [VerdictState, RetryClass]>> = {
  passed: ['passed', 'none'],
  'failed.identity': ['failed', 'none'],
  'failed.face': ['failed', 'none'],
  'retry.capture': ['error', 'capture'],
  review: ['review', 'none'],
  'retry.service': ['error', 'service'],
  tomorrow: ['error', 'tomorrow'],
  throttle: ['error', 'throttle'],
  configuration: ['error', 'configuration'],
};

const BILLED_WORDS = ['Success', 'IdNameMisMatch', 'CompareLowSimilarity'];

const classOf = ({ reason, retry }: CodeMeaning) => [stateOf(reason), retry];

const words = Object.entries(FACEID_WORDS).flatMap(([name, codes]) => codes.map((code) => ({ name, code })));
const accountCodes = Object.entries(ACCOUNT_CODES).flatMap(([name, codes]) => codes.map((code) => ({ name, code })));

describe('words of faceid', () => {
  it('are all in the table, and nothing else is', () => {
    expect([...FACEID_RESULTS.keys()].sort()).toEqual(words.map(({ code }) => code).sort());
    expect(words).toHaveLength(76);
  });

  it.each(words)('$code is $name, as data and as an error', ({ name, code }) => {
    const [state, retry] = CLASSES[name]!;
    expect(classOf(meaningOfWord(code))).toEqual([state, retry]);
    const prefixed = code === 'Success' ? [UNKNOWN_CODE, UNKNOWN_CODE] : [meaningOfWord(code), meaningOfWord(code)];
    expect([meaningOfWord(`FailedOperation.${code}`), meaningOfError('faceid', `FailedOperation.${code}`)]).toEqual(
      prefixed,
    );
    expect(meaningOfWord(code).billed).toBe(BILLED_WORDS.includes(code));
  });
});

describe('errors about account and load', () => {
  it.each(accountCodes)('$code is $name at every service', ({ name, code }) => {
    for (const service of ['faceid', 'iai', 'ocr'] as const) {
      const meaning = meaningOfError(service, code);
      expect([...classOf(meaning), meaning.billed]).toEqual([...CLASSES[name]!, false]);
    }
  });

  it('tells arrears and a wrong clock from wrong keys', () => {
    const reasons = [
      'UnauthorizedOperation.Arrears',
      'AuthFailure.SignatureExpire',
      'AuthFailure.SignatureFailure',
    ].map((code) => meaningOfError('faceid', code).reason);
    expect(reasons).toEqual(['verifier.not-paid', 'verifier.clock-skew', 'verifier.misconfigured']);
  });

  it('takes the same word for a day at faceid and for a second at iai', () => {
    const retries = (['faceid', 'iai'] as const).map(
      (service) => meaningOfError(service, 'FailedOperation.RequestLimitExceeded').retry,
    );
    expect(retries).toEqual(['tomorrow', 'throttle']);
  });

  it.each([
    'Success',
    'FailedOperation.Success',
    '0',
    'FailedOperation',
    'FailedOperation.New',
    'New',
    '',
    'constructor',
  ])('never passes by an error called “%s”', (code) => {
    for (const service of ['faceid', 'iai', 'ocr'] as const) expect(meaningOfError(service, code)).toBe(UNKNOWN_CODE);
  });

  it('passes by none of the errors of comparing and reading', () => {
    const meanings = [...IAI_FAILURES.values(), ...OCR_FAILURES.values()];
    expect(meanings.map(({ reason }) => stateOf(reason))).toEqual(meanings.map(() => 'error'));
  });
});

describe('digits', () => {
  it.each(Object.keys(DIGITS) as (keyof typeof DIGITS)[])('of %s are its own', (operation) => {
    const table = Object.fromEntries(
      [...RESULT_DIGITS[operation]].map(([digit, { reason, billed }]) => [digit, [reason, billed]]),
    );
    expect(table).toEqual(DIGITS[operation]);
  });

  it('are listed for every operation that answers by them', () => {
    expect(Object.keys(RESULT_DIGITS).sort()).toEqual(Object.keys(DIGITS).sort());
  });

  it.each(['-99', '1', '00', '', 'Success', 'toString'])('pass by no other digit: “%s”', (digit) => {
    for (const operation of Object.keys(DIGITS) as (keyof typeof DIGITS)[]) {
      expect(meaningOfDigit(operation, digit)).toBe(UNKNOWN_CODE);
    }
  });
});

describe('numbers of hosted flows', () => {
  it.each(Object.entries(HOSTED))('%s is %j', (code, [reason, retry]) => {
    expect(meaningOfHostedCode(code)).toMatchObject({ reason, retry });
  });

  it('know no other, and 17 is no result', () => {
    expect(['17', '1', '-1', '9999', '', '00'].map((code) => stateOf(meaningOfHostedCode(code).reason))).toEqual(
      Array(6).fill('error'),
    );
    expect(UNFINISHED_CODE).toBe('17');
  });
});

const warnings = (['id-card', 'bank-card'] as const).flatMap((document) =>
  Object.entries(CARD_WARNINGS[document]).map(([code, reason]) => ({ document, code, reason })),
);

describe('card warnings', () => {
  it.each(warnings)('$code on $document is $reason', ({ document, code, reason }) => {
    const names = warningNames([Number(code)], document);
    const retry = stateOf(reason) === 'error' ? 'capture' : 'none';
    expect(meaningOfWarnings(names, true)).toEqual({ reason, retry, billed: true });
  });

  it('keep a number that is not listed, which decides nothing', () => {
    const names = warningNames([-9102, -9999], 'id-card');
    expect(names).toEqual(['copy', 'unlisted:-9999']);
    expect(meaningOfWarnings(names, true)?.reason).toBe('verifier.unknown-code');
  });

  it('put doubts about the card before doubts about its picture', () => {
    expect(meaningOfWarnings(warningNames([-9107, -9101, -9106], 'id-card'), false)?.reason).toBe('document.edited');
  });

  it('are read from their text only as a whole', () => {
    expect(['', '-9101|-9106', '-9101|', 'copy', '-9101,-9106'].map(warningNumbers)).toEqual([
      [],
      [-9101, -9106],
      null,
      null,
      null,
    ]);
  });
});
