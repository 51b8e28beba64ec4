import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { encodeIcns, encodeIco } from '../../../scripts/make-icons.ts';

const ICONS = join(import.meta.dirname, '../../../resources/icons');

/** Pixel sizes of the images in an ICO file. */
async function icoSizes(ico: Buffer): Promise<readonly (number | undefined)[]> {
  const count = ico.readUInt16LE(4);
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const at = 6 + 16 * index;
      const offset = ico.readUInt32LE(at + 12);
      const image = ico.subarray(offset, offset + ico.readUInt32LE(at + 8));
      return (await sharp(image).metadata()).width;
    }),
  );
}

describe('the icons', () => {
  it('come in every size that the installers need', async () => {
    expect(await icoSizes(readFileSync(join(ICONS, 'icon.ico')))).toEqual([16, 24, 32, 48, 64, 256]);
    const icns = readFileSync(join(ICONS, 'icon.icns'));
    expect([icns.toString('latin1', 0, 4), icns.readUInt32BE(4)]).toEqual(['icns', icns.length]);
    for (const size of [16, 32, 48, 64, 128, 256, 512]) {
      const { width, height } = await sharp(join(ICONS, `${size}x${size}.png`)).metadata();
      expect([width, height]).toEqual([size, size]);
    }
  });

  it('are laid out byte for byte as the formats say', () => {
    const png = Buffer.from([1, 2, 3]);
    expect([...encodeIco([{ size: 256, png }])]).toEqual([
      0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 32, 0, 3, 0, 0, 0, 22, 0, 0, 0, 1, 2, 3,
    ]);
    expect([...encodeIcns([{ type: 'ic07', png }])]).toEqual([
      0x69, 0x63, 0x6e, 0x73, 0, 0, 0, 19, 0x69, 0x63, 0x30, 0x37, 0, 0, 0, 11, 1, 2, 3,
    ]);
  });
});
