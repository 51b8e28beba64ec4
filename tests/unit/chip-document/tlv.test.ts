import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeObject, readHeader, readObjects, readOnly } from '../../../src/main/chip-document/apdu/tlv.ts';
import { fromHex } from '../../../src/main/chip-document/bytes.ts';

describe('objects of BER-TLV', () => {
  it('reads back what it wrote, for tags of one and two bytes and every form of length', () => {
    const tag = fc.constantFrom(0x02, 0x30, 0x7f60, 0x5f2e, 0x87);
    const object = fc.record({ tag, value: fc.uint8Array({ maxLength: 700 }) });
    fc.assert(
      fc.property(fc.array(object, { maxLength: 5 }), (objects) => {
        const bytes = objects.map((each) => encodeObject(each.tag, each.value));
        const read = readObjects(new Uint8Array(Buffer.concat(bytes)));
        expect(read.ok && read.value.map((each) => ({ tag: each.tag, value: new Uint8Array(each.value) }))).toEqual(
          objects.map((each) => ({ tag: each.tag, value: new Uint8Array(each.value) })),
        );
      }),
    );
  });

  it('never throws and never gives more bytes than there are, whatever comes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const read = readObjects(bytes);
        if (!read.ok) return void expect(read.error.code).toBe('chip.malformed');
        const total = read.value.reduce((sum, { value }) => sum + value.length, 0);
        expect(total).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['nothing', ''],
    ['a tag alone', '30'],
    ['half a tag', '7F'],
    ['a tag of three bytes', '7F8101 00'],
    ['an indefinite length', '3080'],
    ['a length of five bytes', '30850100000000'],
    ['a length without its bytes', '3082FF'],
    ['a size beyond any file', '3084FFFFFFFF'],
  ])('refuses the header of %s', (_, digits) => {
    expect(readHeader(fromHex(digits))).toMatchObject({ ok: false, error: { code: 'chip.malformed' } });
  });

  it('refuses an object that is longer than what holds it, and anything beside the only one', () => {
    expect(readObjects(fromHex('3003020101 04'))).toMatchObject({ ok: false });
    expect(readObjects(fromHex('3004020101'))).toMatchObject({ ok: false });
    expect(readOnly(fromHex('040101 040102'), 0x04)).toMatchObject({ ok: false });
    expect(readOnly(fromHex('040101'), 0x02)).toMatchObject({ ok: false });
  });
});
