import { describe, expect, it } from 'vitest';
import { createFramedRun } from '../../../src/main/inference/framed-challenge.ts';
import type { FacePipeline } from '../../../src/main/inference/face-pipeline.ts';
import { MESH_POINT_COUNT } from '../../../src/main/inference/face-mesh.ts';
import type { ChallengeProgress } from '../../../src/shared/domain/challenge.ts';
import type { FramedJudge, MeshFrame } from '../../../src/shared/domain/framed-judge.ts';
import type { PixelBox } from '../../../src/shared/domain/liveness.ts';

interface Scene {
  /** Faces that the detector finds. */
  faces: PixelBox[];
  presence: number;
  person: number;
}

const FACE: PixelBox = { x: 80, y: 60, width: 130, height: 160 };
const RELATIVE: PixelBox = { x: 0.25, y: 0.2, width: 0.4, height: 0.5 };

/** Models that see what the scene says; counts how often each one ran. */
function pretendedPipeline(scene: Scene) {
  const ran = { detect: 0, mesh: 0, embed: 0 };
  const meshIn = (box: PixelBox) => {
    ran.mesh++;
    const points = new Float32Array(3 * MESH_POINT_COUNT);
    for (let i = 0; i < MESH_POINT_COUNT; i++) {
      points[3 * i] = box.x + (box.width * (i % 20)) / 19;
      points[3 * i + 1] = box.y + (box.height * (i % 23)) / 22;
    }
    return Promise.resolve({ points, presence: scene.presence });
  };
  const pipeline: Partial<FacePipeline> = {
    detect: () => {
      ran.detect++;
      return Promise.resolve(scene.faces.map((box) => ({ box, score: 1 })));
    },
    locate: (_, face) => Promise.resolve({ ...face, landmarks: new Float32Array(136) }),
    mesh: (_, { box }) => meshIn(box),
    meshAt: (_, box) => meshIn(box),
    align: () => new Float32Array(3),
    appearance: () => ({ meanLuma: 120, sideRatio: 1, sharpness: 90 }),
    embed: () => {
      ran.embed++;
      return Promise.resolve(Float32Array.of(Math.cos(scene.person), Math.sin(scene.person)));
    },
  };
  return { pipeline: pipeline as FacePipeline, ran };
}

function begin(judge: Partial<FramedJudge> = {}) {
  const scene: Scene = { faces: [FACE], presence: 1, person: 0 };
  const { pipeline, ran } = pretendedPipeline(scene);
  const seen: MeshFrame[] = [];
  const run = createFramedRun({
    pipeline,
    cosine: (a, b) => a[0]! * b[0]! + a[1]! * b[1]!,
    judge: {
      see: (frame): ChallengeProgress => {
        seen.push(frame);
        return { kind: 'silent', done: seen.length / 100, hint: null, ended: false };
      },
      evidence: () => ({ state: 'unmeasured', reason: 'capture.too-few-frames', detail: '' }),
      ...judge,
    },
  });
  const see = (capturedAtMs: number, shade = capturedAtMs, size = 320, face = RELATIVE) => {
    const rgb = new Uint8Array(size * 240 * 3).map((_, i) => (i * 7 + shade) & 255);
    return run.see({ picture: { width: size, height: 240, rgb }, face, capturedAtMs });
  };
  return { run, scene, ran, seen, see };
}

