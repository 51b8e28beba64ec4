import { ACCOUNT_ERRORS, ERROR_FAMILIES } from './account-codes.ts';
import { passes, UNKNOWN_CODE, type CodeMeaning, type CodeTable } from './code-meaning.ts';
import { IAI_FAILURES, OCR_FAILURES } from './face-and-card-codes.ts';
import { FACEID_RESULTS } from './faceid-codes.ts';
import { HOSTED_RESULTS } from './hosted-codes.ts';
import { RESULT_DIGITS } from './result-digits.ts';
import type { TencentService } from './tencent-services.ts';

const FAILURES: Readonly<Record<TencentService, CodeTable>> = {
  faceid: FACEID_RESULTS,
  iai: IAI_FAILURES,
  ocr: OCR_FAILURES,
};

const FAILED_OPERATION = 'FailedOperation.';

export type DigitOperation = keyof typeof RESULT_DIGITS;

/** Meaning of a word in a `Result` field of faceid, with or without `FailedOperation.` before it. */
export function meaningOfWord(result: string): CodeMeaning {
  const word = result.startsWith(FAILED_OPERATION) ? result.slice(FAILED_OPERATION.length) : result;
  const meaning = FACEID_RESULTS.get(word);
  if (meaning && passes(meaning) && word !== result) return UNKNOWN_CODE;
  return meaning ?? errorMeaning('faceid', result) ?? UNKNOWN_CODE;
}

/** Meaning of a digit in the `Result` field of one operation. */
export function meaningOfDigit(operation: DigitOperation, digit: string): CodeMeaning {
  return RESULT_DIGITS[operation].get(digit) ?? UNKNOWN_CODE;
}

/** Meaning of the number that a hosted flow ended with. */
export function meaningOfHostedCode(code: string): CodeMeaning {
  return HOSTED_RESULTS.get(code) ?? UNKNOWN_CODE;
}

/** Meaning of `Response.Error.Code`. No error means a pass, whatever it is called. */
export function meaningOfError(service: TencentService, code: string): CodeMeaning {
  const meaning = errorMeaning(service, code);
  return meaning && !passes(meaning) ? meaning : UNKNOWN_CODE;
}

function errorMeaning(service: TencentService, code: string): CodeMeaning | undefined {
  if (code.startsWith(FAILED_OPERATION)) return FAILURES[service].get(code.slice(FAILED_OPERATION.length));
  const family = code.split('.', 1)[0] ?? '';
  return ACCOUNT_ERRORS.get(code) ?? ERROR_FAMILIES.get(family);
}
