import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { vertexNormals } from '../../../src/shared/domain/canonical-face.ts';
import { LINEAR_OF_BYTE } from '../../../src/shared/domain/linear-light.ts';
import {
  ATTACK_KINDS,
  simulateClip,
  splitOf,
  variantsOf,
  type AttackKind,
  type ClipRequest,
  type Presentation,
  type SimulatedClip,
} from '../../accuracy/liveness/corpus.ts';
import { drawnPhoto } from '../../accuracy/liveness/drawn-photo.ts';
import { ATTRIBUTES } from '../../accuracy/liveness/gbuffer.ts';
import { makeIdentity } from '../../accuracy/liveness/person.ts';
import { playOnPanel } from '../../accuracy/liveness/screen-timeline.ts';
import { lightSurface, screenPatches } from '../../accuracy/liveness/surface-light.ts';
import { judgeTrial, type TrialResult } from '../../accuracy/liveness/trial-judge.ts';
import { measureTrial } from '../../accuracy/liveness/trial-measurement.ts';
import { summariseTrials } from '../../accuracy/liveness/trial-summary.ts';

const people = Array.from({ length: 8 }, (_, i) => makeIdentity(drawnPhoto(`drawn ${i}`), i));
const testPeople = people.filter((identity) => splitOf(identity, 'genuine') === 'test');
const [person, other] = testPeople as [(typeof people)[number], (typeof people)[number]];

function clipOf(request: Partial<ClipRequest> & { attack: Presentation }): SimulatedClip {
  return simulateClip({ seed: 1, identity: person, other, ambientLux: 120, ...request });
}

function digestOf(clip: SimulatedClip): string {
  const hash = createHash('sha256').update(JSON.stringify([clip.challenge, clip.display, clip.truth]));
  for (const frame of clip.frames) hash.update(frame.rgb).update(String(frame.mesh));
  return hash.digest('hex');
}

/** The faces are drawn, so no model is asked whose they are. */
const blind = { continuityOf: () => Promise.resolve(1), remesh: (clip: SimulatedClip) => Promise.resolve(clip) };

async function judged(attack: Presentation, count: number, wrongCodes = 0): Promise<TrialResult[]> {
  const results: TrialResult[] = [];
  for (let i = 0; i < count; i++) {
    const identity = testPeople[i % testPeople.length]!;
    const request = { seed: `judged ${i}`, identity, attack, other, ambientLux: 60 + 25 * i, cropSide: 128 };
    results.push(judgeTrial(await measureTrial({ request, wrongCodes }, blind)));
  }
  return results;
}

/** Mean light of a small square around a point of the mesh, linear, in a frame that has one. */
function lightAt({ frames }: SimulatedClip, point: number): number[] {
  return frames.flatMap(({ rgb, width, mesh }) => {
    if (!mesh) return [];
    const [x, y] = [Math.round(mesh[3 * point]!), Math.round(mesh[3 * point + 1]!)];
    return [0, 1, 2].map((c) => LINEAR_OF_BYTE[rgb[3 * (y * width + x) + c]!]!).reduce((sum, v) => sum + v, 0);
  });
}

