import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writePortraitBmp } from '../../../src/main/card-reader/photo-library/portrait-bmp.ts';
import { baseData, dataFrame } from '../../../src/main/card-reader/simulator/simulated-reader.ts';
import { encodeCard } from '../../../src/main/card-reader/simulator/text-block.ts';
import { CARDS } from '../../support/card-reader/cards.ts';
import { run, start, type Running } from '../../support/card-reader/command-line.ts';
import { canCompile, openWorkshop, type Workshop } from '../../support/card-reader/photo-library/compiled-library.ts';
import { drawnPortrait, testBlock } from '../../support/card-reader/photo-library/drawn-portrait.ts';

const compiles = process.platform === 'linux' && (await canCompile());
if (!compiles) console.warn('photo libraries are not tested: gcc makes no shared libraries here');

describe.skipIf(!compiles)('the commands with a vendor’s library', () => {
  let workshop: Workshop;
  let library: string;
  let simulator: Running;
  let port: string;
  beforeAll(async () => {
    workshop = await openWorkshop();
    library = await workshop.compile('good-library.c');
    simulator = start('card', 'simulate', '--tcp', '0', '--json');
    port = String((await simulator.next()).address);
  });
  afterAll(async () => {
    await simulator.stop();
    await workshop.close();
  });

  test('a recorded card’s portrait is decoded into a file', async () => {
    const block = testBlock(3);
    const frame = dataFrame(0x90, baseData(encodeCard({ ...CARDS.resident, portrait: block }), false));
    const path = join(workshop.folder, 'frame.bin');
    await writeFile(path, frame);
    const out = join(workshop.folder, 'portrait.bmp');
    const decoded = run('card', 'decode', path, '--library', library, '--call', 'unpack', '--photo-out', out, '--json');
    expect(decoded).toMatchObject({ exit: 0, lines: [{ photo: { decoded: true, mediaType: 'image/bmp' } }] });
    expect(new Uint8Array(await readFile(out))).toEqual(writePortraitBmp(drawnPortrait(block)));
  });

  test.each(['unpack', 'wlt2rgb'])('card test finds %s in it', (call) => {
    const examined = run(
      'card',
      'test',
      '--transport',
      'tcp',
      '--port',
      port,
      '--library',
      library,
      '--call',
      call,
      '--json',
    );
    expect(examined.exit).toBe(0);
    expect((examined.lines[0] as { findings: unknown[] }).findings.at(-1)).toMatchObject({ state: 'ok' });
  });

  test('card test says what is wrong with a file that is no library', async () => {
    const path = join(workshop.folder, 'text.so');
    await writeFile(path, 'not a library');
    const examined = run(
      'card',
      'test',
      '--transport',
      'tcp',
      '--port',
      port,
      '--library',
      path,
      '--call',
      'unpack',
      '--json',
    );
    expect(examined.exit).toBe(1);
    expect((examined.lines[0] as { findings: unknown[] }).findings.at(-1)).toMatchObject({
      step: 'photo-decoder',
      state: 'failed',
      failure: { code: 'decoder.unfit' },
    });
  });
});
