import type { ReadField } from '../../../../shared/domain/document-reading.ts';
import type { JudgedDocument } from '../contract.ts';

/** A sign of the document that was asked for, and how much of it that sign is worth; 1 together is certainty. */
interface Sign {
  readonly worth: number;
  readonly shown: (judged: JudgedDocument, text: string) => boolean;
}

/** Titles of what resembles a card and is none of the pages that are read. */
const OTHER_TITLES =
  /驾驶证|行驶证|护照|PASSPORT|社会保障卡|居住证|通行证|学生证|营业执照|户口簿|军官证|工作证|DRIVINGLICEN/i;

const sure = (field: ReadField | undefined): boolean =>
  field !== undefined && field.text !== null && field.doubt === null;
const captioned =
  (caption: RegExp) =>
  (_: JudgedDocument, text: string): boolean =>
    caption.test(text);
const filled =
  (name: string) =>
  ({ fields }: JudgedDocument): boolean =>
    typeof fields[name]?.text === 'string';

const SIGNS: Readonly<Record<JudgedDocument['page'], readonly Sign[]>> = {
  'id-card-front': [
    { worth: 0.35, shown: ({ fields }) => sure(fields['number']) },
    { worth: 0.15, shown: (_, text) => /[1-9]\d{16}[\dX]/i.test(text) },
    { worth: 0.15, shown: captioned(/公民身份|民身份号|身份号码/) },
    { worth: 0.1, shown: captioned(/姓名|姓|名/) },
    { worth: 0.1, shown: captioned(/性别|别男|别女|民族/) },
    { worth: 0.1, shown: captioned(/出生|\d年\d+月\d/) },
    { worth: 0.1, shown: captioned(/住址/) },
    { worth: 0.15, shown: ({ face }) => face !== null },
  ],
  'id-card-back': [
    { worth: 0.3, shown: captioned(/居民身份证|民身份证/) },
    { worth: 0.15, shown: captioned(/中华人民|人民共和国/) },
    { worth: 0.2, shown: captioned(/签发机关|发机关/) },
    { worth: 0.2, shown: captioned(/有效期限|效期限|有效期/) },
    { worth: 0.15, shown: filled('issuer') },
    { worth: 0.25, shown: filled('validTo') },
  ],
  'bank-card': [
    { worth: 0.6, shown: ({ fields }) => sure(fields['number']) },
    { worth: 0.15, shown: filled('number') },
    { worth: 0.25, shown: captioned(/银行|银联|UnionPay|BANK|VISA|Master|信用社|农商/i) },
    { worth: 0.15, shown: captioned(/VALID|THRU|MONTH|YEAR|有效期|\d\d\/\d\d/i) },
    { worth: 0.1, shown: captioned(/DEBIT|CREDIT|借记|信用卡|贷记|ATM|QUICK/i) },
  ],
};

/** 0..1: how little of the document that was asked for is there. */
export function notACardScore(judged: JudgedDocument): number {
  const text = judged.lines.map((line) => line.text.replaceAll(' ', '')).join('\n');
  if (OTHER_TITLES.test(text)) return 1;
  const shown = SIGNS[judged.page].filter((sign) => sign.shown(judged, text));
  return (
    1 -
    Math.min(
      1,
      shown.reduce((sum, { worth }) => sum + worth, 0),
    )
  );
}
