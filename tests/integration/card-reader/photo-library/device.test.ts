import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DeviceContract } from '../../../../src/main/card-reader/contract.ts';
import { writePortraitBmp } from '../../../../src/main/card-reader/photo-library/portrait-bmp.ts';
import { forkWorker } from '../../../../src/main/worker-process/child-process.ts';
import type { WorkerProcess } from '../../../../src/main/worker-process/endpoint.ts';
import { callerFor, type Caller } from '../../../../src/main/worker-process/rpc.ts';
import type { PhotoDecoding } from '../../../../src/shared/domain/photo-decoding.ts';
import { CARDS, tinyWebp } from '../../../support/card-reader/cards.ts';
import {
  canCompile,
  openWorkshop,
  type Workshop,
} from '../../../support/card-reader/photo-library/compiled-library.ts';
import { drawnPortrait, testBlock } from '../../../support/card-reader/photo-library/drawn-portrait.ts';

const WORKER = join(import.meta.dirname, '../../../../src/main/card-reader/worker.ts');
const compiles = process.platform === 'linux' && (await canCompile());
if (!compiles) console.warn('cards with a photo library are not tested: gcc makes no shared libraries here');

describe.skipIf(!compiles)('cards read by the device process', () => {
  let workshop: Workshop;
  let folder: string;
  let worker: WorkerProcess;
  let device: Caller<DeviceContract>;

  beforeAll(async () => {
    workshop = await openWorkshop();
    folder = await mkdtemp(join(tmpdir(), 'photo-device-test-'));
    worker = forkWorker(WORKER);
    device = callerFor<DeviceContract>(worker, { crashed: 'reader.crashed', late: 'reader.no-answer' });
  });
  afterAll(async () => {
    await device.call('configure', { transport: null, simulatedPhotos: false });
    worker.kill();
    await workshop.close();
    await rm(folder, { recursive: true, force: true });
  });

  const decodingBy = (path: string): PhotoDecoding => ({
    library: { path, call: 'unpack', vendorCode: 0, channels: 'auto', rows: 'auto', helper: null },
  });
  const configure = (photoDecoding: PhotoDecoding) =>
    device.call('configure', { transport: { kind: 'simulated' }, simulatedPhotos: true, photoDecoding });

  /** Reads a synthetic card with this photo; every card's text has to be right whatever becomes of its photo. */
  async function portraitOf(photo: Uint8Array): Promise<unknown> {
    const card = join(folder, 'card.json');
    const portrait = { base64: Buffer.from(photo).toString('base64') };
    await writeFile(card, JSON.stringify({ ...CARDS.resident, portrait }));
    await device.call('simulate', { card: null });
    const reading = device.call('readCard', { timeoutMs: 20_000 });
    expect(await device.call('simulate', { card })).toMatchObject({ ok: true });
    const read = await reading;
    expect(read).toMatchObject({ ok: true, value: CARDS.resident });
    return read.ok ? read.value.portrait : null;
  }

  test('have their portrait by the library', async () => {
    const path = await workshop.compile('good-library.c');
    expect(await configure(decodingBy(path))).toMatchObject({ ok: true });
    for (const variant of [1, 2]) {
      expect(await portraitOf(testBlock(variant))).toMatchObject({
        state: 'decoded',
        image: writePortraitBmp(drawnPortrait(testBlock(variant))),
        mediaType: 'image/bmp',
      });
    }
    expect(await portraitOf(tinyWebp(700))).toMatchObject({ state: 'decoded', mediaType: 'image/webp' });
    const tried = await device.call('tryPhotoDecoder', { photoDecoding: decodingBy(path) });
    expect(tried).toMatchObject({ ok: true, value: { name: 'good-library.so (unpack)' } });
  });

  test('are read on and on while the library crashes', { timeout: 60_000 }, async () => {
    const path = await workshop.compile('bad-library.c', { defines: ['SEGFAULTS'] });
    expect(await configure(decodingBy(path))).toMatchObject({ ok: true });
    for (let i = 0; i < 5; i++) {
      expect(await portraitOf(testBlock(i))).toMatchObject({
        state: 'not-decoded',
        bytes: 1024,
        reason: 'decoder.crashed',
      });
    }
    expect(await device.call('tryPhotoDecoder', { photoDecoding: decodingBy(path) })).toMatchObject({
      error: { code: 'decoder.crashed' },
    });
  });

  test('have their portrait again once the settings change', async () => {
    expect(await configure(decodingBy(join(workshop.folder, 'good-library.so')))).toMatchObject({ ok: true });
    expect(await portraitOf(testBlock(7))).toMatchObject({ state: 'decoded', mediaType: 'image/bmp' });
    expect(await configure({ library: null })).toMatchObject({ ok: true });
    expect(await portraitOf(testBlock(7))).toMatchObject({ state: 'not-decoded', reason: 'decoder.none' });
  });
});
