import { reasonText, type Language } from '../shared/reason-texts.ts';
import { isReasonCode } from '../shared/reasons.ts';
import { receiptCode } from '../shared/domain/receipt-code.ts';
import type { Finding, ReceiptCheck } from './receipt-check.ts';
import type { VerifyReport } from './receipt-verify.ts';

export interface CodeCheck {
  readonly code: string;
  readonly fits: boolean;
}

const WORDS = {
  en: {
    holds: 'All that was given holds.',
    broken: 'Something does not hold.',
    good: 'both signatures are good',
    simulated: 'simulated: proves nothing about anybody',
    erased: 'the verifier has erased what it was sent',
    decided: 'decision',
    gap: (after: number, before: number) => `receipts ${after + 1} to ${before - 1} are not among the files`,
    hash: (seq: number) => `receipt ${seq} does not follow on the one before it`,
    twice: (seq: number) => `there are two different receipts ${seq}`,
    code: (fits: boolean) => (fits ? 'names one of these receipts' : 'names none of these receipts'),
  },
  'zh-CN': {
    holds: '所给凭证全部有效。',
    broken: '有凭证未通过核验。',
    good: '双方签名均有效',
    simulated: '模拟数据：不能证明任何人的身份',
    erased: '核验方已删除收到的材料',
    decided: '裁定',
    gap: (after: number, before: number) => `所给文件中缺少第 ${after + 1} 至 ${before - 1} 号凭证`,
    hash: (seq: number) => `第 ${seq} 号凭证与前一张不衔接`,
    twice: (seq: number) => `第 ${seq} 号凭证有两张内容不同`,
    code: (fits: boolean) => (fits ? '对应其中一张凭证' : '不对应任何一张凭证'),
  },
} as const satisfies Record<Language, unknown>;

const FINDINGS: Readonly<Record<Finding, Readonly<Record<Language, string>>>> = {
  'device-signature': { en: 'the device did not sign this', 'zh-CN': '终端签名无效' },
  countersignature: { en: 'the verifier did not sign this', 'zh-CN': '核验方签名无效' },
  'not-countersigned': { en: 'the verifier has not confirmed it yet', 'zh-CN': '核验方尚未确认' },
  'decision-signature': { en: 'a decision is not signed by the verifier', 'zh-CN': '有裁定不是核验方签署' },
  'decision-of-another': { en: 'a decision belongs to another certification', 'zh-CN': '有裁定属于另一次认证' },
  'decision-order': { en: 'decisions are not in order', 'zh-CN': '裁定的次序不对' },
  'deletion-signature': {
    en: 'a proof of deletion is not signed by the verifier',
    'zh-CN': '有删除证明不是核验方签署',
  },
  'previous-hash': { en: 'the receipt before it is another one', 'zh-CN': '前一张凭证不符' },
};

/** A report for people, one line for each receipt and one for each thing that is to be said about it. */
export function reportText({ holds, receipts, chains, codes }: VerifyReport, language: Language): string {
  const words = WORDS[language];
  const lines = [
    ...receipts.flatMap((receipt) => receiptLines(receipt, language)),
    ...chains.flatMap(({ deviceId, gaps, broken }) => [
      ...gaps.map(({ after, before }) => `${deviceId}: ${words.gap(after, before)}`),
      ...broken.map(({ seq, why }) => `${deviceId}: ${words[why](seq)}`),
    ]),
    ...codes.map(({ code, fits }) => `${code.slice(0, 40)}: ${words.code(fits)}`),
    holds ? words.holds : words.broken,
  ];
  return `${lines.join('\n')}\n`;
}

function receiptLines(receipt: ReceiptCheck, language: Language): readonly string[] {
  const words = WORDS[language];
  const { certifyId, receiptHash, seq, reason, findings, simulated, decided, erased } = receipt;
  const said = [
    ...(findings.length === 0 ? [words.good] : findings.map((finding) => FINDINGS[finding][language])),
    ...(decided === null ? [] : [`${words.decided} ${decided.revision}: ${sentence(decided.reason, language)}`]),
    ...(erased ? [words.erased] : []),
    ...(simulated ? [words.simulated] : []),
  ];
  return [
    `${seq}  ${certifyId}  ${receiptCode(certifyId, receiptHash)}  ${sentence(reason, language)}`,
    ...said.map((text) => `   ${text}`),
  ];
}

function sentence(reason: string, language: Language): string {
  return isReasonCode(reason) ? reasonText(reason, language, 'clerk') : reason;
}
