import type { DocumentPage } from '../../../shared/domain/document-reading.ts';
import type { ReadLine } from './contract.ts';

/** What a picture shows, by what is written on it; null when it is nothing that is read. */
export type SeenKind = DocumentPage | 'other-document' | null;

interface Sign {
  readonly pattern: RegExp;
  readonly worth: number;
}

/**
 * Signs of each page. Captions may have lost a character or stand in one line with their values, so that parts of them
 * count; digits alone never make a card of one kind, because a bank card's can pass for those of an ID card.
 */
const SIGNS: Readonly<Record<DocumentPage, readonly Sign[]>> = {
  'id-card-front': [
    { pattern: /公民身份|民身份号|身份号码/, worth: 3 },
    { pattern: /姓名/, worth: 1 },
    { pattern: /性别/, worth: 1 },
    { pattern: /民族/, worth: 1 },
    { pattern: /出生/, worth: 1 },
    { pattern: /住址/, worth: 1 },
    { pattern: /(?:19|20)\d\d年\d{1,2}月\d{1,2}/, worth: 1 },
    { pattern: /(?<!\d)[1-8]\d{5}(?:19|20)\d{2}(?:0\d|1[0-2])[0-3]\d{4}[\dXx](?!\d)/, worth: 2 },
  ],
  'id-card-back': [
    { pattern: /签发机关|发机关|签发机/, worth: 2 },
    { pattern: /有效期限|效期限/, worth: 2 },
    { pattern: /居民身份证|民身份证|居民身份|居民居住证|民居住证/, worth: 2 },
    { pattern: /中华人民|人民共和国/, worth: 1 },
    { pattern: /公安[局厅分]/, worth: 1 },
    { pattern: /(?:19|20)\d\d\.?\d\d\.?\d\d[-—–一~.]*(?:(?:19|20)\d\d\.?\d\d\.?\d\d|长期)/, worth: 2 },
  ],
  'bank-card': [
    { pattern: /银行|信用社|农商|BANK/i, worth: 2 },
    { pattern: /银联|UnionPay|VISA|Master|JCB|AMERICAN/i, worth: 2 },
    { pattern: /(?<!\d)(?:62|4\d|5[1-5]|35|37|60|9\d)\d{11,17}(?!\d)/, worth: 1 },
    { pattern: /(?<!\d)\d{4}\s?\d{4}\s?\d{4}\s?\d{4}(?:\s?\d{1,3})?(?!\d)/, worth: 0.5 },
    { pattern: /VALID|THRU|MONTH|EXPIRES|借记|贷记|信用卡|储蓄|DEBIT|CREDIT|ATM/i, worth: 1 },
  ],
  'travel-document': [
    { pattern: /[PVACI][A-Z<][A-Z<]{3}[A-Z<]{2,}<<|<<<</, worth: 4 },
    { pattern: /PASSPORT|护照|REISEPASS|PASSEPORT|PASAPORTE/i, worth: 3 },
    { pattern: /NATIONALITY|DATE\s?OF\s?BIRTH|DATE\s?OF\s?EXPIRY|PLACE\s?OF\s?BIRTH/i, worth: 1 },
  ],
};

/** Documents that are read by nobody here, by their titles; a residence permit names its holder's pass by its number. */
const OTHERS =
  /驾驶证|行驶证|社会保障卡|社保卡|学生证|营业执照|户口簿|军官证|工作证|通行证(?!号)|医保|DRIVING\s?LICEN/i;

/** As much has to speak for a page. */
const LEAST_WORTH = 2;
/** A document that is none of those has to lose by as much before it is taken for one all the same. */
const OTHER_MARGIN = 4;

/** How much speaks for each page. */
export function signsOf(lines: readonly ReadLine[]): Readonly<Record<DocumentPage, number>> {
  const text = writtenOn(lines);
  const worth = (page: DocumentPage): number =>
    SIGNS[page].reduce((sum, sign) => sum + (sign.pattern.test(text) ? sign.worth : 0), 0);
  return {
    'id-card-front': worth('id-card-front'),
    'id-card-back': worth('id-card-back'),
    'bank-card': worth('bank-card'),
    'travel-document': worth('travel-document'),
  };
}

/**
 * Tells which page a picture shows by its captions and titles. Of equals it is the one that was asked for.
 *
 * @param asked decides between pages for which as much speaks.
 */
export function kindOf(lines: readonly ReadLine[], asked: DocumentPage): SeenKind {
  const signs = signsOf(lines);
  const pages = Object.keys(signs) as DocumentPage[];
  const best = pages.reduce((a, b) => (signs[b] > signs[a] || (signs[b] === signs[a] && b === asked) ? b : a));
  const other = OTHERS.test(writtenOn(lines));
  if (other && signs[best] < LEAST_WORTH + OTHER_MARGIN) return 'other-document';
  return signs[best] >= LEAST_WORTH ? best : null;
}

function writtenOn(lines: readonly ReadLine[]): string {
  return lines.map(({ text }) => text.replaceAll(' ', '')).join('\n');
}
