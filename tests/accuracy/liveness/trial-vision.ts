import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { LightFrame } from '../../../src/shared/domain/liveness.ts';
import { createFacePipeline, type FacePipeline } from '../../../src/main/inference/face-pipeline.ts';
import type { Frame } from '../../../src/main/inference/frame.ts';
import { loadModels } from '../../../src/main/inference/model-store.ts';
import type { ContinuityOf } from './trial-judge.ts';

/** Crops are enlarged to this width, about what the face has in a kiosk's evidence pictures. */
const WIDTH = 420;
/** Room around the crop: the detector wants to see where a face ends. */
const MARGIN = 0.15;

/** A light frame enlarged and with a border of its own edge, as a picture for the models. */
export async function enlarged({ rgb, width, height }: LightFrame): Promise<Frame> {
  const tall = Math.round((WIDTH * height) / width);
  const margin = Math.round(MARGIN * WIDTH);
  const { data, info } = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .resize(WIDTH, tall, { fit: 'fill', kernel: 'cubic' })
    .extend({ top: margin, bottom: margin, left: margin, right: margin, extendWith: 'copy' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: new Uint8Array(data) };
}

export async function openPipeline(modelsFolder: string): Promise<{ pipeline: FacePipeline; close(): Promise<void> }> {
  const models = await loadModels(modelsFolder, 1, (path) => readFile(path).catch(() => null));
  if (!models.ok) throw new Error(`the models can't be used: ${models.error.detail ?? models.error.code}`);
  return { pipeline: createFacePipeline(models.value.models), close: () => models.value.release() };
}

/** Compares the faces of the first, the middle and the last frame with the product's own embedder. */
export function createContinuity(pipeline: FacePipeline): ContinuityOf {
  return async ({ frames }) => {
    const embeddings: Float32Array[] = [];
    for (const frame of [frames[0]!, frames[frames.length >> 1]!, frames.at(-1)!]) {
      const picture = await enlarged(frame);
      const [face] = await pipeline.detect(picture);
      if (!face) continue;
      embeddings.push(await pipeline.embed(pipeline.align(picture, await pipeline.locate(picture, face))));
    }
    let least: number | null = null;
    embeddings.forEach((a, i) => {
      for (const b of embeddings.slice(i + 1)) {
        const cosine = a.reduce((sum, value, k) => sum + value * b[k]!, 0);
        least = Math.min(least ?? 1, cosine);
      }
    });
    return least;
  };
}
