import { describe, expect, it } from 'vitest';
import { createSilentJudge } from '../../../src/main/liveness/silent-judge.ts';
import type { ChallengeProgress, SilentChallenge } from '../../../src/shared/domain/challenge.ts';
import type { MeshFrame } from '../../../src/shared/domain/framed-judge.ts';
import type { FramedEvidence } from '../../../src/shared/domain/liveness.ts';
import { frameOf, meshOf, photoMeshOf, withNoise, type FacePose } from './moving-mesh.ts';
import { seeded } from './simulated-actor.ts';

const CHALLENGE: SilentChallenge = { kind: 'silent', nonce: '0'.repeat(32), durationMs: 2_000 };

/** Breathing, a glance and a blink. */
function livingPose(atMs: number): FacePose {
  const wave = (periodMs: number): number => Math.sin((2 * Math.PI * atMs) / periodMs);
  return {
    yaw: 2 * wave(2_300),
    pitch: 1.5 * wave(1_700),
    eyes: atMs > 1_100 && atMs < 1_300 ? 0.1 : 0.95 + 0.05 * wave(900),
    lips: 0.1 + 0.08 * wave(1_300),
  };
}

interface Clip {
  readonly framesPerSecond?: number;
  readonly mesh?: (atMs: number) => Float32Array | null;
  readonly frame?: (atMs: number) => Partial<MeshFrame>;
}

function watch({ framesPerSecond = 17, mesh, frame }: Clip = {}) {
  const judge = createSilentJudge(CHALLENGE);
  const random = seeded(2);
  let progress: ChallengeProgress | null = null;
  for (let i = 0; i < 12 * framesPerSecond && !progress?.ended; i++) {
    const atMs = (1_000 * i) / framesPerSecond;
    const seen = mesh ? mesh(atMs) : meshOf(livingPose(atMs));
    progress = judge.see(frameOf(atMs, seen && withNoise(seen, random, 0.04), frame?.(atMs) ?? {}));
  }
  const evidence = judge.evidence() as FramedEvidence;
  if (evidence.state !== 'measured') throw new Error(evidence.detail);
  const { refuted, missing, measures } = evidence;
  return { progress, measures, verdict: { refuted, missing } };
}

describe('a silent clip', () => {
  it('passes with a person who moves a little, within its length', () => {
    const { progress, measures, verdict } = watch();
    expect(verdict).toEqual({ refuted: [], missing: [] });
    expect(progress).toMatchObject({ kind: 'silent', done: 1, hint: null, ended: true });
    expect(measures['frames']).toBe(35);
  });

  it('is refuted for a still face', () => {
    expect(watch({ mesh: () => meshOf({}) }).verdict.refuted).toEqual(['liveness.still-picture']);
  });

  it('is refuted for a photo that is swayed and turned', () => {
    const mesh = (atMs: number): Float32Array => photoMeshOf(12 * Math.sin(atMs / 400));
    expect(watch({ mesh }).verdict.refuted).toEqual(['liveness.still-picture']);
  });

  it('is refuted for frozen or looped pictures, whatever they show', () => {
    const { verdict } = watch({ frame: (atMs) => ({ repeated: atMs > 700 }) });
    expect(verdict.refuted).toEqual(['liveness.still-picture']);
  });

  it('is refuted for another face', () => {
    const { verdict } = watch({ frame: (atMs) => ({ similarity: atMs > 900 ? 0.1 : 1 }) });
    expect(verdict.refuted).toEqual(['liveness.face-swapped']);
  });

  it.each([
    ['a slow camera', { framesPerSecond: 5 }, 'camera.too-slow'],
    ['nobody', { mesh: () => null }, 'capture.no-face'],
    ['two faces', { frame: () => ({ faces: 2 }) }, 'capture.several-faces'],
    ['a blurred face', { frame: () => ({ sharpness: 3 }) }, 'capture.too-few-frames'],
    ['an unmeasured sharpness', { frame: () => ({ sharpness: null }) }, 'capture.too-few-frames'],
  ] as const)('is undecided for %s', (_, clip, reason) => {
    const { verdict, progress } = watch(clip);
    expect(verdict.missing).toContain(reason);
    expect(progress?.ended).toBe(true);
  });

  it('starts anew after the face was away', () => {
    const { verdict, measures } = watch({
      mesh: (atMs) => (atMs > 900 && atMs < 1_500 ? null : meshOf(livingPose(atMs))),
    });
    expect(verdict).toEqual({ refuted: [], missing: [] });
    expect(measures['frames']).toBeGreaterThan(55);
  });

  it('is unmeasured without a picture', () => {
    expect(createSilentJudge(CHALLENGE).evidence()).toMatchObject({ state: 'unmeasured' });
  });
});
