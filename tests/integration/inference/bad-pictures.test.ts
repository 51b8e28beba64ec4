import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InferenceContract } from '../../../src/main/inference/contract.ts';
import { MAX_COMPARED_FACES } from '../../../src/main/inference/several-faces.ts';
import { forkWorker } from '../../../src/main/worker-process/child-process.ts';
import type { WorkerProcess } from '../../../src/main/worker-process/endpoint.ts';
import { callerFor, type Caller } from '../../../src/main/worker-process/rpc.ts';
import type { Failure } from '../../../src/shared/reasons.ts';
import type { Result } from '../../../src/shared/result.ts';
import { media, MODELS_FOLDER } from '../../support/inference/media.ts';

const STILL = 'franck_01829.jpg';
const MEBIBYTE = 1_048_576;

/** One process for all pictures of this file: what one picture does to it, the next one would feel. */
let worker: WorkerProcess;
let caller: Caller<InferenceContract>;

beforeAll(async () => {
  worker = forkWorker(join(process.cwd(), 'src/main/inference/worker.ts'));
  caller = callerFor<InferenceContract>(worker, { crashed: 'inference.crashed', late: 'inference.unavailable' });
  await value(caller.call('prepare', { modelsFolder: MODELS_FOLDER, threads: 1 }));
});
afterAll(() => worker.kill());

async function value<T>(pending: Promise<Result<T, Failure>>): Promise<T> {
  const result = await pending;
  if (!result.ok) throw new Error(`${result.error.code} ${result.error.detail ?? ''}`);
  return result.value;
}

const photo = (): Sharp => sharp(media(STILL)).resize(640, 512);
const canvas = (width: number, height: number): Sharp =>
  sharp({ create: { width, height, channels: 3, background: '#7f8a90' } });

/** Largest resident memory that the worker has had, in bytes; null where the system doesn't tell. */
function peakMemory(): number | null {
  try {
    const children = readdirSync('/proc/self/task').flatMap((task) =>
      readFileSync(`/proc/self/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
    );
    const workers = children.filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('inference/worker'));
    const [, kibibytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${workers[0]}/status`, 'utf8')) ?? [];
    return kibibytes === undefined ? null : Number(kibibytes) * 1024;
  } catch {
    return null;
  }
}

/** A JPEG whose frame header announces other sides than it has. */
async function jpegAnnouncing(width: number, height: number): Promise<Uint8Array> {
  const jpeg = await photo().jpeg().toBuffer();
  const header = jpeg.indexOf(Buffer.of(0xff, 0xc0));
  jpeg.writeUInt16BE(height, header + 5);
  jpeg.writeUInt16BE(width, header + 7);
  return jpeg;
}

async function faceBoxes(image: Uint8Array) {
  const { faces } = await value(caller.call('inspect', { image }));
  return faces;
}

describe('a picture that is none', () => {
  it.each<[string, () => Promise<Uint8Array>]>([
    ['of zero bytes', async () => new Uint8Array(0)],
    ['that is text', async () => Buffer.from('not a picture')],
    ['that is cut off', async () => (await photo().jpeg().toBuffer()).subarray(0, 5_000)],
    ['that is a PNG cut off', async () => (await photo().png().toBuffer()).subarray(0, 50_000)],
    ['whose header announces 65,000 × 65,000 pixels', () => jpegAnnouncing(65_000, 65_000)],
    ['that is an animated GIF', async () => photo().gif().toBuffer()],
    ['that is a TIFF', async () => photo().tiff().toBuffer()],
  ])('%s is refused by a code in every call', async (_, make) => {
    const bytes = await make();
    const image = (): Uint8Array => new Uint8Array(bytes);
    const good = media(STILL);
    await value(caller.call('openCapture', { captureId: 'bad' }));
    const answers = [
      await caller.call('inspect', { image: image() }),
      await caller.call('guide', { captureId: 'bad', jpeg: image(), capturedAtMs: 0 }),
      await caller.call('addEvidence', { captureId: 'bad', jpeg: image(), capturedAtMs: 0, phase: 'neutral' }),
      await caller.call('compareImages', { a: image(), b: good, kind: 'live-live', far: 1e-4 }),
      await caller.call('compareImages', { a: good, b: image(), kind: 'live-chip', far: 1e-4 }),
      await caller.call('comparePhotoWithSeveralFaces', {
        photo: image(),
        reference: good,
        kind: 'live-live',
        far: 1e-4,
      }),
    ];
    const refused = { ok: false, error: { code: 'inference.image-invalid' } };
    for (const answer of answers) expect(answer).toMatchObject(refused);
  });

  it('does not make the process grow when it would unpack to gigabytes', async () => {
    const bomb = await jpegAnnouncing(65_000, 65_000);
    const before = peakMemory();
    for (let i = 0; i < 20; i++) {
      expect(await caller.call('inspect', { image: new Uint8Array(bomb) })).toMatchObject({ ok: false });
    }
    const after = peakMemory();
    if (before === null || after === null) {
      console.log('the system does not tell how large a process was: growth is not checked');
      return;
    }
    expect(after - before).toBeLessThan(64 * MEBIBYTE);
  });
});