describe('pictures of a framed challenge', () => {
  it('are followed by the mesh alone, and looked through twice a second', async () => {
    const { ran, seen, see } = begin();
    for (let i = 0; i < 20; i++) await see(50 * i);
    expect(seen).toHaveLength(20);
    expect(ran).toEqual({ detect: 2, mesh: 20, embed: 2 });
    expect(seen.map(({ tracked }) => tracked)).toEqual([false, ...Array.from({ length: 19 }, () => true)]);
    expect(seen[0]).toMatchObject({
      faces: 1,
      presence: 1,
      similarity: 1,
      sharpness: 90,
      change: null,
      repeated: false,
    });
    expect(seen[1]).toMatchObject({ faces: 1, similarity: null, sharpness: null });
  });

  it('are refused by name when they are older, of another size, too large or without a place', async () => {
    const { seen, see } = begin();
    await see(1_000);
    const refusals = [
      await see(900),
      await see(1_100, 0, 300),
      await see(NaN),
      await see(1_100, 0, 320, { ...RELATIVE, width: 0 }),
      await see(1_100, 0, 800),
    ];
    expect(refusals.map((refusal) => (refusal.ok ? null : [refusal.error.code, refusal.error.detail]))).toEqual([
      ['request.invalid', 'pictures out of order'],
      ['request.invalid', 'pictures of different sizes'],
      ['request.invalid', 'the face has no place'],
      ['request.invalid', 'the face has no place'],
      ['request.invalid', 'the picture is too large'],
    ]);
    expect(seen).toHaveLength(1);
    expect((await see(1_100)).ok).toBe(true);
    expect(seen).toHaveLength(2);
  });

  it('count once for one moment', async () => {
    const { seen, see } = begin();
    const first = await see(1_000);
    expect(await see(1_000, 99)).toEqual(first);
    expect(seen).toHaveLength(1);
  });

  it('are told apart to the bit', async () => {
    const { seen, see } = begin();
    for (const shade of [1, 2, 2, 1]) await see(40 * seen.length, shade);
    expect(seen.map(({ repeated }) => repeated)).toEqual([false, false, true, true]);
    expect(seen[2]!.change).toBe(0);
    expect(seen[1]!.change).toBeGreaterThan(0);
  });

  it('tell of a lost face at once, and of where it is again', async () => {
    const { scene, seen, see } = begin();
    await see(0);
    Object.assign(scene, { presence: 0.1, faces: [] });
    await see(50);
    Object.assign(scene, { presence: 1, faces: [FACE] });
    await see(100);
    await see(150);
    expect(seen.map(({ faces, mesh, tracked }) => [faces, mesh !== null, tracked])).toEqual([
      [1, true, false],
      [0, false, false],
      [1, true, false],
      [1, true, true],
    ]);
  });

  it('tell of a second face and of another one', async () => {
    const { scene, seen, see } = begin();
    await see(0);
    scene.faces = [FACE, { ...FACE, x: 10 }];
    await see(600);
    Object.assign(scene, { faces: [FACE], person: 1.4 });
    await see(1_200);
    expect(seen.map(({ faces }) => faces)).toEqual([1, 2, 1]);
    expect(seen[2]!.similarity).toBeCloseTo(Math.cos(1.4), 5);
  });

  it('jump to a face elsewhere as to a new one', async () => {
    const { scene, seen, see } = begin();
    await see(0);
    scene.faces = [{ x: 230, y: 20, width: 70, height: 90 }];
    await see(600);
    expect(seen[1]).toMatchObject({ tracked: false });
    expect(seen[1]!.box!.x).toBeGreaterThan(200);
  });
});

describe('sound of a framed challenge', () => {
  it('reaches a judge that listens, whole samples only', async () => {
    const heard: number[] = [];
    const { run } = begin({ hear: (pcm) => void heard.push(pcm.length) });
    expect((await run.hear(new Uint8Array(640), 0)).ok).toBe(true);
    expect((await run.hear(new Uint8Array(641), 0)).ok).toBe(false);
    expect((await run.hear(new Uint8Array(640), NaN)).ok).toBe(false);
    expect((await run.hear(new Uint8Array(400_000), 0)).ok).toBe(false);
    expect(heard).toEqual([640]);
  });

  it('is refused where nobody listens', async () => {
    expect(await begin().run.hear(new Uint8Array(2), 0)).toMatchObject({ error: { code: 'request.invalid' } });
  });
});
