import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/shared/clock.ts';
import type { FaceMesh } from '../../../src/main/inference/face-mesh.ts';
import { createFacePipeline, inspectFrame, type FacePipeline } from '../../../src/main/inference/face-pipeline.ts';
import type { Frame } from '../../../src/main/inference/frame.ts';
import { decodeImage } from '../../../src/main/inference/image-codec.ts';
import { loadModels } from '../../../src/main/inference/model-store.ts';
import { media, MODELS_FOLDER } from '../../support/inference/media.ts';

const STILLS = ['franck_01829.jpg', 'franck_02159.jpg', 'franck_02683.jpg'] as const;
const BARE = [...STILLS, 'franck_04000.jpg', 'cage.jpg', 'cage2_crop.jpg', 'obama4_crop.jpg', 'kim1_crop.jpg'] as const;

/** Mesh points around the part of the face that a surgical mask covers. */
const MASK = [
  234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361, 323, 454, 346, 347, 348,
  349, 6, 120, 119, 118, 117,
];

let pipeline: FacePipeline;

beforeAll(async () => {
  const store = await loadModels(MODELS_FOLDER, 1, (path) => readFile(path).catch(() => null));
  if (!store.ok) throw new Error(store.error.detail);
  pipeline = createFacePipeline(store.value.models);
});

async function decoded(image: Uint8Array): Promise<Frame> {
  const result = await decodeImage(image);
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
}

async function reasonsOf(frame: Frame): Promise<string[]> {
  const { faces } = await inspectFrame(pipeline, frame, systemClock, 0);
  if (!faces[0]) throw new Error('no face');
  return faces[0].quality.reasons.map(({ reason }) => reason);
}

/** The still with a drawing on top; the drawing is made from the face's mesh. */
async function painted(file: string, draw: (at: (point: number) => readonly [number, number]) => string) {
  const frame = await decoded(media(file));
  const [face] = await pipeline.detect(frame);
  const mesh: FaceMesh = await pipeline.mesh(frame, await pipeline.locate(frame, face!));
  const shapes = draw((point) => [mesh.points[3 * point]!, mesh.points[3 * point + 1]!]);
  const { width, height, rgb } = frame;
  const overlay = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapes}</svg>`;
  const pixels = sharp(rgb, { raw: { width, height, channels: 3 } }).composite([{ input: Buffer.from(overlay) }]);
  return decoded(await pixels.png().toBuffer());
}

const mask = (colour: string) => (at: (point: number) => readonly [number, number]) =>
  `<polygon points="${MASK.map((point) => at(point).join(',')).join(' ')}" fill="${colour}"/>`;

/** An ellipse before each eye, in eye widths. */
const beforeEyes =
  (width: number, height: number, colour: string) =>
  (at: (point: number) => readonly [number, number]): string =>
    [
      [33, 133],
      [362, 263],
    ]
      .map(([a, b]) => {
        const [from, to] = [at(a!), at(b!)];
        const eyeWidth = Math.hypot(to[0] - from[0], to[1] - from[1]);
        const [x, y] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
        return `<ellipse cx="${x}" cy="${y}" rx="${width * eyeWidth}" ry="${height * eyeWidth}" fill="${colour}"/>`;
      })
      .join('');

describe('what lies on a face', () => {
  it.each(BARE)('is nothing in %s', async (file) => {
    const reasons = await reasonsOf(await decoded(media(file)));
    expect(reasons.filter((reason) => ['occluded', 'glasses-glare', 'mouth-open'].includes(reason))).toEqual([]);
  });

  it.each(['#a9cfe6', '#e8e8e8', '#202024'])('is seen when it is a mask of colour %s', async (colour) => {
    for (const file of STILLS) expect(await reasonsOf(await painted(file, mask(colour)))).toContain('occluded');
  });

  it('is seen when it is dark glasses', async () => {
    for (const file of STILLS) {
      expect(await reasonsOf(await painted(file, beforeEyes(0.75, 0.5, '#151515')))).toContain('occluded');
    }
  });

  it('is seen when it is a reflection on the glasses', async () => {
    for (const file of STILLS) {
      expect(await reasonsOf(await painted(file, beforeEyes(0.3, 0.18, '#ffffff')))).toContain('glasses-glare');
    }
  });
});
