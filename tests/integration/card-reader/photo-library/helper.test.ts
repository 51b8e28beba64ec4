import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  libraryPhotoDecoder,
  type LibraryPhotoDecoder,
} from '../../../../src/main/card-reader/photo-library/library-photo-decoder.ts';
import { photoDecodingParts } from '../../../../src/main/card-reader/photo-library/photo-decoding-parts.ts';
import { writePortraitBmp } from '../../../../src/main/card-reader/photo-library/portrait-bmp.ts';
import { systemTiming, type Timing } from '../../../../src/main/card-reader/timing.ts';
import type { PhotoLibraryCall } from '../../../../src/shared/domain/photo-decoding.ts';
import {
  canCompile,
  openWorkshop,
  type Workshop,
} from '../../../support/card-reader/photo-library/compiled-library.ts';
import { drawnPortrait, testBlock } from '../../../support/card-reader/photo-library/drawn-portrait.ts';

const run = promisify(execFile);
const SOURCE = join(import.meta.dirname, '../../../../resources/native/photo-helper.c');
const linux = process.platform === 'linux';

const WORD_SIZES = [
  { name: 'of the same word size', bits: 64, flags: ['-m64'], why: 'gcc makes no 64-bit libraries here' },
  { name: 'of 32 bits', bits: 32, flags: ['-m32'], why: 'gcc makes no 32-bit libraries here (install gcc-multilib)' },
];
const compiling = await Promise.all(WORD_SIZES.map(async ({ flags }) => linux && (await canCompile('gcc', flags))));

const CALLS: readonly (readonly [PhotoLibraryCall, number])[] = [
  ['unpack', 0],
  ['unpack-cpp', 752],
  ['unpack-bmp', 0],
  ['get-bmp', 2],
  ['wlt2rgb', 752],
];