describe('the simulated corpus', () => {
  it('makes the same recording for the same seed, and another for another', () => {
    const first = digestOf(clipOf({ attack: 'genuine' }));
    expect(digestOf(clipOf({ attack: 'genuine' }))).toBe(first);
    expect(digestOf(clipOf({ attack: 'genuine', seed: 2 }))).not.toBe(first);
    expect(digestOf(clipOf({ attack: 'print-flat' }))).not.toBe(first);
  });

  it('records what a kiosk would send', () => {
    const { challenge, display, frames, calibration } = clipOf({ attack: 'genuine' });
    const [frame] = frames;
    expect(Math.max(frame!.width, frame!.height)).toBe(160);
    expect(frame!.face.x).toBeCloseTo(0.4 * frame!.face.width, 0);
    expect(frames.length).toBeGreaterThan(50);
    expect(frames.every(({ rgb, width, height }) => rgb.length === 3 * width * height)).toBe(true);
    expect(frames.map(({ mesh }) => mesh?.length ?? 0).slice(0, 4)).toEqual([1_404, 0, 0, 1_404]);
    expect(display.map(({ index }) => index)).toEqual([...challenge.colours.keys(), challenge.colours.length]);
    expect(calibration.lagMs).toBeGreaterThan(80);
    expect(new Set(frames.map(({ face }) => JSON.stringify(face))).size).toBe(1);
  });

  it('lights a face more where it looks at the screen', () => {
    const positions = person.shape;
    const values = new Float32Array((ATTRIBUTES * positions.length) / 3);
    const size = { width: 0.3, height: 0.53, below: 0.02 };
    const screen = screenPatches(size, 0.5, { share: 0.8, luminance: 300 });
    const lighting = { screen, ambient: { lux: 100, direction: [0, 0, 0] as const } };
    const surface = { positions, normals: vertexNormals(positions), sharpness: 30, neighbours: null, unshade: null };
    lightSurface(surface, lighting, values);
    const lux = (points: readonly number[]): number =>
      points.reduce((sum, point) => sum + values[ATTRIBUTES * point + 3]!, 0) / points.length;
    const [front, sides] = [lux([9, 151, 5, 195, 50, 280]), lux([127, 356, 93, 323, 172, 397])];
    expect(front).toBeGreaterThan(40);
    expect(front).toBeLessThan(200);
    expect(front).toBeGreaterThan(1.3 * sides);
  });

  it('shows the challenge on the face, more in a dim room', () => {
    const swing = (ambientLux: number): number => {
      const light = lightAt(clipOf({ attack: 'genuine', mesh: 'true', ambientLux }), 151).sort((a, b) => a - b);
      return light[Math.floor(0.9 * light.length)]! / light[Math.floor(0.1 * light.length)]!;
    };
    expect(swing(60)).toBeGreaterThan(1.15);
    expect(swing(60)).toBeGreaterThan(swing(700));
  });

  it('keeps persons and instruments of the test half out of the development half', () => {
    const halves = people.map((identity) => splitOf(identity, 'genuine'));
    expect(new Set(halves)).toEqual(new Set(['development', 'test']));
    const developer = people[halves.indexOf('development')]!;
    for (const kind of ATTACK_KINDS) {
      const known = variantsOf(kind, 'development');
      const unseen = variantsOf(kind, 'test').filter((variant) => !known.includes(variant));
      expect(unseen.length).toBeGreaterThan(0);
      expect(unseen.map((variant) => splitOf(developer, kind, variant))).toEqual(unseen.map(() => null));
      const used = clipOf({ attack: kind, identity: developer, seed: kind }).truth.variant!;
      expect(known).toContain(used);
    }
  });

  it('plays cross-fades on a panel that follows slowly', () => {
    const { challenge } = clipOf({ attack: 'genuine' });
    const edgesMs = [...challenge.colours.map(({ startMs }) => startMs), 3_000];
    const panel = { responseMs: 8, refreshMs: 1_000 / 60 };
    const abrupt = playOnPanel({ ...challenge, fadeMs: 0 }, edgesMs, panel);
    const faded = playOnPanel({ ...challenge, fadeMs: 150 }, edgesMs, panel);
    const grey = abrupt.mean(-100, 0);
    const before = edgesMs[1]! - 20;
    const settled = abrupt.mean(before, before + 10);
    expect(settled).not.toEqual(grey);
    const after = (timeline: typeof abrupt, ms: number): number[] => [
      ...timeline.mean(edgesMs[1]! + ms, edgesMs[1]! + ms + 5),
    ];
    const distance = (a: readonly number[], b: readonly number[]): number =>
      Math.max(...a.map((value, c) => Math.abs(value - b[c]!)));
    expect(distance(after(faded, 40), after(abrupt, 40))).toBeGreaterThan(0.1);
    expect(distance(after(faded, 190), after(abrupt, 190))).toBeLessThan(0.05);
  });
});

describe("the product's judge on the simulated corpus", () => {
  it('lets living people through in an office of usual brightness, and no wrong code', async () => {
    const results = await judged('genuine', 6, 20);
    const live = results.filter(({ verdicts }) => verdicts.calibrated.verdict === 'live');
    expect(live.length).toBeGreaterThanOrEqual(5);
    expect(results.map(({ wrongCodes }) => wrongCodes.uncalibrated)).toEqual([0, 0, 0, 0, 0, 0]);
    const { calibrated } = summariseTrials(results);
    expect(calibrated.wrongCodes).toMatchObject({ tried: 120, accepted: 0 });
    expect(calibrated.genuine.presentations).toBe(6);
  });

  const stopped: readonly AttackKind[] = [
    'print-flat',
    'print-curved',
    'phone-replay',
    'tablet-replay',
    'old-code-replay',
    'guessed-code',
    'tint-relay',
    'relit-injection',
  ];
  it.each(stopped)('accepts no %s on a calibrated terminal', async (kind) => {
    const results = await judged(kind, 3);
    expect(results.map(({ verdicts }) => verdicts.calibrated.verdict)).not.toContain('live');
  });

  it('can not tell a mask of the true shape from a face', async () => {
    const results = await judged('mask-3d', 2);
    expect(results.filter(({ verdicts }) => verdicts.calibrated.verdict === 'live').length).toBeGreaterThan(0);
  });
});
