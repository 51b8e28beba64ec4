import sharp from 'sharp';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFaceRecord } from '../../../src/main/chip-document/portrait/face-record.ts';
import { decodeJpeg2000 } from '../../../src/main/chip-document/portrait/jpeg2000.ts';
import { readPortrait } from '../../../src/main/chip-document/portrait/portrait.ts';
import {
  drawnJpeg,
  drawnJpeg2000,
  drawnPixels,
  faceRecord,
  portraitFile,
} from '../../support/chip-document/specimen.ts';

describe('the portrait of DG2', () => {
  it.each(['stream', 'file'] as const)('decodes JPEG 2000 (%s) to the pixels that were encoded', async (form) => {
    const portrait = await readPortrait(portraitFile(await drawnJpeg2000(form)));
    expect(portrait).toMatchObject({ state: 'decoded', original: 'jpeg2000', picture: { width: 240, height: 320 } });
    if (portrait.state !== 'decoded') return;
    const png = await sharp(portrait.picture.bytes).removeAlpha().raw().toBuffer();
    const { pixels } = await drawnPixels();
    const worst = pixels.reduce((most, value, at) => Math.max(most, Math.abs(value - (png[at] ?? 0))), 0);
    expect(worst).toBeLessThanOrEqual(2);
  });

  it('gives JPEG as it is', async () => {
    const bytes = await drawnJpeg();
    expect(await readPortrait(portraitFile(bytes))).toEqual({
      state: 'decoded',
      original: 'jpeg',
      picture: { bytes, mediaType: 'image/jpeg', width: 240, height: 320 },
    });
  });

  it('says why it can’t be decoded: cut off, of impossible size, of another format', async () => {
    const [jpeg, stream] = [await drawnJpeg(), await drawnJpeg2000('stream')];
    const huge = stream.slice();
    new DataView(huge.buffer).setUint32(8, 60_000);
    new DataView(huge.buffer).setUint32(12, 60_000);
    for (const picture of [jpeg.slice(0, 2000), stream.slice(0, 900), huge, new Uint8Array(200)]) {
      expect(await readPortrait(portraitFile(picture))).toMatchObject({
        state: 'not-decoded',
        reason: { code: 'chip.malformed' },
      });
    }
  });

  it('holds every length of a record against what is there', async () => {
    const record = faceRecord(await drawnJpeg());
    expect(readFaceRecord(record)).toMatchObject({ ok: true });
    const view = (bytes: Uint8Array) => new DataView(bytes.buffer);
    const lies: ((bytes: Uint8Array) => void)[] = [
      (bytes) => view(bytes).setUint32(8, bytes.length + 1),
      (bytes) => view(bytes).setUint16(12, 0),
      (bytes) => view(bytes).setUint32(14, bytes.length),
      (bytes) => view(bytes).setUint32(14, 10),
      (bytes) => view(bytes).setUint16(18, 0xffff),
    ];
    for (const lie of lies) {
      const changed = record.slice();
      lie(changed);
      expect(readFaceRecord(changed)).toMatchObject({ ok: false, error: { code: 'chip.malformed' } });
    }
  });

  it('survives damaged JPEG 2000', async () => {
    const stream = await drawnJpeg2000('stream');
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(changes, async (all) => {
        const damaged = stream.slice();
        for (const [at, byte] of all) damaged[at % 400] = byte;
        const decoded = await decodeJpeg2000(damaged);
        if (decoded.ok) expect(decoded.value.pixels.length).toBeLessThanOrEqual(6_000_000 * 3);
      }),
      { numRuns: 40 },
    );
  });
});