for (const [i, { name, bits, flags, why }] of WORD_SIZES.entries()) {
  if (!compiling[i]) console.warn(`the helper program ${name} is not tested: ${why}`);

  describe.skipIf(!compiling[i])(`the helper program ${name}`, () => {
    let workshop: Workshop;
    let root: string;
    let helper: string;
    const decoders: LibraryPhotoDecoder[] = [];

    beforeAll(async () => {
      workshop = await openWorkshop();
      root = await mkdtemp('/tmp/photo-root-');
      helper = join(workshop.folder, 'photo-helper');
      await run('gcc', ['-std=gnu11', '-O2', '-Wall', '-Wextra', '-Werror', '-o', helper, SOURCE, ...flags, '-ldl']);
      await workshop.compile('good-library.c', { flags });
      await writeFile(join(workshop.folder, 'license.dat'), 'licensed to tests');
    });
    afterEach(async () => {
      for (const decoder of decoders.splice(0)) await decoder.close();
      expect(await readdir(root)).toEqual([]);
    });
    afterAll(async () => {
      await workshop.close();
      await rm(root, { recursive: true, force: true });
    });

    interface Opening {
      readonly call?: PhotoLibraryCall;
      readonly vendorCode?: number;
      readonly timing?: Timing;
      readonly program?: string;
    }
    const open = (path: string, { call = 'unpack', vendorCode = 0, timing, program = helper }: Opening = {}) => {
      const library = { path, call, vendorCode, channels: 'auto', rows: 'auto', helper: program } as const;
      const decoder = libraryPhotoDecoder(library, { ...photoDecodingParts(null, timing), folderRoots: [root] });
      decoders.push(decoder);
      return decoder;
    };
    const good = (): string => join(workshop.folder, 'good-library.so');
    const bad = (define: string): Promise<string> => workshop.compile('bad-library.c', { defines: [define], flags });
    const drawn = (block: Uint8Array) => ({
      ok: true,
      value: { image: writePortraitBmp(drawnPortrait(block)), mediaType: 'image/bmp' },
    });

    test.each(CALLS)('decodes card after card by %s', async (call, vendorCode) => {
      const decoder = open(good(), { call, vendorCode });
      for (let variant = 0; variant < 20; variant++) {
        expect(await decoder.decode(testBlock(variant))).toEqual(drawn(testBlock(variant)));
      }
      expect(await decoder.selfCheck()).toMatchObject({ ok: true });
      const [folder = ''] = await readdir(root);
      expect(await readdir(join(root, folder))).toEqual(['license.dat']);
    });

    test.each([
      ['SEGFAULTS', 'decoder.crashed'],
      ['EXITS', 'decoder.crashed'],
      ['CRASHES_ON_LOAD', 'decoder.crashed'],
      ['OVERRUNS', 'decoder.unfit'],
      ['UNDERRUNS', 'decoder.unfit'],
      ['ANSWERS=0', 'decoder.refused-photo'],
      ['ANSWERS=-5', 'decoder.refused-photo'],
      ['WRITES_NOTHING', 'decoder.implausible'],
      ['NO_FUNCTION', 'decoder.unfit'],
      ['NEEDS_SYMBOL', 'decoder.unfit'],
    ])('with a library that %s', async (define, code) => {
      expect(await open(await bad(define)).decode(testBlock())).toMatchObject({ ok: false, error: { code } });
    });

    test.each(['HANGS', 'HANGS_ON_LOAD'])('is ended when its library %s', async (define) => {
      const hasty: Timing = { ...systemTiming, setTimer: (then, ms) => systemTiming.setTimer(then, ms / 5) };
      const decoder = open(await bad(define), { timing: hasty });
      expect(await decoder.decode(testBlock())).toMatchObject({ error: { code: 'decoder.timed-out' } });
    });

    test.each(['PRINTS', 'MOVES', 'LITTERS'])('decodes with a library that %s', async (define) => {
      const decoder = open(await bad(define));
      for (const variant of [1, 2]) expect(await decoder.decode(testBlock(variant))).toEqual(drawn(testBlock(variant)));
    });

    test('passes on what GetBmp says', async () => {
      expect(await open(good(), { call: 'get-bmp', vendorCode: 1 }).decode(testBlock())).toMatchObject({
        error: { code: 'decoder.unlicensed', detail: 'the library said -5' },
      });
      const silent = await bad('WRITES_NOTHING');
      expect(await open(silent, { call: 'get-bmp' }).decode(testBlock())).toMatchObject({
        error: { code: 'decoder.implausible', detail: 'a picture of 0 bytes' },
      });
      for (const fault of ['WRONG_LENGTH', 'WRONG_WIDTH']) {
        expect(await open(await bad(fault), { call: 'unpack-bmp' }).decode(testBlock())).toMatchObject({
          error: { code: 'decoder.implausible' },
        });
      }
    });

    test('is not there, or is another program', async () => {
      const nowhere = join(workshop.folder, 'nowhere');
      const failed = await open(good(), { program: nowhere }).decode(testBlock());
      expect(failed).toMatchObject({ error: { code: 'decoder.missing' } });
      expect(failed.ok ? '' : failed.error.detail).toContain('the helper program');
      const echo = join(workshop.folder, 'echo');
      await writeFile(echo, '#!/bin/sh\necho this is another program altogether\nexec cat\n');
      await chmod(echo, 0o700);
      const program = open(good(), { program: echo });
      expect(await program.decode(testBlock())).toMatchObject({ error: { code: 'decoder.unfit' } });
      const locked = join(workshop.folder, 'locked');
      await copyFile(helper, locked);
      await chmod(locked, 0o600);
      expect(await open(good(), { program: locked }).decode(testBlock())).toMatchObject({
        error: { code: 'decoder.missing' },
      });
    });

    // What follows is about the difference between two word sizes.
    if (bits !== 32) return;

    test('may have functions that remove their own arguments', async () => {
      const path = await workshop.compile('good-library.c', { defines: ['ALL_STDCALL'], flags });
      for (const [call, vendorCode] of CALLS.filter(([each]) => each !== 'get-bmp')) {
        const decoder = open(path, { call, vendorCode });
        for (const variant of [1, 2, 3]) {
          expect(await decoder.decode(testBlock(variant))).toEqual(drawn(testBlock(variant)));
        }
      }
    });

    test('is what a library of 32 bits needs, and no other', async () => {
      const library = { path: good(), call: 'unpack', vendorCode: 0, channels: 'auto', rows: 'auto' } as const;
      const without = libraryPhotoDecoder({ ...library, helper: null }, photoDecodingParts(null));
      decoders.push(without);
      expect(await without.decode(testBlock())).toMatchObject({
        error: { code: 'decoder.wrong-bitness', detail: `made for linux ia32, needed for linux ${process.arch}` },
      });
      const wide = await workshop.compile('good-library.c', { name: 'wide.so' });
      expect(await open(wide).decode(testBlock())).toMatchObject({
        error: { code: 'decoder.wrong-bitness', detail: `made for linux ${process.arch}, needed for linux ia32` },
      });
    });
  });
}
