import type { VerifierId } from '../../shared/domain/verification.ts';

/** How a call ended, as its rows keep it. */
export interface EndedCall {
  readonly verifier: VerifierId;
  /** The maker's own name. */
  readonly operation: string;
  /** Our reason; null where no answer was ever kept. */
  readonly reason: string | null;
  /** The maker's code, or what stood in its place. */
  readonly code: string | null;
}

/**
 * What each maker bills, for calls whose answer was kept before it said so itself. Sources: Tencent's billing page
 * (cloud.tencent.com/document/product/1007/47911) and the field descriptions of its API; Aliyun's descriptions of
 * `BizCode` and `SubCode` (product ID verification, versions 2018 to 2020); uni's dev.md (one visit, one bill, when it
 * succeeded). Our own verifiers bill nothing.
 *
 * @returns null where nobody can know
 */
export function billedByRule({ verifier, operation, reason, code }: EndedCall): boolean | null {
  if (FREE_VERIFIERS.has(verifier)) return false;
  if (reason === null || UNDECIDED_REASONS.has(reason)) return null;
  // Whom it asked stands in its answer; without one it asked nobody who bills.
  if (verifier === 'countersign') return false;
  if (code === null) return null;
  switch (verifier) {
    case 'tencent':
      return tencentBills(operation, reason, code);
    case 'aliyun':
      return aliyunBills(reason, code);
    default:
      return code === 'SUCCESS';
  }
}

const FREE_VERIFIERS: ReadonlySet<VerifierId> = new Set(['local', 'reference', 'mock']);
const UNDECIDED_REASONS: ReadonlySet<string> = new Set([
  'outcome.unknown',
  'verifier.unknown-code',
  'verifier.malformed',
]);

/** `Result` digits that are billed, by operation; all others of these operations are not. */
const TENCENT_DIGITS: Readonly<Record<string, readonly number[]>> = {
  IdCardVerification: [0, -1],
  IdCardOCRVerification: [0, -1],
  CheckIdNameDate: [0, -1],
  PhoneVerification: [0, -4],
  BankCard2EVerification: [0, -1, -4, -5, -6, -7, -8, -9, -10, -11, -12, -13, -14, -15, -18],
  BankCardVerification: [0, -1, -5, -6, -7, -8, -9, -10, -11, -12, -13, -14, -15, -16, -20],
  BankCard4EVerification: [0, -1, -6, -7, -8, -9, -10, -11, -12, -13, -14, -15, -16, -17, -21],
};
const TENCENT_WORDS: ReadonlySet<string> = new Set(['Success', 'IdNameMisMatch', 'CompareLowSimilarity']);
/** Numbers that hosted flows end with. In the second list page and app bill the same number differently. */
const TENCENT_HOSTED: ReadonlySet<string> = new Set(['0', '2006', '2016']);
const TENCENT_HOSTED_UNSURE: ReadonlySet<string> = new Set(['1002', '1003', '1005', '1201', '2011', '2015', '2017']);
/** Operations that are paid for whatever they found. */
const TENCENT_ANSWERS: ReadonlySet<string> = new Set(['Score', 'Score below threshold', 'Low', 'Mid', 'High']);
const TENCENT_READINGS: ReadonlySet<string> = new Set(['IDCardOCR', 'BankCardOCR']);

function tencentBills(operation: string, reason: string, code: string): boolean | null {
  if (reason.startsWith('ok.')) return true;
  if (/^-?\d{1,2}$/.test(code)) {
    const digits = TENCENT_DIGITS[operation];
    if (digits !== undefined) return digits.includes(Number(code));
  }
  if (/^\d{1,4}$/.test(code)) return TENCENT_HOSTED_UNSURE.has(code) ? null : TENCENT_HOSTED.has(code);
  if (TENCENT_ANSWERS.has(code)) return true;
  // Warnings of a card that was read: the reading itself is paid for.
  if (TENCENT_READINGS.has(operation) && reason.startsWith('document.') && !code.includes('.')) return true;
  return TENCENT_WORDS.has(code.replace(/^FailedOperation\./, ''));
}

/** `SubCode` of a face verification. */
const ALIYUN_FACE: Readonly<Record<string, boolean | null>> = { 200: true, 201: true, 204: true, 205: true, 207: true };
const ALIYUN_STATUSES: Readonly<Record<string, boolean | null>> = {
  '-1': false,
  0: null,
  1: true,
  2: true,
  3: true,
  4: true,
  5: true,
  6: true,
  7: true,
  8: true,
  9: true,
  10: true,
};
/** Errors after which a call may have been worked on. */
const ALIYUN_UNSURE =
  /^(406|500|403|424|ServiceUnavailable|InternalError|SignatureNonceUsed)$|^310[123]$|^Error\.(InternalError|GetMaterialsError|SubmitMaterialsError|CompareFacesError|DuplicatedTicketId)$/;

function aliyunBills(reason: string, code: string): boolean | null {
  if (reason.startsWith('ok.')) return true;
  const [, name = '', value = '', , sub] = /^(\w+) (\S+)( SubCode (\d+))?$/.exec(code) ?? [];
  switch (name) {
    case 'BizCode':
      // The first digit of the second code says the same as the first code.
      return sub === undefined ? value === '1' || value === '2' : !sub.startsWith('3');
    case 'SubCode':
      return ALIYUN_FACE[value] ?? null;
    case 'Passed':
    case 'Result':
      return true;
    case 'Code':
      // A comparison gives a score whenever its code is good.
      return value === '200' ? true : null;
    case 'StatusCode':
    case 'VerifyStatus':
      return ALIYUN_STATUSES[value] ?? null;
    default:
      return ALIYUN_UNSURE.test(code) ? null : false;
  }
}
