import { describe, expect, it } from 'vitest';
import type { DetectedFace } from '../../../src/main/inference/face-detector.ts';
import type { FaceMesh } from '../../../src/main/inference/face-mesh.ts';
import { createLightMeshFinder } from '../../../src/main/inference/light-mesh.ts';
import type { LightFrame } from '../../../src/shared/domain/liveness.ts';

const FACE = { x: 20, y: 10, width: 40, height: 60 };

function frameAt(capturedAtMs: number): LightFrame {
  return { rgb: new Uint8Array(80 * 80 * 3), width: 80, height: 80, face: FACE, capturedAtMs };
}

/** A model that sees the face `shift` pixels to the right of where it was at first. */
function modelOf(seen: { shift: number; presence: number }) {
  const asked: DetectedFace[] = [];
  const pipeline = {
    locate: async (_frame: unknown, face: DetectedFace) => {
      asked.push(face);
      return { ...face, landmarks: new Float32Array(136) };
    },
    mesh: async (): Promise<FaceMesh> => ({
      points: new Float32Array(3 * 468).map((_, i) => (i % 3 === 0 ? 40 + seen.shift : 40)),
      presence: seen.presence,
    }),
  };
  return { pipeline, asked };
}

describe('finding the mesh in light frames', () => {
  it('looks ten times a second, half as often when frames queue up', async () => {
    const { pipeline, asked } = modelOf({ shift: 0, presence: 1 });
    const finder = createLightMeshFinder(pipeline);
    for (let i = 0; i < 30; i++) await finder.find(frameAt((i * 1_000) / 30), false);
    expect(asked).toHaveLength(10);
    for (let i = 30; i < 60; i++) await finder.find(frameAt((i * 1_000) / 30), true);
    expect(asked).toHaveLength(15);
  });

  it('looks where the last mesh was, and where it began once the face is lost', async () => {
    const seen = { shift: 0, presence: 1 };
    const { pipeline, asked } = modelOf(seen);
    const finder = createLightMeshFinder(pipeline);
    expect(await finder.find(frameAt(0), false)).toBeInstanceOf(Float32Array);
    seen.shift = 12;
    await finder.find(frameAt(100), false);
    await finder.find(frameAt(200), false);
    seen.presence = 0.2;
    expect(await finder.find(frameAt(300), false)).toBe('faceless');
    await finder.find(frameAt(400), false);
    expect(asked.map(({ box }) => box.x)).toEqual([20, 20, 32, 32, 20]);
  });

  it('leaves frames alone that contradict themselves', async () => {
    const { pipeline, asked } = modelOf({ shift: 0, presence: 1 });
    const finder = createLightMeshFinder(pipeline);
    const short = { ...frameAt(0), rgb: new Uint8Array(5) };
    const nowhere = { ...frameAt(0), face: { ...FACE, x: Number.NaN } };
    for (const frame of [short, nowhere, frameAt(Number.NaN)]) expect(await finder.find(frame, false)).toBeNull();
    expect(asked).toEqual([]);
  });
});
