import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InferenceContract } from '../../../src/main/inference/contract.ts';
import { forkWorker } from '../../../src/main/worker-process/child-process.ts';
import type { WorkerProcess } from '../../../src/main/worker-process/endpoint.ts';
import { callerFor, type Caller } from '../../../src/main/worker-process/rpc.ts';
import type { Failure } from '../../../src/shared/reasons.ts';
import type { Result } from '../../../src/shared/result.ts';
import { chipPortrait } from '../../support/inference/chip-portrait.ts';
import { media, MODELS_FOLDER } from '../../support/inference/media.ts';

/** Head and shoulders of the first still, in a chip portrait's proportions. */
const HEAD_OF_A = { left: 180, top: 30, width: 422, height: 522 };

const CODES = { crashed: 'inference.crashed', late: 'inference.unavailable' } as const;

function startWorker(): { worker: WorkerProcess; caller: Caller<InferenceContract> } {
  const worker = forkWorker(join(process.cwd(), 'src/main/inference/worker.ts'));
  return { worker, caller: callerFor<InferenceContract>(worker, CODES) };
}

async function value<T>(pending: Promise<Result<T, Failure>>): Promise<T> {
  const result = await pending;
  if (!result.ok) throw new Error(`${result.error.code} ${result.error.detail ?? ''}`);
  return result.value;
}

let worker: WorkerProcess;
let caller: Caller<InferenceContract>;

beforeAll(async () => {
  ({ worker, caller } = startWorker());
  await value(caller.call('prepare', { modelsFolder: MODELS_FOLDER, threads: 1 }));
});
afterAll(() => worker.kill());

const still = (file: string, width: number, height: number): Promise<Uint8Array> =>
  sharp(media(file)).resize(width, height).jpeg({ quality: 80 }).toBuffer();

describe('a capture', () => {
  it('guides, takes evidence, sums it up and compares it with a chip portrait', async () => {
    const captureId = 'whole';
    await value(caller.call('openCapture', { captureId }));
    const guided = await value(
      caller.call('guide', { captureId, jpeg: await still('franck_01829.jpg', 320, 256), capturedAtMs: 0 }),
    );
    expect(guided).toMatchObject({ faces: 1, hint: null, ready: true });
    expect(guided.landmarks?.length).toBe(5);
    expect(guided.box!.x + guided.box!.width / 2).toBeCloseTo(0.54, 1);

    const stills = ['franck_01829.jpg', 'franck_02159.jpg', 'franck_02683.jpg', 'franck_01829.jpg', 'franck_02159.jpg'];
    for (const [i, file] of stills.entries()) {
      const jpeg = await still(file, 640, 512);
      const phase = i < 2 ? ('neutral' as const) : ('light' as const);
      expect(await value(caller.call('addEvidence', { captureId, jpeg, capturedAtMs: 250 * i, phase }))).toEqual({
        accepted: true,
      });
    }
    const summary = await value(caller.call('summarise', { captureId }));
    expect(summary).toMatchObject({ frames: 5, framesWithoutFace: 0, framesWithSeveralFaces: 0, embeddings: 3 });
    expect(summary.spoofScores.length).toBe(5);
    expect(summary.continuityMin).toBeGreaterThan(0.5);
    expect(Buffer.from(summary.best!.jpeg.subarray(0, 3)).toString('hex')).toBe('ffd8ff');

    const portrait = await chipPortrait(media('franck_01829.jpg'), HEAD_OF_A);
    const own = await value(caller.call('comparePortrait', { captureId, portrait }));
    expect(own).toMatchObject({ faceFound: true, framesFused: 2 });
    expect(own.similarity).toBeGreaterThan(0.5);
    const { template } = await value(caller.call('faceTemplate', { captureId }));
    expect(Math.hypot(...template)).toBeCloseTo(1, 5);
    const other = await value(caller.call('comparePortrait', { captureId, portrait: media('cage.jpg') }));
    expect(other.similarity).toBeLessThan(0.25);
  });

  it('guides by the limits that it was opened with', async () => {
    const jpeg = () => still('franck_02683.jpg', 320, 256);
    await value(caller.call('openCapture', { captureId: 'usual' }));
    await value(caller.call('openCapture', { captureId: 'stricter', limits: { yaw: 5 } }));
    const hintOf = async (captureId: string) =>
      (await value(caller.call('guide', { captureId, jpeg: await jpeg(), capturedAtMs: 0 }))).hint;
    expect([await hintOf('usual'), await hintOf('stricter')]).toEqual([null, 'yaw']);
  });

  it('counts frames without a face and never takes them for evidence', async () => {
    const captureId = 'empty';
    await value(caller.call('openCapture', { captureId }));
    const jpeg = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#445566' } })
      .jpeg()
      .toBuffer();
    const guided = await value(caller.call('guide', { captureId, jpeg, capturedAtMs: 0 }));
    expect(guided).toEqual({ faces: 0, box: null, hint: 'no-face', ready: false, quality: 0 });
    const added = await value(caller.call('addEvidence', { captureId, jpeg, capturedAtMs: 1, phase: 'neutral' }));
    expect(added).toEqual({ accepted: false, reason: 'no-face' });
    expect(await caller.call('comparePortrait', { captureId, portrait: media('cage.jpg') })).toMatchObject({
      ok: false,
      error: { code: 'capture.too-few-frames' },
    });
    expect(await caller.call('faceTemplate', { captureId })).toMatchObject({
      error: { code: 'capture.too-few-frames' },
    });
    const summary = await value(caller.call('summarise', { captureId }));
    expect(summary).toMatchObject({ frames: 0, framesWithoutFace: 1, spoofMedian: null, continuityMin: null });
  });

  it('says that a portrait has no face instead of giving a similarity', async () => {
    const captureId = 'faceless';
    await value(caller.call('openCapture', { captureId }));
    const jpeg = await still('franck_01829.jpg', 640, 512);
    await value(caller.call('addEvidence', { captureId, jpeg, capturedAtMs: 0, phase: 'neutral' }));
    const portrait = await sharp({ create: { width: 102, height: 126, channels: 3, background: '#aaaaaa' } })
      .png()
      .toBuffer();
    expect(await value(caller.call('comparePortrait', { captureId, portrait }))).toEqual({
      faceFound: false,
      similarity: null,
      bestFrameSimilarity: null,
      framesFused: 1,
    });
  });

  it('refuses more evidence than it can hold', async () => {
    const captureId = 'flood';
    await value(caller.call('openCapture', { captureId }));
    const jpeg = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#445566' } })
      .jpeg()
      .toBuffer();
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        value(caller.call('addEvidence', { captureId, jpeg, capturedAtMs: i, phase: 'light' })),
      ),
    );
    const full = answers.filter((answer) => !answer.accepted && answer.reason === 'queue-full');
    expect(full.length).toBeGreaterThan(0);
    expect(answers.length - full.length).toBeGreaterThanOrEqual(32);
  });

  it('knows nothing of a capture that was closed', async () => {
    const captureId = 'closed';
    await value(caller.call('openCapture', { captureId }));
    await value(caller.call('closeCapture', { captureId }));
    await value(caller.call('closeCapture', { captureId }));
    expect(await caller.call('summarise', { captureId })).toMatchObject({
      ok: false,
      error: { code: 'request.invalid' },
    });
  });

  it('gives damaged frames back as invalid', async () => {
    const captureId = 'damaged';
    await value(caller.call('openCapture', { captureId }));
    const jpeg = (await still('franck_01829.jpg', 640, 512)).subarray(0, 4_000);
    for (const answer of [
      await caller.call('addEvidence', { captureId, jpeg, capturedAtMs: 0, phase: 'neutral' }),
      await caller.call('guide', { captureId, jpeg: Uint8Array.of(1, 2, 3), capturedAtMs: 0 }),
      await caller.call('inspect', { image: new Uint8Array(0) }),
    ]) {
      expect(answer).toMatchObject({ ok: false, error: { code: 'inference.image-invalid' } });
    }
  });
});

