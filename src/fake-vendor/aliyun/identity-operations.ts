import { BANK_REFUTED, BANK_UNCHECKED, FINANCIAL_CODES } from './codes.ts';
import { isRefusal, refused, result } from './financial-operations.ts';
import type { AliyunOperation } from './operation.ts';

type BizCode = '1' | '2' | '3';

/** Operations that compare text with a register: `BizCode` 1 match, 2 no match, 3 not found; `SubCode` tells more. */
function register(
  required: readonly string[],
  subCodes: Readonly<Record<string, BizCode>>,
  more: Readonly<Record<string, string>> = {},
): AliyunOperation {
  const usual = Object.keys(subCodes).find((code) => subCodes[code] === '1') ?? '1';
  return {
    versions: ['2019-03-07'],
    required: ['ParamType', ...required],
    codes: [...new Set(['1', '2', '3', ...Object.keys(subCodes), ...FINANCIAL_CODES])],
    missing: '400',
    answer: ({ scripted }) => {
      const code = scripted ?? usual;
      if (isRefusal(code)) return refused(code);
      const BizCode = subCodes[code] ?? code;
      const SubCode = subCodes[code] === undefined ? {} : { SubCode: code };
      return result(code, BizCode === '1' || BizCode === '2', { BizCode, ...SubCode, ...more });
    },
  };
}

function each(codes: readonly string[], bizCode: BizCode): Record<string, BizCode> {
  return Object.fromEntries(codes.map((code) => [code, bizCode]));
}

const PHONE = { '101': '1', '201': '2', '202': '2', '203': '2', '204': '2', '301': '3' } as const;

export const IDENTITY_OPERATIONS: Readonly<Record<string, AliyunOperation>> = {
  Id2MetaVerify: register(['UserName', 'IdentifyNum'], {}),
  Id2MetaPeriodVerify: register(['UserName', 'IdentifyNum', 'ValidityStartDate', 'ValidityEndDate'], {}),
  BankMetaVerify: register(['BankCard', 'ProductType', 'VerifyMode'], {
    '101': '1',
    ...each(BANK_REFUTED, '2'),
    ...each(BANK_UNCHECKED, '3'),
  }),
  Mobile3MetaSimpleVerify: register(['UserName', 'IdentifyNum', 'Mobile'], {}, { IspName: 'CMCC' }),
  Mobile3MetaDetailVerify: register(['UserName', 'IdentifyNum', 'Mobile'], PHONE, { IspName: 'CMCC' }),
};
