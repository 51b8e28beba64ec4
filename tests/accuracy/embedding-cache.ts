import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Embedding } from '../../src/main/inference/face-embedder.ts';
import type { FacePipeline } from '../../src/main/inference/face-pipeline.ts';
import { decodeImage } from '../../src/main/inference/image-codec.ts';
import { fivePoints } from '../../src/main/inference/landmarks.ts';
import { decodePortrait, embedMainFace } from '../../src/main/inference/portrait.ts';
import { chipPortrait } from '../support/inference/chip-portrait.ts';

/** `chip` is the imitation of a chip portrait made of the same image. */
export type Side = 'live' | 'chip';

/** Why an image has no embedding. */
export type Missing = 'unreadable' | 'no-face';

/** Embeddings of image files, each computed once per chain and kept in a folder. */
export interface EmbeddingCache {
  embed(file: string, side: Side): Promise<Embedding | Missing>;
  /** How many were computed and not read back. */
  computed(): number;
}

/** Everything that an embedding depends on besides the models and the image. */
const CHAIN_SOURCES = [
  'bmp-codec',
  'face-aligner',
  'face-detector',
  'face-embedder',
  'face-pipeline',
  'frame',
  'image-codec',
  'landmarks',
  'portrait',
  'resize',
  'tensor',
  'warp',
].map((name) => join(import.meta.dirname, '..', '..', 'src', 'main', 'inference', `${name}.ts`));

/** Names the chain by its models and its sources, so that figures of two chains never mix. */
export function chainDigest(models: readonly { readonly id: string; readonly sha256: string }[]): string {
  const hash = createHash('sha256');
  for (const { id, sha256 } of models) if (['detect', 'landmark', 'feature'].includes(id)) hash.update(id + sha256);
  for (const file of CHAIN_SOURCES) if (existsSync(file)) hash.update(readFileSync(file));
  hash.update(readFileSync(join(import.meta.dirname, '..', 'support', 'inference', 'chip-portrait.ts')));
  return hash.digest('hex').slice(0, 16);
}

/** @param folder is made when it doesn't exist; one file for each image and side, empty for an image without face. */
export async function openEmbeddingCache(folder: string, pipeline: FacePipeline): Promise<EmbeddingCache> {
  await mkdir(folder, { recursive: true });
  let computed = 0;
  return {
    computed: () => computed,
    embed: async (file, side) => {
      const bytes = await readFile(file).catch(() => null);
      if (!bytes) return 'unreadable';
      const name = `${createHash('sha256').update(bytes).digest('hex')}-${side}.f32`;
      const known = await readFile(join(folder, name)).catch(() => null);
      if (known) return known.length === 0 ? 'no-face' : floatsOf(known);
      const embedding = await computedEmbedding(pipeline, bytes, side);
      computed++;
      if (embedding === 'unreadable') return embedding;
      const kept = embedding === 'no-face' ? new Uint8Array(0) : new Uint8Array(embedding.buffer);
      await writeFile(join(folder, `${name}.part`), kept);
      await rename(join(folder, `${name}.part`), join(folder, name));
      return embedding;
    },
  };
}

async function computedEmbedding(pipeline: FacePipeline, bytes: Uint8Array, side: Side): Promise<Embedding | Missing> {
  if (side === 'live') {
    const frame = await decodeImage(bytes);
    return frame.ok ? ((await embedMainFace(pipeline, frame.value)) ?? 'no-face') : 'unreadable';
  }
  const portrait = await imitatedChipPortrait(pipeline, bytes);
  if (!(portrait instanceof Uint8Array)) return portrait;
  const frame = await decodePortrait(portrait);
  return frame.ok ? ((await embedMainFace(pipeline, frame.value)) ?? 'no-face') : 'unreadable';
}

/** Where an ID card's portrait has the eyes: 28 pixels apart, their centre at (51, 56) of 102 × 126. */
const PORTRAIT = { width: 102, height: 126, interOcular: 28, eyesX: 51, eyesY: 56 } as const;

/** Crops around the main face like a card's portrait, as far as the picture reaches, and squeezes it. */
async function imitatedChipPortrait(pipeline: FacePipeline, bytes: Uint8Array): Promise<Uint8Array | Missing> {
  const frame = await decodeImage(bytes);
  if (!frame.ok) return 'unreadable';
  const [face] = await pipeline.detect(frame.value);
  if (!face) return 'no-face';
  const five = fivePoints((await pipeline.locate(frame.value, face)).landmarks);
  const scale = Math.hypot(five[2]! - five[0]!, five[3]! - five[1]!) / PORTRAIT.interOcular;
  const { width, height } = frame.value;
  const left = Math.max(0, Math.round((five[0]! + five[2]!) / 2 - PORTRAIT.eyesX * scale));
  const top = Math.max(0, Math.round((five[1]! + five[3]!) / 2 - PORTRAIT.eyesY * scale));
  if (left >= width || top >= height) return 'no-face';
  return chipPortrait(bytes, {
    left,
    top,
    width: Math.max(1, Math.min(width - left, Math.round(PORTRAIT.width * scale))),
    height: Math.max(1, Math.min(height - top, Math.round(PORTRAIT.height * scale))),
  });
}

function floatsOf(bytes: Buffer): Embedding {
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}
