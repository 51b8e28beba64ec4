import type { CardKind, DocumentFields } from '../../../src/shared/domain/document.ts';

/** One synthetic card of each kind; numbers carry right check digits but belong to nobody. */
export const CARDS: Readonly<Record<CardKind, { readonly kind: CardKind; readonly fields: DocumentFields }>> = {
  resident: {
    kind: 'resident',
    fields: {
      name: '测试·样本𠮷',
      sex: 'female',
      nation: '维吾尔',
      birthDate: '1990-01-01',
      address: '样本省测试市示例路1号2单元',
      number: '11010119900101004X',
      issuer: '测试市公安局样本分局',
      validFrom: '2015-02-28',
      validTo: 'long-term',
    },
  },
  hmt: {
    kind: 'hmt',
    fields: {
      name: '样本乙',
      sex: 'male',
      birthDate: '1985-12-31',
      address: '示例省测试市样本路3号',
      number: '810000198512310019',
      issuer: '测试市公安局',
      validFrom: '2020-02-29',
      validTo: '2025-02-28',
      passNumber: 'H00000000',
      issueCount: 1,
    },
  },
  'foreigner-2017': {
    kind: 'foreigner-2017',
    fields: {
      name: '样本丙',
      englishName: 'SPECIMEN, CHARLIE',
      sex: 'male',
      nationality: 'UTO',
      birthDate: '2000-07-01',
      number: 'UTO110000070109',
      issuer: '1100',
      validFrom: '2018-05-01',
      validTo: '2028-04-30',
    },
  },
  'foreigner-2023': {
    kind: 'foreigner-2023',
    fields: {
      name: 'SPECIMEN ALEXANDRA MARIA MAGDALENA VON TEST',
      englishName: 'SPECIMEN ALEXANDRA MARIA MAGDALENA VON TEST',
      sex: 'female',
      nationality: 'UTO',
      birthDate: '2000-07-01',
      number: '911999200007010029',
      formerNumber: 'UTO110000070109',
      issueCount: 2,
      validFrom: '2023-12-01',
      validTo: '2033-11-30',
    },
  },
};

/** The smallest thing that says it is a WebP of its own length; nothing decodes its pixels. */
export function tinyWebp(bytes = 64): Uint8Array {
  const image = new Uint8Array(bytes).fill(0x3c);
  image.set(Buffer.from('RIFF'));
  new DataView(image.buffer).setUint32(4, bytes - 8, true);
  image.set(Buffer.from('WEBP'), 8);
  return image;
}
