import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  libraryPhotoDecoder,
  type LibraryPhotoDecoder,
  type PhotoDecodingParts,
} from '../../../../src/main/card-reader/photo-library/library-photo-decoder.ts';
import { photoDecodingParts } from '../../../../src/main/card-reader/photo-library/photo-decoding-parts.ts';
import type { PhotoProcess } from '../../../../src/main/card-reader/photo-library/photo-process.ts';
import { writePortraitBmp } from '../../../../src/main/card-reader/photo-library/portrait-bmp.ts';
import { systemTiming, type Timing } from '../../../../src/main/card-reader/timing.ts';
import type { PhotoLibrary, PhotoLibraryCall } from '../../../../src/shared/domain/photo-decoding.ts';
import {
  canCompile,
  openWorkshop,
  type Workshop,
} from '../../../support/card-reader/photo-library/compiled-library.ts';
import { drawnPortrait, testBlock } from '../../../support/card-reader/photo-library/drawn-portrait.ts';

const compiles = process.platform === 'linux' && (await canCompile());
if (!compiles) console.warn('faults of photo libraries are not tested: gcc makes no shared libraries here');

describe.skipIf(!compiles)('a vendor’s library that', () => {
  let workshop: Workshop;
  let root: string;
  let started: PhotoProcess[] = [];
  const decoders: LibraryPhotoDecoder[] = [];

  beforeAll(async () => {
    workshop = await openWorkshop();
    root = await mkdtemp('/tmp/photo-root-');
  });
  afterEach(async () => {
    for (const decoder of decoders.splice(0)) await decoder.close();
    expect(started.filter(({ ended }) => !ended)).toEqual([]);
    expect(await readdir(root)).toEqual([]);
    started = [];
  });
  afterAll(async () => {
    await workshop.close();
    await rm(root, { recursive: true, force: true });
  });

  /** For what hangs: a fifth of every time limit. */
  const hasty: Timing = { ...systemTiming, setTimer: (run, ms) => systemTiming.setTimer(run, ms / 5) };

  function parts(timing: Timing): PhotoDecodingParts {
    const system = photoDecodingParts(null, timing);
    const startProcess = (helper: string | null): PhotoProcess => {
      const process = system.startProcess(helper);
      started.push(process);
      return process;
    };
    return { ...system, startProcess, folderRoots: [root] };
  }
  function open(path: string, call: PhotoLibraryCall = 'unpack', timing = systemTiming): LibraryPhotoDecoder {
    const library: PhotoLibrary = { path, call, vendorCode: 0, channels: 'rgb', rows: 'top-down', helper: null };
    const decoder = libraryPhotoDecoder(library, parts(timing));
    decoders.push(decoder);
    return decoder;
  }
  const bad = async (defines: readonly string[], call?: PhotoLibraryCall, timing?: Timing) =>
    open(await workshop.compile('bad-library.c', { defines }), call, timing);
  const drawn = (block: Uint8Array) => ({
    ok: true,
    value: { image: writePortraitBmp(drawnPortrait(block)), mediaType: 'image/bmp' },
  });

  test.each([
    ['SEGFAULTS', 'decoder.crashed'],
    ['ABORTS', 'decoder.crashed'],
    ['EXITS', 'decoder.crashed'],
    ['HANGS', 'decoder.timed-out'],
    ['SPINS', 'decoder.timed-out'],
    ['CRASHES_ON_LOAD', 'decoder.crashed'],
    ['OVERRUNS', 'decoder.unfit'],
    ['UNDERRUNS', 'decoder.unfit'],
  ])('%s gives its reason three times and is then left alone', async (define, code) => {
    const decoder = await bad([define], 'unpack', code === 'decoder.timed-out' ? hasty : systemTiming);
    for (let attempt = 1; attempt <= 3; attempt++) {
      expect(await decoder.decode(testBlock(attempt))).toMatchObject({ ok: false, error: { code } });
      expect(started).toHaveLength(attempt);
    }
    const left = await decoder.decode(testBlock(9));
    expect(left).toMatchObject({ error: { code } });
    expect(left.ok ? '' : left.error.detail).toContain('not tried again after 3 failures in a row');
    expect(await decoder.selfCheck()).toEqual(left);
    expect(started).toHaveLength(3);
  });

  test('HANGS_ON_LOAD is ended too', async () => {
    const decoder = await bad(['HANGS_ON_LOAD'], 'unpack', hasty);
    expect(await decoder.prepare()).toMatchObject({ error: { code: 'decoder.timed-out' } });
    await decoder.close();
    expect(started.map(({ ended }) => ended)).toEqual([true]);
  });

  test.each(['HANGS', 'HANGS_ON_LOAD'])('%s is not waited for when the decoder is closed', async (define) => {
    const endless: Timing = { ...systemTiming, setTimer: () => () => undefined };
    const decoder = await bad([define], 'unpack', endless);
    const answer = decoder.decode(testBlock());
    while (started.length === 0) await sleep(5);
    await decoder.close();
    expect(await answer).toMatchObject({ ok: false });
    expect(started.map(({ ended }) => ended)).toEqual([true]);
  });

  test('crashes now and then is restarted each time', async () => {
    const decoder = await bad(['CRASHES_ON_SECOND']);
    for (let i = 0; i < 5; i++) {
      expect(await decoder.decode(testBlock(2 * i))).toEqual(drawn(testBlock(2 * i)));
      expect(await decoder.decode(testBlock(2 * i + 1))).toMatchObject({ error: { code: 'decoder.crashed' } });
    }
    expect(started).toHaveLength(5);
  });

  test.each([
    ['ANSWERS=0', 'unpack', 'decoder.refused-photo'],
    ['ANSWERS=-1', 'unpack', 'decoder.refused-photo'],
    ['ANSWERS=-5', 'unpack', 'decoder.refused-photo'],
    ['ANSWERS=-1', 'get-bmp', 'decoder.refused-photo'],
    ['ANSWERS=-2', 'get-bmp', 'decoder.refused-photo'],
    ['ANSWERS=-3', 'get-bmp', 'decoder.refused-photo'],
    ['ANSWERS=-4', 'get-bmp', 'decoder.refused-photo'],
    ['ANSWERS=-5', 'get-bmp', 'decoder.unlicensed'],
    ['ANSWERS=0', 'get-bmp', 'decoder.refused-photo'],
    ['WRITES_NOTHING', 'unpack', 'decoder.implausible'],
    ['WRITES_NOTHING', 'get-bmp', 'decoder.implausible'],
    ['FLAT', 'unpack', 'decoder.implausible'],
    ['NOISE', 'unpack', 'decoder.implausible'],
    ['WRONG_LENGTH', 'unpack-bmp', 'decoder.implausible'],
    ['WRONG_WIDTH', 'unpack-bmp', 'decoder.implausible'],
    ['WRONG_DEPTH', 'unpack-bmp', 'decoder.implausible'],
    ['NOT_A_BITMAP', 'unpack-bmp', 'decoder.implausible'],
    ['NO_FUNCTION', 'unpack', 'decoder.unfit'],
    ['OTHER_CALL', 'wlt2rgb', 'decoder.unfit'],
    ['SPOILS_BLOCK', 'unpack', 'decoder.refused-photo'],
  ] as const)('has %s for %s', async (define, call, code) => {
    const decoder = await bad([define], call);
    for (let i = 0; i < 4; i++)
      expect(await decoder.decode(testBlock(i))).toMatchObject({ ok: false, error: { code } });
    expect(started).toHaveLength(code === 'decoder.unfit' ? 4 : 1);
  });

  test.each(['PRINTS', 'MOVES', 'LITTERS'])('%s decodes all the same, and leaves nothing', async (define) => {
    const decoder = await bad([define]);
    for (let i = 0; i < 3; i++) {
      expect(await decoder.decode(testBlock(i))).toEqual(drawn(testBlock(i)));
      const [folder = ''] = await readdir(root);
      expect(await readdir(join(root, folder))).toEqual([]);
    }
    expect(started).toHaveLength(1);
  });

  test('leaves files and crashes leaves nothing behind', async () => {
    const decoder = await bad(['LITTERS_AND_CRASHES']);
    expect(await decoder.decode(testBlock())).toMatchObject({ error: { code: 'decoder.crashed' } });
    await decoder.close();
    expect(await readdir(root)).toEqual([]);
  });

  test('remembers the card before never gives its picture for another one', async () => {
    const decoder = await bad(['REMEMBERS']);
    expect(await decoder.decode(testBlock(1))).toEqual(drawn(testBlock(1)));
    expect(await decoder.decode(testBlock(1))).toEqual(drawn(testBlock(1)));
    expect(await decoder.decode(testBlock(2))).toMatchObject({ error: { code: 'decoder.implausible' } });
    // Its process was replaced, and knows nothing of the first card.
    expect(await decoder.decode(testBlock(2))).toEqual(drawn(testBlock(2)));
    expect(started).toHaveLength(2);
  });

  test('is not there, or may not be read, or is no library', async () => {
    const missing = open(join(workshop.folder, 'nowhere.so'));
    expect(await missing.decode(testBlock())).toMatchObject({
      error: { code: 'decoder.missing', detail: 'the file is not there' },
    });
    const text = join(workshop.folder, 'text.so');
    await writeFile(text, 'GROUP ( /lib/libwlt.so )\n'.repeat(10));
    expect(await open(text).decode(testBlock())).toMatchObject({ error: { code: 'decoder.unfit' } });
    await mkdir(join(workshop.folder, 'folder.so'));
    expect(await open(join(workshop.folder, 'folder.so')).prepare()).toMatchObject({
      error: { code: 'decoder.missing' },
    });
    expect(started).toHaveLength(0);
  });

  test('depends on a file that is not there says which', async () => {
    const dependency = await workshop.compile('dependency.c', { name: 'libdependency.so' });
    const path = await workshop.compile('bad-library.c', {
      defines: ['NEEDS_LIBRARY'],
      flags: [`-L${workshop.folder}`, '-ldependency', '-Wl,-rpath,$ORIGIN'],
    });
    const decoder = open(path);
    expect(await decoder.decode(testBlock())).toEqual(drawn(testBlock()));
    await decoder.close();
    await rm(dependency);
    expect(await open(path).decode(testBlock())).toMatchObject({
      error: { code: 'decoder.missing', detail: 'libdependency.so is not there' },
    });
  });

  test('needs a function that nobody has', async () => {
    const decoder = await bad(['NEEDS_SYMBOL']);
    expect(await decoder.decode(testBlock())).toMatchObject({ error: { code: 'decoder.unfit' } });
  });

  test('is for another processor or system is not even loaded', async () => {
    const elf = Buffer.alloc(4096);
    elf.set([0x7f, 0x45, 0x4c, 0x46, 1, 1, 1]);
    elf.writeUInt16LE(3, 16);
    elf.writeUInt16LE(3, 18);
    const pe = Buffer.alloc(4096);
    pe.set([0x4d, 0x5a]);
    pe.writeUInt32LE(0x80, 0x3c);
    pe.set([0x50, 0x45, 0, 0, 0x4c, 0x01], 0x80);
    for (const [name, bytes, made] of [
      ['ia32.so', elf, 'made for linux ia32'],
      ['WltRS.dll', pe, 'made for win32 ia32'],
    ] as const) {
      const path = join(workshop.folder, name);
      await writeFile(path, bytes);
      const result = await open(path).decode(testBlock());
      expect(result).toMatchObject({ error: { code: 'decoder.wrong-bitness' } });
      expect(result.ok ? '' : result.error.detail).toContain(made);
    }
    expect(started).toHaveLength(0);
  });

  test('is cut off after its header', async () => {
    const elf = Buffer.alloc(4096);
    elf.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
    elf.writeUInt16LE(3, 16);
    elf.writeUInt16LE(62, 18);
    const path = join(workshop.folder, 'cut.so');
    await writeFile(path, elf);
    const expected = process.arch === 'x64' ? 'decoder.unfit' : 'decoder.wrong-bitness';
    expect(await open(path).decode(testBlock())).toMatchObject({ error: { code: expected } });
  });
});