describe('comparing two images', () => {
  it('gives the rate, the score and the outcome', async () => {
    const compare = (b: string) =>
      value(caller.call('compareImages', { a: media('cage.jpg'), b: media(b), kind: 'live-live', far: 1e-4 }));
    expect(await compare('cage2_crop.jpg')).toMatchObject({ kind: 'live-live', outcome: 'match', far: 1e-5 });
    expect(await compare('audrey.jpg')).toMatchObject({ kind: 'live-live', outcome: 'no-match' });
  });
});

describe('the process', () => {
  it('answers nothing before its models are loaded', async () => {
    const fresh = startWorker();
    expect(await fresh.caller.call('openCapture', { captureId: 'early' })).toMatchObject({
      ok: false,
      error: { code: 'inference.unavailable' },
    });
    fresh.worker.kill();
  });

  it.each<[string, (folder: string) => Promise<void>, string]>([
    ['has one bit flipped', (folder) => flipOneBit(join(folder, 'fr_feature.onnx')), 'fr_feature.onnx does not match'],
    ['is missing', (folder) => rm(join(folder, 'fr_liveness.onnx')), 'fr_liveness.onnx is missing'],
    ['has no manifest', (folder) => rm(join(folder, 'manifest.json')), 'manifest.json is missing'],
    ['has a broken manifest', (folder) => writeFile(join(folder, 'manifest.json'), '{'), 'manifest.json is not JSON'],
  ])('refuses a models folder of which a file %s', async (_, spoil, detail) => {
    const folder = await mkdtemp(join(tmpdir(), 'countersign-refused-'));
    await cp(MODELS_FOLDER, folder, { recursive: true });
    await spoil(folder);
    const fresh = startWorker();
    const refused = await fresh.caller.call('prepare', { modelsFolder: folder, threads: 1 });
    expect(refused).toMatchObject({ ok: false, error: { code: 'inference.model-refused' } });
    expect(refused.ok ? '' : refused.error.detail).toContain(detail);
    expect(await fresh.caller.call('inspect', { image: media('cage.jpg') })).toMatchObject({
      ok: false,
      error: { code: 'inference.unavailable' },
    });
    fresh.worker.kill();
    await rm(folder, { recursive: true });
  });

  it('ends every waiting call with a failure when it crashes', async () => {
    const fresh = startWorker();
    await value(fresh.caller.call('prepare', { modelsFolder: MODELS_FOLDER, threads: 1 }));
    const waiting = [
      fresh.caller.call('inspect', { image: media('cage.jpg') }),
      fresh.caller.call('inspect', { image: media('audrey.jpg') }),
    ];
    fresh.worker.kill();
    const crashed = { ok: false, error: { code: 'inference.crashed' } };
    expect(await Promise.all(waiting)).toEqual([crashed, crashed]);
    expect(await fresh.caller.call('inspect', { image: media('cage.jpg') })).toEqual(crashed);
  });
});

async function flipOneBit(path: string): Promise<void> {
  const bytes = await readFile(path);
  const middle = bytes.length >> 1;
  bytes[middle] = bytes[middle]! ^ 1;
  await writeFile(path, bytes);
}
