import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { LightFrame } from '../../../src/shared/domain/liveness.ts';
import { createFacePipeline, type FacePipeline } from '../../../src/main/inference/face-pipeline.ts';
import type { Frame } from '../../../src/main/inference/frame.ts';
import { createLightMeshFinder } from '../../../src/main/inference/light-mesh.ts';
import { loadModels } from '../../../src/main/inference/model-store.ts';
import type { SimulatedClip } from './corpus.ts';
import type { TrialVision } from './trial-measurement.ts';

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

/** Places in the clip whose faces are compared, as shares of its length. */
const LOOKED_AT = [0, 0.3, 0.45, 0.6, 0.8, 1] as const;

/** Compares the faces of some frames with the product's own embedder. */
export function createContinuity(pipeline: FacePipeline): TrialVision['continuityOf'] {
  return async ({ frames }) => {
    const embeddings: Float32Array[] = [];
    for (const share of LOOKED_AT) {
      const picture = await enlarged(frames[Math.round(share * (frames.length - 1))]!);
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

/** Finds the meshes with the product's own models instead of knowing them. */
export function createRemesher(pipeline: FacePipeline): TrialVision['remesh'] {
  return async (clip: SimulatedClip) => {
    const finder = createLightMeshFinder(pipeline);
    const frames: LightFrame[] = [];
    for (const { rgb, width, height, face, capturedAtMs } of clip.frames) {
      const frame = { rgb, width, height, face, capturedAtMs };
      const mesh = await finder.find(frame, false);
      frames.push(mesh instanceof Float32Array ? { ...frame, mesh } : frame);
    }
    return { ...clip, frames };
  };
}
