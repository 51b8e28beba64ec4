import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { cosineSimilarity } from '../../../src/main/comparison/similarity.ts';
import { createFacePipeline, type FacePipeline } from '../../../src/main/inference/face-pipeline.ts';
import { createFramedRun } from '../../../src/main/inference/framed-challenge.ts';
import { decodeImage } from '../../../src/main/inference/image-codec.ts';
import { loadModels } from '../../../src/main/inference/model-store.ts';
import { createFramedJudge } from '../../../src/main/liveness/framed-judges.ts';
import type { FramedChallenge } from '../../../src/shared/domain/challenge.ts';
import type { PixelBox } from '../../../src/shared/domain/liveness.ts';
import { media, MODELS_FOLDER } from '../../support/inference/media.ts';

const SILENT: FramedChallenge = { kind: 'silent', nonce: '0'.repeat(32), durationMs: 2_000 };
const BLINK: FramedChallenge = {
  kind: 'action',
  nonce: '0'.repeat(32),
  actions: [{ action: 'blink', delayMs: 800 }],
};

let pipeline: FacePipeline;

beforeAll(async () => {
  const store = await loadModels(MODELS_FOLDER, 1, (path) => readFile(path).catch(() => null));
  if (!store.ok) throw new Error(store.error.detail);
  pipeline = createFacePipeline(store.value.models);
});

const crops = new Map<string, Promise<Uint8Array>>();

/** A square crop of a still around its face, shifted by some pixels. */
async function cropOf(file: string, shift: number): Promise<Uint8Array> {
  const decoded = await decodeImage(media(file));
  if (!decoded.ok) throw new Error(decoded.error.code);
  const { rgb, width, height } = decoded.value;
  const box = (await pipeline.detect(decoded.value))[0]!.box;
  const side = Math.round(Math.min(width - 8, height - 8, 1.7 * box.height));
  const within = (centre: number, limit: number): number =>
    Math.max(0, Math.min(limit - side, Math.round(centre - side / 2) + shift));
  const left = within(box.x + box.width / 2, width);
  const top = within(box.y + box.height / 2, height);
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .extract({ left, top, width: side, height: side })
    .resize(300, 300)
    .raw()
    .toBuffer();
}

/** The still as a camera would send it: sway, sensor noise, JPEG. */
async function shot(
  file: string,
  shift: number,
  noiseSeed: number | null,
): Promise<{ jpeg: Uint8Array; face: PixelBox }> {
  const key = `${file} ${shift}`;
  if (!crops.has(key)) crops.set(key, cropOf(file, shift));
  const crop = Uint8Array.from((await crops.get(key))!);
  if (noiseSeed !== null) {
    let state = noiseSeed + 1;
    for (let i = 0; i < crop.length; i++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      crop[i] = Math.max(0, Math.min(255, crop[i]! + ((state >>> 24) % 7) - 3));
    }
  }
  const jpeg = await sharp(crop, { raw: { width: 300, height: 300, channels: 3 } })
    .jpeg({ quality: 88 })
    .toBuffer();
  const face = { x: 0.2, y: 0.2, width: 0.6, height: 0.6 };
  return { jpeg, face };
}

async function judged(
  challenge: FramedChallenge,
  shots: readonly (readonly [file: string, shift: number, seed: number | null])[],
) {
  const run = createFramedRun({ pipeline, cosine: cosineSimilarity, judge: createFramedJudge(challenge, null) });
  for (const [i, [file, shift, seed]] of shots.entries()) {
    const { jpeg, face } = await shot(file, shift, seed);
    const picture = await decodeImage(jpeg);
    if (!picture.ok) throw new Error(picture.error.code);
    const seen = await run.see({ picture: picture.value, face, capturedAtMs: 60 * i });
    expect(seen.ok).toBe(true);
  }
  const evidence = await run.judge();
  if (evidence.state !== 'measured') throw new Error(evidence.detail);
  return evidence;
}

describe('stills in front of the judges, by the real models', () => {
  it('are no silent person: a frozen picture', async () => {
    const evidence = await judged(
      SILENT,
      Array.from({ length: 36 }, () => ['franck_01829.jpg', 0, null] as const),
    );
    expect(evidence.refuted).toEqual(['liveness.still-picture']);
  });

  it('are no silent person: a photo that is swayed before a noisy camera', async () => {
    for (const file of ['franck_01829.jpg', 'kim1_crop.jpg']) {
      const shots = Array.from({ length: 36 }, (_, i) => [file, Math.round(2 * Math.sin(i / 5)), i] as const);
      const evidence = await judged(SILENT, shots);
      expect([...evidence.refuted, ...evidence.missing], file).not.toEqual([]);
      expect(evidence.measures['nonRigid']).toBeLessThan(0.0045);
    }
  });

  it('do no action', async () => {
    const shots = Array.from(
      { length: 90 },
      (_, i) => ['franck_02159.jpg', Math.round(2 * Math.sin(i / 5)), i] as const,
    );
    const evidence = await judged(BLINK, shots);
    expect(evidence).toMatchObject({ refuted: [], missing: ['capture.action-not-done'] });
  });

  it('are another face when they are exchanged', async () => {
    const shots = Array.from({ length: 40 }, (_, i) => [i < 18 ? 'franck_01829.jpg' : 'kim1_crop.jpg', 0, i] as const);
    const evidence = await judged(BLINK, shots);
    expect(evidence.refuted).toEqual(['liveness.face-swapped']);
  });
});
