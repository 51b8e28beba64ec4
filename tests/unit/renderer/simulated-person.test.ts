import { describe, expect, it } from 'vitest';
import { createSimulatedActs } from '../../../src/renderer/camera/simulated-acts.ts';
import { FACE_OVAL } from '../../../src/renderer/camera/simulated-anatomy.ts';
import type { SimulatedFace } from '../../../src/renderer/camera/simulated-face.ts';
import { createSimulatedHead } from '../../../src/renderer/camera/simulated-head.ts';
import { screenIrradiance } from '../../../src/renderer/camera/simulated-light.ts';
import { restingPose, type SimulatedPose } from '../../../src/renderer/camera/simulated-pose.ts';
import { createPrint } from '../../../src/renderer/camera/simulated-sheet.ts';
import { VERTEX_LENGTH, type Surface } from '../../../src/renderer/camera/simulated-surface.ts';
import { CANONICAL_TRIANGLES, CANONICAL_VERTICES } from '../../../src/shared/domain/canonical-face.ts';

/** The canonical face in the middle of a picture, ten pixels a centimetre. */
const FACE: SimulatedFace = {
  version: 1,
  width: 480,
  height: 360,
  points: Array.from(CANONICAL_VERTICES, (value, at) => [240 + 10 * value, 180 - 10 * value, -10 * value][at % 3]!),
};
const STILL: SimulatedPose = { yaw: 0, pitch: 0, roll: 0, shiftX: 0, shiftY: 0, eyesClosed: 0, mouthOpen: 0 };
const NOSE_TIP = 4;

function head(pose: Partial<SimulatedPose>): Surface {
  return createSimulatedHead(FACE, () => ({ ...STILL, ...pose }));
}

/** Pixels and light of a vertex. */
function seen(surface: Surface, vertex: number): { x: number; y: number; lit: number } {
  const at = surface.at(0).slice(VERTEX_LENGTH * vertex, VERTEX_LENGTH * (vertex + 1));
  return { x: 240 * (at[0]! + 1), y: 180 * (1 - at[1]!), lit: at[5]! };
}

function gap(surface: Surface, upper: number, lower: number): number {
  return seen(surface, lower).y - seen(surface, upper).y;
}

describe('the simulated head', () => {
  it('looks like its photo while nothing moves', () => {
    const vertices = head({}).at(0);
    const errors = Array.from({ length: 468 }, (_, point) => {
      const [x, y] = [240 * (vertices[VERTEX_LENGTH * point]! + 1), 180 * (1 - vertices[VERTEX_LENGTH * point + 1]!)];
      return Math.hypot(x - FACE.points[3 * point]!, y - FACE.points[3 * point + 1]!);
    });
    expect(Math.max(...errors)).toBeLessThan(0.01);
  });

  it('is surrounded along the edge of the canonical mesh', () => {
    const uses = new Map<string, number>();
    for (let t = 0; t < CANONICAL_TRIANGLES.length; t += 3) {
      const corners = [...CANONICAL_TRIANGLES.subarray(t, t + 3)];
      corners.forEach((from, i) => {
        const edge = [from, corners[(i + 1) % 3]!].toSorted((a, b) => a - b).join(' ');
        uses.set(edge, (uses.get(edge) ?? 0) + 1);
      });
    }
    const border = [...uses].filter(([, count]) => count === 1).flatMap(([edge]) => edge.split(' ').map(Number));
    expect(new Set(border)).toEqual(new Set(FACE_OVAL));
  });

  it('turns its nose to the side and down, and no point stays where a picture on paper would have it', () => {
    const rest = seen(head({}), NOSE_TIP);
    expect(seen(head({ yaw: 0.4 }), NOSE_TIP).x).toBeGreaterThan(rest.x + 15);
    expect(seen(head({ yaw: -0.4 }), NOSE_TIP).x).toBeLessThan(rest.x - 15);
    expect(seen(head({ pitch: 0.3 }), NOSE_TIP).y).toBeGreaterThan(rest.y + 10);
  });

  it('opens its mouth and closes its eyes', () => {
    expect(gap(head({ mouthOpen: 1 }), 13, 14)).toBeGreaterThan(gap(head({}), 13, 14) + 15);
    const eyes = [gap(head({}), 159, 145), gap(head({ eyesClosed: 1 }), 159, 145)] as const;
    expect(eyes[1]).toBeLessThan(0.35 * eyes[0]);
  });

  it('takes the screen light by its shape: more on the nose than at the sides, little on the wall', () => {
    const surface = head({});
    const [nose, ear, wall] = [seen(surface, NOSE_TIP).lit, seen(surface, 234).lit, seen(surface, 468 + 4 * 36).lit];
    expect(nose).toBeGreaterThan(1.2 * ear);
    expect(wall).toBeLessThan(0.3 * nose);
  });
});

describe('the print', () => {
  it('takes the light of a sheet: nearly even over a face', () => {
    const surface = createPrint(480, 360);
    const lit = Array.from({ length: surface.vertices }, (_, vertex) => seen(surface, vertex)).filter(
      ({ x, y }) => Math.abs(x - 240) < 90 && Math.abs(y - 180) < 120,
    );
    const values = lit.map((one) => one.lit);
    expect(values.length).toBeGreaterThan(20);
    expect(Math.max(...values) / Math.min(...values)).toBeLessThan(1.5);
  });
});

describe('the screen as a lamp', () => {
  it('lights by distance and by angle, and nothing that looks away', () => {
    const near = screenIrradiance([0, -0.12, -0.4], [0, 0, 1]);
    const far = screenIrradiance([0, -0.12, -4], [0, 0, 1]);
    expect(near / far).toBeGreaterThan(20);
    expect(screenIrradiance([0, -0.12, -0.4], [1, 0, 0])).toBeLessThan(0.4 * near);
    expect(screenIrradiance([0, -0.12, -0.4], [0, 0, -1])).toBe(0);
  });
});

describe('the simulated actor', () => {
  const actorAt = (nowMs: () => number) => createSimulatedActs({ nowMs, reactionMs: 500 });

  it('begins an action after its reaction time and ends where it began', () => {
    const actor = actorAt(() => 10_000);
    const moved = (timeMs: number): number => actor.poseAt(timeMs).yaw - restingPose(timeMs).yaw;
    actor.perform('turn-left');
    expect([moved(10_000), moved(10_490), moved(12_000)]).toEqual([0, 0, expect.closeTo(0, 9)]);
    expect(moved(11_000)).toBeGreaterThan(0.35);
    expect(Math.max(...Array.from({ length: 60 }, (_, i) => moved(10_000 + 50 * i)))).toBeLessThan(0.4);
  });

  it('does an action once, however often it is asked while it acts', () => {
    let nowMs = 0;
    const actor = actorAt(() => nowMs);
    for (; nowMs < 700; nowMs += 50) actor.perform('open-mouth');
    expect(actor.poseAt(1_000).mouthOpen).toBe(1);
    expect(actor.poseAt(1_600).mouthOpen).toBe(0);
  });

  it('blinks unasked and never stands still', () => {
    const poses = Array.from({ length: 200 }, (_, i) => restingPose(33 * i));
    expect(poses.filter(({ eyesClosed }) => eyesClosed > 0.8).length).toBeGreaterThan(2);
    expect(new Set(poses.map(({ yaw }) => yaw)).size).toBe(200);
    expect(Math.max(...poses.map(({ yaw }) => Math.abs(yaw)))).toBeLessThan(0.05);
  });
});
