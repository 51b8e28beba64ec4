import { GREY_JPEG_BASE64, SYNTHETIC_CARD } from '../synthetic.ts';
import { BANK_CARD_WARNINGS, ID_CARD_WARNINGS } from './codes.ts';
import type { Fields, Parameters, TencentOperation } from './operation.ts';

const OCR = '2018-11-19';

/** Reading fails with these; they are always errors. */
const READING_ERRORS = [
  'FailedOperation.DownLoadError',
  'FailedOperation.EmptyImageError',
  'FailedOperation.ImageBlur',
  'FailedOperation.ImageDecodeFailed',
  'FailedOperation.ImageNoIdCard',
  'FailedOperation.ImageSizeTooLarge',
  'FailedOperation.MultiCardError',
  'FailedOperation.OcrFailed',
  'FailedOperation.UnKnowError',
] as const;

/** Both sides; a warning's number as the code adds that warning to a good answer. */
export const READING_OPERATIONS: Readonly<Record<string, TencentOperation>> = {
  IDCardOCR: {
    version: OCR,
    required: [],
    optional: [
      'ImageBase64',
      'ImageUrl',
      'CardSide',
      'Config',
      'EnableRecognitionRectify',
      'EnableReflectDetail',
      'EnableDateVerify',
      'CardWarnType',
    ],
    oneOf: [['ImageBase64', 'ImageUrl']],
    success: 'Success',
    fieldCodes: ['Success', ...ID_CARD_WARNINGS],
    errorCodes: READING_ERRORS,
    billed: ['Success', ...ID_CARD_WARNINGS],
    answer: idCard,
  },
  BankCardOCR: {
    version: OCR,
    required: [],
    optional: [
      'ImageBase64',
      'ImageUrl',
      'RetBorderCutImage',
      'RetCardNoImage',
      'EnableCopyCheck',
      'EnableReshootCheck',
      'EnableBorderCheck',
      'EnableQualityValue',
    ],
    oneOf: [['ImageBase64', 'ImageUrl']],
    success: 'Success',
    fieldCodes: ['Success', ...BANK_CARD_WARNINGS],
    errorCodes: [...READING_ERRORS, 'FailedOperation.NoBankCard'],
    billed: ['Success', ...BANK_CARD_WARNINGS],
    answer: (_, code) => ({
      CardNo: SYNTHETIC_CARD.bankCard,
      BankInfo: '样本银行(00000000)',
      ValidDate: '08/2030',
      CardType: '借记卡',
      CardName: '样本卡',
      WarningCode: code === 'Success' ? [] : [Number(code)],
      QualityValue: 90,
    }),
  },
};

function idCard({ CardSide, Config }: Parameters, code: string): Fields {
  const card = SYNTHETIC_CARD;
  const blank = { Name: '', Sex: '', Nation: '', Birth: '', Address: '', IdNum: '', Authority: '', ValidDate: '' };
  const front = {
    Name: card.name,
    Sex: card.sex,
    Nation: card.nation,
    Birth: card.birth,
    Address: card.address,
    IdNum: card.number,
  };
  const back = { Authority: card.authority, ValidDate: `${card.validFrom}-${card.validTo}` };
  const cropped = typeof Config === 'string' && Config.includes('CropPortrait') ? { Portrait: GREY_JPEG_BASE64 } : {};
  const advanced = { ...cropped, ...(code === 'Success' ? {} : { WarnInfos: [Number(code)] }) };
  return { ...blank, ...(CardSide === 'BACK' ? back : front), AdvancedInfo: JSON.stringify(advanced) };
}
