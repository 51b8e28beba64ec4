import { SYNTHETIC_CARD, GREY_JPEG_BASE64 } from '../synthetic.ts';
import { downTo, FAILED_OPERATION_CODES, ID_CARD_WARNINGS } from './codes.ts';
import type { Fields, Parameters, TencentOperation } from './operation.ts';

/** Operations whose `Result` is a number as text: 0 is a match. */
function numbered(
  required: readonly string[],
  optional: readonly string[],
  codes: readonly string[],
  billed: readonly string[],
  more: (parameters: Parameters, code: string) => Fields = () => ({}),
): TencentOperation {
  return {
    version: '2018-03-01',
    required,
    optional: ['Encryption', ...optional],
    success: '0',
    fieldCodes: codes,
    errorCodes: FAILED_OPERATION_CODES,
    billed,
    answer: (parameters, code) => ({
      Result: code,
      Description: code === '0' ? '一致' : `结果 ${code}`,
      ...more(parameters, code),
    }),
  };
}

/** Down to `lowest`; the vendor bills whatever the bank has answered, and not what it refuses itself. */
function bankCard(
  required: readonly string[],
  optional: readonly string[],
  lowest: number,
  unbilled: readonly number[],
): TencentOperation {
  return numbered(required, optional, downTo(lowest), downTo(lowest, unbilled));
}

/** Which of three things the phone's contract disagrees with; asked for with `VerifyMode` 1. */
function phoneDetail({ VerifyMode }: Parameters, code: string): Fields {
  const detail = VerifyMode === '1' && code === '-4' ? { ResultDetail: 'PhoneNameMismatch' } : {};
  return { Isp: '移动', ...detail };
}

function readCard(code: string): Fields {
  if (code !== '0') return {};
  const { name, number, sex, nation, birth, address } = SYNTHETIC_CARD;
  return { Name: name, IdCard: number, Sex: sex, Nation: nation, Birth: birth, Address: address };
}

export const IDENTITY_OPERATIONS: Readonly<Record<string, TencentOperation>> = {
  IdCardVerification: numbered(['IdCard', 'Name'], [], downTo(-7), ['0', '-1']),
  IdCardOCRVerification: numbered(
    [],
    ['IdCard', 'Name', 'ImageBase64', 'ImageUrl', 'Config'],
    downTo(-7),
    ['0', '-1'],
    ({ IdCard, Name }, code) => ({ ...readCard(code), ...(IdCard ? { IdCard, Name } : {}) }),
  ),
  CheckIdNameDate: numbered(['Name', 'IdCard', 'ValidityBegin', 'ValidityEnd'], [], downTo(-8), ['0', '-1']),
  PhoneVerification: numbered(
    ['IdCard', 'Name', 'Phone'],
    ['VerifyMode', 'CiphertextBlob', 'EncryptList', 'Iv'],
    ['0', '-4', '-6', '-7', '-8', '-9', '-11', '-12', '-13'],
    ['0', '-4'],
    phoneDetail,
  ),
  BankCard2EVerification: bankCard(['Name', 'BankCard'], [], -18, [-2, -3, -16, -17]),
  BankCardVerification: bankCard(['IdCard', 'Name', 'BankCard'], ['CertType'], -20, [-2, -3, -4, -17, -18, -19]),
  BankCard4EVerification: bankCard(
    ['Name', 'BankCard', 'Phone', 'IdCard'],
    ['CertType'],
    -21,
    [-2, -3, -4, -5, -18, -19, -20],
  ),
  CheckIdCardInformation: {
    version: '2018-03-01',
    required: [],
    optional: ['ImageBase64', 'ImageUrl', 'Config', 'IsEncrypt', 'IsEncryptResponse', 'Encryption'],
    oneOf: [['ImageBase64', 'ImageUrl']],
    success: 'Success',
    fieldCodes: ['Success', ...FAILED_OPERATION_CODES, ...ID_CARD_WARNINGS],
    errorCodes: [],
    billed: ['Success', 'FailedOperation.CompareLowSimilarity', 'FailedOperation.IdNameMisMatch', ...ID_CARD_WARNINGS],
    answer: (_, code) => cardInformation(code),
  },
};

/** A number below zero is a good answer with that warning. */
function cardInformation(code: string): Fields {
  const warned = /^-\d+$/.test(code);
  const result = warned ? 'Success' : code;
  if (result !== 'Success') return { Sim: 0, Result: result, Description: result };
  const { number, ...card } = SYNTHETIC_CARD;
  return {
    Sim: 88.1,
    Result: result,
    Description: '成功',
    Name: card.name,
    Sex: card.sex,
    Nation: card.nation,
    Birth: card.birth,
    Address: card.address,
    IdNum: number,
    Portrait: GREY_JPEG_BASE64,
    Warnings: warned ? code : '',
    Quality: 85,
  };
}
