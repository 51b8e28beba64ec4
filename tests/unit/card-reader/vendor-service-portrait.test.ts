import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { imageHeaderOf } from '../../../src/main/card-reader/vendor-services/image-header.ts';
import { MAX_PORTRAIT_BYTES, servicePortrait } from '../../../src/main/card-reader/vendor-services/service-portrait.ts';
import { portraitFile } from '../../support/card-reader/services/pictures.ts';

const notDecoded = (detail: string) => ({ state: 'not-decoded', reason: 'reader.service-malformed', detail });

describe("a service's portrait", () => {
  test.each(['jpeg', 'png', 'bmp'] as const)('%s is known by its header', async (kind) => {
    const file = await portraitFile(kind);
    expect(imageHeaderOf(file)).toEqual({ mediaType: `image/${kind}`, width: 102, height: 126 });
    const base64 = file.toString('base64');
    const forms = [base64, `data:image/jpg;base64,${base64}`, base64.replace(/.{76}/g, '$&\r\n')];
    for (const form of forms) {
      const portrait = servicePortrait(form);
      expect(portrait).toMatchObject({ state: 'decoded', mediaType: `image/${kind}` });
      expect(portrait.state === 'decoded' && Buffer.from(portrait.image).equals(file)).toBe(true);
    }
  });

  test('that is missing was not given, which is not the same as none', () => {
    for (const empty of ['', '  ', 'data:image/jpeg;base64,']) {
      expect(servicePortrait(empty)).toMatchObject(notDecoded('the service gave no portrait'));
    }
  });

  test('that is something else, or too large, is not passed on', async () => {
    expect(servicePortrait('样本')).toMatchObject(notDecoded('portrait: not base64'));
    expect(servicePortrait('null')).toMatchObject(notDecoded('portrait: not a JPEG, PNG or BMP file'));
    expect(servicePortrait(Buffer.from('GIF89a').toString('base64'))).toMatchObject({ state: 'not-decoded' });
    const wide = await portraitFile('png', 1025, 10);
    expect(servicePortrait(wide.toString('base64'))).toMatchObject(notDecoded('portrait: size in pixels'));
    const heavy = Buffer.concat([await portraitFile('jpeg'), Buffer.alloc(MAX_PORTRAIT_BYTES)]);
    expect(servicePortrait(heavy.toString('base64'))).toMatchObject(notDecoded('portrait: too large'));
  });

  test('cut short within its header is none', async () => {
    for (const kind of ['jpeg', 'png', 'bmp'] as const) {
      const file = await portraitFile(kind);
      const headerEnd = { jpeg: file.indexOf(Buffer.from([0xff, 0xc0])) + 9, png: 29, bmp: 54 }[kind];
      for (let bytes = 1; bytes < headerEnd; bytes++) expect(imageHeaderOf(file.subarray(0, bytes))).toBeNull();
      expect(imageHeaderOf(file.subarray(0, headerEnd))).not.toBeNull();
    }
  });

  test('of any bytes never throws', () => {
    const start = fc.constantFrom([0xff, 0xd8, 0xff], [0x42, 0x4d], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 200 }), (magic, rest) => {
        imageHeaderOf(new Uint8Array([...magic, ...rest]));
      }),
      { numRuns: 2_000 },
    );
  });
});
