import type { DocumentPage } from './document-reading.ts';
import { DOCUMENT_WARNING_KINDS, type DocumentWarningKind } from './document-warning.ts';

/** The documents that vendors have warnings for; both sides of an identity card share one list. */
export type VendorDocument = 'id-card' | 'bank-card';

/** What a page's codes are listed under; null for travel documents, which these vendors' lists don't cover. */
export function vendorDocumentOf(page: DocumentPage): VendorDocument | null {
  if (page === 'travel-document') return null;
  return page === 'bank-card' ? 'bank-card' : 'id-card';
}

/**
 * What a vendor's code says that we have no warning of our own for: an electronic card on a phone or a watermark across
 * the picture.
 */
export const VENDOR_ONLY_WARNINGS = ['electronic-card', 'watermark'] as const;
export type VendorOnlyWarning = (typeof VENDOR_ONLY_WARNINGS)[number];

type Codes = Readonly<Record<DocumentWarningKind, number | null>>;

/**
 * Tencent Cloud. Identity card: `AdvancedInfo.WarnInfos` of IDCardOCR (cloud.tencent.com/document/api/866/33524;
 * -9102 is any copy, -9108 a black-and-white one only); blur and "not an identity card" have no warning there, they are
 * the face-verification service's -8001 and OCR's 66661001 (cloud.tencent.com/document/product/1007/47902). Bank card:
 * `WarningCode` of BankCardOCR (api/866/36216) and the return codes -9012, -9013 (product/1007/47903).
 */
const TENCENT_CODES: Readonly<Record<VendorDocument, Codes>> = {
  'id-card': {
    copy: -9102,
    'black-and-white-copy': -9108,
    recapture: -9103,
    edited: -9106,
    temporary: -9104,
    expired: -9100,
    'border-cut': -9101,
    occlusion: -9105,
    glare: -9107,
    blur: -8001,
    'not-a-card': 66661001,
  },
  'bank-card': {
    copy: -9113,
    'black-and-white-copy': -9113,
    recapture: -9114,
    edited: null,
    temporary: null,
    expired: -9110,
    'border-cut': -9111,
    occlusion: null,
    glare: -9112,
    blur: -9012,
    'not-a-card': -9013,
  },
};

/** Codes that mean the same as one of the table, or something we don't warn of. */
const OTHER_TENCENT_CODES: Readonly<
  Record<VendorDocument, Readonly<Record<number, DocumentWarningKind | VendorOnlyWarning>>>
> = {
  'id-card': {
    [-9109]: 'expired',
    66661003: 'expired',
    66661004: 'expired',
    [-9110]: 'electronic-card',
    [-9111]: 'watermark',
  },
  'bank-card': { 66661009: 'expired', [-9014]: 'glare' },
};

/** Tencent's code for one of our warnings; null where that document has none. */
export function tencentCodeOf(kind: DocumentWarningKind, document: VendorDocument): number | null {
  return TENCENT_CODES[document][kind];
}

/**
 * What a code of Tencent's means. The same number means different things on different documents (-9110 is an electronic
 * identity card, but a bank card's date), so the document is asked for. Null for a code that isn't listed: it must be
 * kept as it is and never taken for "no warning".
 */
export function warningOfTencentCode(
  code: number,
  document: VendorDocument,
): DocumentWarningKind | VendorOnlyWarning | null {
  const codes = TENCENT_CODES[document];
  return DOCUMENT_WARNING_KINDS.find((kind) => codes[kind] === code) ?? OTHER_TENCENT_CODES[document][code] ?? null;
}

/**
 * `VerifyStatus` of Aliyun's real-person verification (cloudauth 2019-03-07, DescribeVerifyResult) that speak of the
 * card: 3 and 4, its name or number can't be read or it is no identity card; 5, expired or about to; 8, not a picture of
 * an original.
 */
const ALIYUN_STATUSES: Readonly<Record<DocumentWarningKind, number>> = {
  copy: 8,
  'black-and-white-copy': 8,
  recapture: 8,
  edited: 8,
  temporary: 8,
  expired: 5,
  'border-cut': 3,
  occlusion: 3,
  glare: 3,
  blur: 3,
  'not-a-card': 3,
};

/** Aliyun's status for one of our warnings on an identity card; that service knows no other card. */
export function aliyunStatusOf(kind: DocumentWarningKind): number {
  return ALIYUN_STATUSES[kind];
}

/**
 * Which of our warnings may stand behind a status of Aliyun's, the most important first; empty where the status says
 * nothing about the card's picture. One status covers several warnings, so there is no single one to give back.
 */
export function warningsOfAliyunStatus(status: number): readonly DocumentWarningKind[] {
  const stated = status === 4 ? 3 : status;
  return DOCUMENT_WARNING_KINDS.filter((kind) => ALIYUN_STATUSES[kind] === stated);
}
