import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { openDocumentFile } from '../../../../src/main/inference/documents/intake.ts';

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#3366aa' } });
const text = (value: string): Uint8Array => new Uint8Array(Buffer.from(value, 'latin1'));

async function codeOf(bytes: Uint8Array) {
  const opened = await openDocumentFile(bytes);
  return opened.ok ? { width: opened.value.width, height: opened.value.height } : opened.error;
}

describe('a document file', () => {
  it('opens as a picture whatever its name', async () => {
    const base = picture(640, 400);
    const files = [base.clone().jpeg(), base.clone().png(), base.clone().webp()];
    for (const file of files) expect(await codeOf(await file.toBuffer())).toEqual({ width: 640, height: 400 });
    const grey = await picture(640, 400).greyscale().jpeg().toBuffer();
    expect(await codeOf(grey)).toEqual({ width: 640, height: 400 });
  });

  it('is turned as its camera says, and made smaller when it is large', async () => {
    const large = await picture(4000, 3000).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await codeOf(large)).toEqual({ width: 1950, height: 2600 });
  });

  it('is refused by its kind', async () => {
    const pages = `%PDF-1.7\n1 0 obj <</Type /Pages /Count 40 /Kids []>> endobj`;
    const refused = await Promise.all(
      [
        text(pages),
        text('%PDF-1.4\n<</Type /Page >>'),
        text('%PDF-1.5\nstream'),
        text('\0\0\0\x18ftypheic\0\0\0\0'),
        text('II*\0rest'),
        text('GIF89a...'),
        text('\0\0\0\x18ftypisom\0\0\0\0'),
        text('<svg xmlns="http://www.w3.org/2000/svg"/>'),
        text('hello'),
      ].map(codeOf),
    );
    expect(refused).toEqual(
      [
        'PDF, 40 pages',
        'PDF, 1 page',
        'PDF',
        'HEIC',
        'TIFF',
        'GIF',
        'video',
        'SVG',
        'neither JPEG, PNG, WebP nor BMP',
      ].map((detail) => ({ code: 'document.file-unsupported', detail })),
    );
  });

  it('is refused when it is damaged, wherever it ends', async () => {
    const noise = await sharp({
      create: {
        width: 800,
        height: 500,
        channels: 3,
        background: '#fff',
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    })
      .jpeg()
      .toBuffer();
    for (const share of [0.0005, 0.01, 0.3, 0.6, 0.9]) {
      const failed = await codeOf(noise.subarray(0, Math.max(4, Math.floor(share * noise.length))));
      expect([share, failed]).toMatchObject([share, { code: 'document.file-damaged' }]);
    }
    expect(await codeOf(new Uint8Array(0))).toMatchObject({ code: 'document.file-damaged' });
    expect(await codeOf(text('BM....'))).toMatchObject({ code: 'document.file-damaged' });
  });

  it('is refused when it is too large or too small, by its header', async () => {
    const huge = await picture(7000, 6000).png().toBuffer();
    expect(await codeOf(huge)).toMatchObject({
      code: 'document.file-too-large',
      detail: expect.stringContaining('40000000') as string,
    });
    expect(await codeOf(new Uint8Array(30_000_001))).toMatchObject({ code: 'document.file-too-large' });
    expect(await codeOf(await picture(200, 126).jpeg().toBuffer())).toMatchObject({ code: 'document.too-small' });
  });
});
