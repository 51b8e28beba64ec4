import { describe, expect, it } from 'vitest';
import { DOCUMENT_PAGES } from '../../../src/shared/domain/document-reading.ts';
import { DOCUMENT_WARNING_KINDS } from '../../../src/shared/domain/document-warning.ts';
import {
  aliyunStatusOf,
  tencentCodeOf,
  vendorDocumentOf,
  warningOfTencentCode,
  warningsOfAliyunStatus,
} from '../../../src/shared/domain/document-vendor-codes.ts';

describe("vendors' codes of document warnings", () => {
  it('lists both sides of an identity card together and leaves travel documents out', () => {
    expect(DOCUMENT_PAGES.map(vendorDocumentOf)).toEqual(['id-card', 'id-card', 'bank-card', null]);
  });

  it('gives every warning of an identity card a code and takes it back to the same warning', () => {
    const codes = DOCUMENT_WARNING_KINDS.map((kind) => tencentCodeOf(kind, 'id-card'));
    expect(codes).toEqual([-9102, -9108, -9103, -9106, -9104, -9100, -9101, -9105, -9107, -8001, 66661001]);
    expect(codes.map((code) => warningOfTencentCode(code!, 'id-card'))).toEqual([...DOCUMENT_WARNING_KINDS]);
  });

  it('knows that a bank card has fewer codes and one for both kinds of copy', () => {
    const back = DOCUMENT_WARNING_KINDS.map((kind) => {
      const code = tencentCodeOf(kind, 'bank-card');
      return code === null ? null : warningOfTencentCode(code, 'bank-card');
    });
    expect(back).toEqual([
      'copy',
      'copy',
      'recapture',
      null,
      null,
      'expired',
      'border-cut',
      null,
      'glare',
      'blur',
      'not-a-card',
    ]);
  });

  it('tells apart what the same number means on the two documents', () => {
    expect(warningOfTencentCode(-9110, 'id-card')).toBe('electronic-card');
    expect(warningOfTencentCode(-9110, 'bank-card')).toBe('expired');
    expect(warningOfTencentCode(-9111, 'id-card')).toBe('watermark');
    expect(warningOfTencentCode(-9111, 'bank-card')).toBe('border-cut');
    expect(warningOfTencentCode(-9109, 'id-card')).toBe('expired');
  });

  it('makes nothing of a code that is not listed', () => {
    expect(warningOfTencentCode(-9999, 'id-card')).toBeNull();
    expect(warningOfTencentCode(0, 'bank-card')).toBeNull();
  });

  it('finds every warning among those of its own Aliyun status, and none behind a status about something else', () => {
    for (const kind of DOCUMENT_WARNING_KINDS) expect(warningsOfAliyunStatus(aliyunStatusOf(kind))).toContain(kind);
    expect(warningsOfAliyunStatus(4)).toEqual(warningsOfAliyunStatus(3));
    expect(warningsOfAliyunStatus(5)).toEqual(['expired']);
    expect([-1, 1, 6, 7, 9, 11, 12, 99].flatMap(warningsOfAliyunStatus)).toEqual([]);
  });
});
