import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FaceMesh } from '../../../src/main/inference/face-mesh.ts';
import { createFacePipeline, type FacePipeline } from '../../../src/main/inference/face-pipeline.ts';
import { decodeImage } from '../../../src/main/inference/image-codec.ts';
import { fivePoints, interOcularPixels } from '../../../src/main/inference/landmarks.ts';
import { loadModels } from '../../../src/main/inference/model-store.ts';
import { media, MODELS_FOLDER } from '../../support/inference/media.ts';

/** The same places as mesh point and iBUG landmark: corners of the eyes, of the mouth, and the tip of the nose. */
const SAME_PLACES = [
  [33, 36],
  [133, 39],
  [362, 42],
  [263, 45],
  [61, 48],
  [291, 54],
  [4, 30],
] as const;

let pipeline: FacePipeline;

beforeAll(async () => {
  const store = await loadModels(MODELS_FOLDER, 1, (path) => readFile(path).catch(() => null));
  if (!store.ok) throw new Error(store.error.detail);
  pipeline = createFacePipeline(store.value.models);
});

async function meshOf(image: Uint8Array) {
  const decoded = await decodeImage(image);
  if (!decoded.ok) throw new Error(decoded.error.detail);
  const [face] = await pipeline.detect(decoded.value);
  const located = await pipeline.locate(decoded.value, face!);
  const mesh = await pipeline.mesh(decoded.value, located);
  const unit = interOcularPixels(fivePoints(located.landmarks));
  const distances = SAME_PLACES.map(
    ([m, l]) =>
      Math.hypot(
        mesh.points[3 * m]! - located.landmarks[2 * l]!,
        mesh.points[3 * m + 1]! - located.landmarks[2 * l + 1]!,
      ) / unit,
  );
  return { mesh, located, meanDistance: distances.reduce((sum, one) => sum + one, 0) / distances.length };
}

/** Degrees of the line between the outer corners of the eyes. */
function rollOf({ points }: FaceMesh): number {
  return (Math.atan2(points[3 * 263 + 1]! - points[3 * 33 + 1]!, points[3 * 263]! - points[3 * 33]!) * 180) / Math.PI;
}

describe('the face mesh', () => {
  it.each(['franck_01829.jpg', 'franck_02683.jpg', 'cage.jpg', 'audrey.jpg', 'obama4_crop.jpg', 'kim1_crop.jpg'])(
    'lies where the landmarks of %s are',
    async (file) => {
      const { mesh, meanDistance } = await meshOf(media(file));
      expect(mesh.points.length).toBe(3 * 468);
      expect(mesh.presence).toBeGreaterThan(0.99);
      expect(meanDistance).toBeLessThan(0.09);
    },
  );

  it.each([-20, -5, 5, 20])('turns with a head turned by %i degrees', async (degrees) => {
    const turned = await sharp(media('audrey.jpg')).rotate(degrees, { background: '#808080' }).png().toBuffer();
    const { mesh, meanDistance } = await meshOf(turned);
    const straight = await meshOf(media('audrey.jpg'));
    expect(Math.abs(rollOf(mesh) - rollOf(straight.mesh) - degrees)).toBeLessThan(2.5);
    expect(meanDistance).toBeLessThan(0.12);
  });

  it('says that no face is there where none is', async () => {
    const { located } = await meshOf(media('cage.jpg'));
    const flat = { width: 400, height: 400, rgb: new Uint8Array(400 * 400 * 3).fill(120) };
    const { presence } = await pipeline.mesh(flat, { ...located, box: { x: 100, y: 100, width: 160, height: 200 } });
    expect(presence).toBeLessThan(0.1);
  });
});