describe('an unusual picture', () => {
  it.each<[string, () => Promise<Uint8Array>]>([
    ['in CMYK', () => photo().toColourspace('cmyk').jpeg().toBuffer()],
    ['with 16 bits a channel', () => photo().toColourspace('rgb16').png().toBuffer()],
    ['in grey', () => photo().greyscale().jpeg().toBuffer()],
    ['with transparency', () => photo().ensureAlpha(0.999).png().toBuffer()],
    [
      'of several frames',
      async () => {
        const frames = [await photo().png().toBuffer(), await canvas(640, 512).png().toBuffer()];
        return sharp(frames, { join: { animated: true } })
          .webp({ loop: 0, delay: [100, 100] })
          .toBuffer();
      },
    ],
  ])('%s shows its face', async (_, make) => {
    const faces = await faceBoxes(await make());
    expect(faces.length).toBe(1);
    expect(faces[0]!.box.height).toBeGreaterThan(150);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('with EXIF orientation %i is turned upright', async (orientation) => {
    const [upright] = await faceBoxes(await photo().png().toBuffer());
    const stored = await storedFor(orientation);
    const faces = await faceBoxes(await sharp(stored).jpeg({ quality: 95 }).withMetadata({ orientation }).toBuffer());
    expect(faces.length).toBe(1);
    for (const side of ['x', 'y', 'width', 'height'] as const) {
      expect(Math.abs(faces[0]!.box[side] - upright!.box[side])).toBeLessThan(8);
    }
  });
});

/** The pixels that a camera stores so that a viewer that heeds the orientation sees the photo upright. */
async function storedFor(orientation: number): Promise<Uint8Array> {
  const upright = sharp(await photo().png().toBuffer());
  const turn = { 1: 0, 2: 0, 3: 180, 4: 180, 5: 270, 6: 270, 7: 90, 8: 90 }[orientation]!;
  const mirrored = [2, 4, 5, 7].includes(orientation);
  const turned = await upright.rotate(turn).png().toBuffer();
  if (!mirrored) return turned;
  return orientation === 2 || orientation === 4
    ? sharp(turned).flop().png().toBuffer()
    : sharp(turned).flip().png().toBuffer();
}

describe('a picture with the wrong faces', () => {
  const guide = async (image: Uint8Array) => {
    await value(caller.call('openCapture', { captureId: 'faces' }));
    return value(caller.call('guide', { captureId: 'faces', jpeg: image, capturedAtMs: 0 }));
  };

  it('without one says so', async () => {
    const image = await canvas(640, 480).jpeg().toBuffer();
    expect(await guide(new Uint8Array(image))).toMatchObject({ hint: 'no-face', ready: false });
    expect(
      await caller.call('compareImages', { a: image, b: media(STILL), kind: 'live-live', far: 1e-4 }),
    ).toMatchObject({ ok: false, error: { code: 'capture.no-face' } });
  });

  it('with forty says that there are several, and compares them all', async () => {
    const face = await sharp(media(STILL))
      .extract({ left: 230, top: 130, width: 330, height: 330 })
      .resize(150, 150)
      .png()
      .toBuffer();
    const grid = Array.from({ length: 40 }, (_, i) => ({
      input: face,
      left: 10 + (i % 8) * 157,
      top: 8 + Math.floor(i / 8) * 157,
    }));
    const image = await canvas(1_280, 800).composite(grid).png().toBuffer();
    const guided = await guide(new Uint8Array(image));
    expect(guided).toMatchObject({ hint: 'several-faces', ready: false });
    const { faces, compared } = await value(
      caller.call('comparePhotoWithSeveralFaces', {
        photo: image,
        reference: media(STILL),
        kind: 'live-live',
        far: 1e-4,
      }),
    );
    // Between two rows the detector sees a few faces that aren't there.
    expect(faces).toBeGreaterThanOrEqual(40);
    expect(compared.length).toBeLessThanOrEqual(MAX_COMPARED_FACES);
    expect(compared.filter(({ outcome }) => outcome === 'match').length).toBeGreaterThanOrEqual(38);
  });

  it('of twenty pixels asks the person to come closer', async () => {
    const small = await sharp(media(STILL)).resize(40, 32).png().toBuffer();
    const image = await canvas(320, 240)
      .composite([{ input: small, left: 130, top: 90 }])
      .png()
      .toBuffer();
    const [face] = await faceBoxes(image);
    expect(face!.box.height).toBeLessThan(26);
    expect(face!.quality.reasons.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['too-far', 'low-resolution']),
    );
    expect(await guide(new Uint8Array(image))).toMatchObject({ hint: 'too-far', ready: false });
  });
});

describe('the process', () => {
  it('is still the same one and answers as before', async () => {
    expect((await faceBoxes(await photo().jpeg().toBuffer())).length).toBe(1);
  });
});
