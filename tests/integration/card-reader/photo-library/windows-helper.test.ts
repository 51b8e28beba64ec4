import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { libraryPhotoDecoder } from '../../../../src/main/card-reader/photo-library/library-photo-decoder.ts';
import { photoDecodingParts } from '../../../../src/main/card-reader/photo-library/photo-decoding-parts.ts';
import { writePortraitBmp } from '../../../../src/main/card-reader/photo-library/portrait-bmp.ts';
import { systemTiming, type Timing } from '../../../../src/main/card-reader/timing.ts';
import { openWorkshop, type Workshop } from '../../../support/card-reader/photo-library/compiled-library.ts';
import { drawnPortrait, testBlock } from '../../../support/card-reader/photo-library/drawn-portrait.ts';

const run = promisify(execFile);
const SOURCE = join(import.meta.dirname, '../../../../resources/native/photo-helper.c');
/** A program that runs Windows programs, for those who keep one for 32 bits apart. */
const WINE = process.env['COUNTERSIGN_WINE'] ?? 'wine';
const CALLS = [
  ['unpack', 0],
  ['unpack-cpp', 752],
  ['unpack-bmp', 0],
  ['get-bmp', 2],
  ['wlt2rgb', 752],
] as const;

interface Bench {
  readonly workshop: Workshop;
  readonly helper: string;
  readonly wine: NodeJS.ProcessEnv;
}

/** The Windows helper behind a script that starts it, or why there is none. */
async function makeBench(compiler: string): Promise<Bench | string> {
  if (process.platform === 'win32') return 'tested with Wine on Linux only';
  const workshop = await openWorkshop();
  const program = join(workshop.folder, 'photo-helper.exe');
  const wine = { WINEPREFIX: join(workshop.folder, 'prefix'), WINEDEBUG: '-all' };
  try {
    await run(compiler, ['-std=gnu11', '-O2', '-Wall', '-Wextra', '-Werror', '-static', '-o', program, SOURCE]);
  } catch {
    await workshop.close();
    return `${compiler} makes no programs here`;
  }
  const helper = join(workshop.folder, 'helper');
  const settings = Object.entries(wine).map(([name, value]) => `${name}='${value}'`);
  await writeFile(helper, `#!/bin/sh\nexport ${settings.join(' ')}\nexec ${WINE} ${program}\n`);
  await chmod(helper, 0o700);
  // The helper refuses foreign input with a code of its own; the first start also makes Wine's folder.
  const child = spawn(helper, [], { stdio: ['pipe', 'ignore', 'ignore'], timeout: 120_000 });
  child.stdin.on('error', () => undefined).end(new Uint8Array(12));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code === 2) return { workshop, helper, wine };
  await workshop.close();
  return `${WINE} does not run what ${compiler} makes`;
}

for (const { bits, compiler } of [
  { bits: 64, compiler: 'x86_64-w64-mingw32-gcc' },
  { bits: 32, compiler: 'i686-w64-mingw32-gcc' },
]) {
  const made = await makeBench(compiler);
  if (typeof made === 'string') console.warn(`the helper program for ${bits}-bit Windows is not tested: ${made}`);

  describe.skipIf(typeof made === 'string')(`the helper program for ${bits}-bit Windows`, () => {
    const { workshop, helper, wine } = made as Bench;
    /** Starting a program with Wine takes a second or more. */
    const patient: Timing = { ...systemTiming, setTimer: (then, ms) => systemTiming.setTimer(then, 5 * ms) };
    let root: string;

    beforeAll(async () => {
      root = await mkdtemp('/tmp/photo-root-');
      const windows = { compiler, flags: ['-static'] };
      await workshop.compile('good-library.c', { ...windows, name: 'decorated.dll' });
      await workshop.compile('good-library.c', { ...windows, name: 'all-stdcall.dll', defines: ['ALL_STDCALL'] });
      const plain = { compiler, flags: ['-static', '-Wl,--kill-at'], defines: ['ALL_STDCALL'] };
      await workshop.compile('good-library.c', { ...plain, name: 'plain.dll' });
      await writeFile(join(workshop.folder, 'license.dat'), 'licensed to tests');
    });
    afterAll(async () => {
      await run('wineserver', ['-k'], { env: { ...process.env, ...wine } }).catch(() => undefined);
      await workshop.close();
      expect(await readdir(root)).toEqual([]);
      await rm(root, { recursive: true, force: true });
    });

    test.each(['decorated.dll', 'all-stdcall.dll', 'plain.dll'])('decodes with %s by every call', async (file) => {
      for (const [call, vendorCode] of CALLS) {
        const path = join(workshop.folder, file);
        const library = { path, call, vendorCode, channels: 'auto', rows: 'auto', helper } as const;
        const decoder = libraryPhotoDecoder(library, { ...photoDecodingParts(null, patient), folderRoots: [root] });
        for (const variant of [1, 2, 3]) {
          expect(await decoder.decode(testBlock(variant))).toEqual({
            ok: true,
            value: { image: writePortraitBmp(drawnPortrait(testBlock(variant))), mediaType: 'image/bmp' },
          });
        }
        await decoder.close();
      }
    });
  });
}
