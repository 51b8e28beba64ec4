import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  libraryPhotoDecoder,
  type LibraryPhotoDecoder,
} from '../../../../src/main/card-reader/photo-library/library-photo-decoder.ts';
import { photoDecoderFor } from '../../../../src/main/card-reader/photo-library/photo-decoder-for.ts';
import { photoDecodingParts } from '../../../../src/main/card-reader/photo-library/photo-decoding-parts.ts';
import { writePortraitBmp } from '../../../../src/main/card-reader/photo-library/portrait-bmp.ts';
import type { PhotoLibrary, PhotoLibraryCall } from '../../../../src/shared/domain/photo-decoding.ts';
import { tinyWebp } from '../../../support/card-reader/cards.ts';
import {
  canCompile,
  openWorkshop,
  type Workshop,
} from '../../../support/card-reader/photo-library/compiled-library.ts';
import { drawnPortrait, testBlock } from '../../../support/card-reader/photo-library/drawn-portrait.ts';

const compiles = process.platform === 'linux' && (await canCompile());
if (!compiles) console.warn('photo libraries are not tested: gcc makes no shared libraries here');

describe.skipIf(!compiles)('a vendor’s library in its own process', () => {
  let workshop: Workshop;
  let root: string;
  const decoders: { close(): Promise<void> }[] = [];

  beforeAll(async () => {
    workshop = await openWorkshop();
    await workshop.compile('good-library.c');
    await writeFile(join(workshop.folder, 'license.dat'), 'licensed to tests');
    root = await mkdtemp('/tmp/photo-root-');
  });
  afterEach(async () => {
    for (const decoder of decoders.splice(0)) await decoder.close();
    expect(await readdir(root)).toEqual([]);
  });
  afterAll(async () => {
    await workshop.close();
    await rm(root, { recursive: true, force: true });
  });

  const parts = () => ({ ...photoDecodingParts(null), folderRoots: [root] });
  const settings = (file: string, call: PhotoLibraryCall, more: Partial<PhotoLibrary> = {}): PhotoLibrary => {
    const path = join(workshop.folder, file);
    return { path, call, vendorCode: 0, channels: 'auto', rows: 'auto', helper: null, ...more };
  };
  const open = (library: PhotoLibrary): LibraryPhotoDecoder => {
    const decoder = libraryPhotoDecoder(library, parts());
    decoders.push(decoder);
    return decoder;
  };
  const drawn = (block: Uint8Array) => ({
    ok: true,
    value: { image: writePortraitBmp(drawnPortrait(block)), mediaType: 'image/bmp' },
  });

  test.each([
    ['unpack', 0],
    ['unpack-cpp', 752],
    ['unpack-bmp', 0],
    ['get-bmp', 2],
    ['wlt2rgb', 752],
  ] as const)('decodes card after card by %s', async (call, vendorCode) => {
    const decoder = open(settings('good-library.so', call, { vendorCode }));
    expect(decoder.name).toBe(`good-library.so (${call})`);
    for (let variant = 0; variant < 5; variant++) {
      const block = testBlock(variant);
      expect(await decoder.decode(block)).toEqual(drawn(block));
      expect(block).toEqual(testBlock(variant));
    }
    // The private folder holds the licence at most.
    const [folder = ''] = await readdir(root);
    expect(await readdir(join(root, folder))).toEqual(['license.dat']);
  });

  test.each([[[]], [['BGR']], [['BOTTOM_UP']], [['BGR', 'BOTTOM_UP']]])(
    'finds out that raw pixels come as %j',
    async (defines) => {
      const name = `order-${defines.join('-')}.so`;
      await workshop.compile('good-library.c', { defines, name });
      const decoder = open(settings(name, 'unpack'));
      for (const variant of [0, 255])
        expect(await decoder.decode(testBlock(variant))).toEqual(drawn(testBlock(variant)));
    },
  );

  test('an order that is set is kept to', async () => {
    const decoder = open(settings('good-library.so', 'unpack', { channels: 'bgr', rows: 'bottom-up' }));
    const decoded = await decoder.decode(testBlock());
    expect(decoded).toMatchObject({ ok: true });
    expect(decoded).not.toEqual(drawn(testBlock()));
  });

  test('many photos at once are decoded one after another', async () => {
    const decoder = open(settings('good-library.so', 'unpack'));
    const variants = Array.from({ length: 40 }, (_, variant) => variant);
    const decoded = await Promise.all(variants.map((variant) => decoder.decode(testBlock(variant))));
    expect(decoded).toEqual(variants.map((variant) => drawn(testBlock(variant))));
  });

  test('a block is the caller’s own, and may be wiped once it was handed over', async () => {
    const decoder = open(settings('good-library.so', 'unpack'));
    const buffer = Buffer.from(testBlock(3));
    expect(await decoder.decode(buffer)).toEqual(drawn(testBlock(3)));
    expect(buffer).toEqual(Buffer.from(testBlock(3)));
    const decoding = decoder.decode(buffer);
    buffer.fill(0);
    expect(await decoding).toEqual(drawn(testBlock(3)));
  });

  test('a wrong vendor’s code, a missing licence and a block that is none are refused', async () => {
    const wrongCode = open(settings('good-library.so', 'unpack-cpp', { vendorCode: 608 }));
    expect(await wrongCode.decode(testBlock())).toMatchObject({
      error: { code: 'decoder.refused-photo', detail: 'the library said -4' },
    });
    const unlicensed = open(settings('good-library.so', 'get-bmp', { vendorCode: 1 }));
    expect(await unlicensed.decode(testBlock())).toMatchObject({ error: { code: 'decoder.unlicensed' } });
    const decoder = open(settings('good-library.so', 'unpack'));
    for (const block of [new Uint8Array(1024).fill(7), new Uint8Array(1023), new Uint8Array(0)]) {
      expect(await decoder.decode(block)).toMatchObject({ error: { code: 'decoder.refused-photo' } });
    }
    expect(await decoder.decode(testBlock())).toEqual(drawn(testBlock()));
  });

  test('checks itself, with a block of nobody', async () => {
    const good = open(settings('good-library.so', 'unpack'));
    const checked = await good.selfCheck();
    expect(checked).toMatchObject({ ok: true, value: { name: 'good-library.so (unpack)' } });
    expect(checked.ok && checked.value.tookMs).toBeGreaterThan(0);
    const unlicensed = open(settings('good-library.so', 'get-bmp', { vendorCode: 1 }));
    expect(await unlicensed.selfCheck()).toMatchObject({ error: { code: 'decoder.unlicensed' } });
    const refusing = open(settings('good-library.so', 'unpack-cpp'));
    expect(await refusing.selfCheck()).toMatchObject({ ok: true });
  });

  test('after closing nothing is decoded, nor left behind', async () => {
    const decoder = open(settings('good-library.so', 'unpack'));
    expect(await decoder.prepare()).toEqual({ ok: true, value: undefined });
    expect(await readdir(root)).toHaveLength(1);
    await decoder.close();
    await decoder.close();
    expect(await readdir(root)).toEqual([]);
    expect(await decoder.decode(testBlock())).toMatchObject({ error: { code: 'decoder.none' } });
    expect(await decoder.selfCheck()).toMatchObject({ error: { code: 'decoder.none' } });
  });

  test('simulated photos never reach the library, nor real ones the simulated decoder', async () => {
    const library = settings('good-library.so', 'unpack');
    const simulated = new Uint8Array(1024);
    simulated.set(tinyWebp(500));
    const both = photoDecoderFor({ library }, true, parts());
    const real = photoDecoderFor({ library }, false, parts());
    const none = photoDecoderFor({ library: null }, true, parts());
    decoders.push(both, real, none);
    expect([both.name, real.name, none.name]).toEqual([
      'good-library.so (unpack)',
      'good-library.so (unpack)',
      'simulated',
    ]);
    const webp = { ok: true, value: { image: tinyWebp(500), mediaType: 'image/webp' } };
    expect(await both.decode(simulated)).toEqual(webp);
    expect(await none.decode(simulated)).toEqual(webp);
    expect(await real.decode(simulated)).toMatchObject({ error: { code: 'decoder.refused-photo' } });
    expect(await both.decode(testBlock())).toEqual(drawn(testBlock()));
    expect(await real.decode(testBlock())).toEqual(drawn(testBlock()));
    expect(await none.decode(testBlock())).toMatchObject({ error: { code: 'decoder.none' } });
  });
});
