import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage, enlarged } from '../../../src/main/inference/image-codec.ts';

const GRADIENT = { width: 24, height: 16, channels: 3 } as const;
const pixels = Buffer.from(Array.from({ length: 24 * 16 * 3 }, (_, i) => (i * 7) % 256));
const picture = () => sharp(pixels, { raw: GRADIENT });

/** A bottom-up 24-bit bitmap of 2 × 2 pixels: blue and green over red and white. */
function smallBitmap(): Uint8Array {
  const bytes = Buffer.alloc(54 + 16);
  bytes.write('BM', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(2, 18);
  bytes.writeInt32LE(2, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  bytes.set([0, 0, 255, 255, 255, 255], 54);
  bytes.set([255, 0, 0, 0, 255, 0], 62);
  return bytes;
}

/** A PNG header that announces `width` × `height` pixels and holds next to none. */
async function announcing(width: number, height: number): Promise<Uint8Array> {
  const png = await picture().png().toBuffer();
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  const crc = crc32(png.subarray(12, 29));
  png.writeUInt32BE(crc, 29);
  return png;
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

describe('image decoding', () => {
  it('decodes PNG and lossless WebP bit by bit', async () => {
    for (const bytes of [await picture().png().toBuffer(), await picture().webp({ lossless: true }).toBuffer()]) {
      const decoded = await decodeImage(bytes);
      expect(decoded.ok && { ...decoded.value, rgb: Buffer.from(decoded.value.rgb) }).toEqual({
        width: 24,
        height: 16,
        rgb: pixels,
      });
    }
  });

  it('decodes a bitmap from the bottom up', async () => {
    expect(await decodeImage(smallBitmap())).toEqual({
      ok: true,
      value: { width: 2, height: 2, rgb: Uint8Array.of(0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255) },
    });
  });

  it('turns a picture upright as its EXIF orientation says', async () => {
    const turned = await picture().jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const decoded = await decodeImage(turned);
    expect(decoded.ok && [decoded.value.width, decoded.value.height]).toEqual([16, 24]);
  });

  it('gives three channels for grey and for transparent pictures', async () => {
    const clear = { create: { width: 3, height: 2, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } } as const;
    const decoded = await decodeImage(await sharp(clear).png().toBuffer());
    expect(decoded.ok && Array.from(decoded.value.rgb)).toEqual(new Array<number>(18).fill(255));
    const grey = await decodeImage(await picture().greyscale().toColourspace('b-w').png().toBuffer());
    expect(grey.ok && grey.value.rgb.length).toBe(24 * 16 * 3);
  });

  it('decodes a single pixel', async () => {
    const decoded = await decodeImage(await picture().resize(1, 1).png().toBuffer());
    expect(decoded.ok && [decoded.value.width, decoded.value.height]).toEqual([1, 1]);
  });

  it.each<[string, () => Promise<Uint8Array>]>([
    ['nothing', async () => new Uint8Array(0)],
    ['text', async () => Buffer.from('a,b\n1,2\n')],
    ['an SVG, which other decoders would take', async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a GIF', async () => picture().gif().toBuffer()],
    ['a JPEG cut in half', async () => half(await picture().resize(640, 480).jpeg().toBuffer())],
    ['a PNG cut in half', async () => half(await picture().resize(640, 480).png().toBuffer())],
    ['a WebP cut in half', async () => half(await picture().resize(640, 480).webp().toBuffer())],
    ['a bitmap cut short', async () => smallBitmap().subarray(0, 60)],
    ['a JPEG of its first three bytes', async () => Uint8Array.of(0xff, 0xd8, 0xff)],
    ['a PNG that announces 10,000 × 10,000 pixels', () => announcing(10_000, 10_000)],
    ['a PNG that announces 40 × 2,000,000 pixels', () => announcing(40, 2_000_000)],
  ])('refuses %s', async (_, make) => {
    const decoded = await decodeImage(await make());
    expect(decoded).toMatchObject({ ok: false, error: { code: 'inference.image-invalid' } });
  });

  it('refuses a bitmap that announces more pixels than the limit', async () => {
    const bytes = Buffer.from(smallBitmap());
    bytes.writeInt32LE(100_000, 18);
    bytes.writeInt32LE(100_000, 22);
    expect(await decodeImage(bytes)).toMatchObject({ ok: false, error: { code: 'inference.image-invalid' } });
  });
});

describe('enlarging', () => {
  it('multiplies both sides', async () => {
    const decoded = await decodeImage(smallBitmap());
    const larger = decoded.ok ? await enlarged(decoded.value, 2.5) : null;
    expect(larger && [larger.width, larger.height, larger.rgb.length]).toEqual([5, 5, 75]);
  });
});

function half(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, bytes.length >> 1);
}
