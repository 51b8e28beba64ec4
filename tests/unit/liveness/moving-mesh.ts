import { CANONICAL_VERTICES } from '../../../src/shared/domain/canonical-face.ts';
import type { MeshFrame } from '../../../src/shared/domain/framed-judge.ts';

/** How a simulated face looks at a moment. Angles in degrees; left is the person's own. */
export interface FacePose {
  readonly yaw?: number;
  readonly pitch?: number;
  readonly roll?: number;
  /** 0 shut … 1 open. */
  readonly eyes?: number;
  /** Gap between the lips in centimetres. */
  readonly lips?: number;
  readonly x?: number;
  readonly y?: number;
  /** Pixels in a centimetre. */
  readonly scale?: number;
}

const UPPER_LIDS = [160, 158, 387, 385];
const LOWER_LIDS = [144, 153, 373, 380];
const LOWER_INNER_LIP = [14, 178, 402];
const UPPER_INNER_LIP = [13, 81, 311];
/** The canonical eyes' height is small; a usual one is about 0.3 of the width. */
const LID_CENTIMETRES = 0.42;

function shapeOf({ eyes = 1, lips = 0.05 }: FacePose): Float32Array {
  const points = Float32Array.from(CANONICAL_VERTICES);
  for (const [i, upper] of UPPER_LIDS.entries()) {
    const lower = LOWER_LIDS[i]!;
    const middle = (points[3 * upper + 1]! + points[3 * lower + 1]!) / 2;
    points[3 * upper + 1] = middle + LID_CENTIMETRES * eyes;
    points[3 * lower + 1] = middle - LID_CENTIMETRES * eyes;
  }
  for (const [i, upper] of UPPER_INNER_LIP.entries()) {
    points[3 * LOWER_INNER_LIP[i]! + 1] = points[3 * upper + 1]! - lips;
  }
  return points;
}

/** The mesh of a face in scaled orthographic projection, as a mesh model gives it. */
export function meshOf(pose: FacePose): Float32Array {
  const { yaw = 0, pitch = 0, roll = 0, x = 160, y = 160, scale = 11 } = pose;
  const [a, b, c] = [yaw, pitch, roll].map((degrees) => (degrees * Math.PI) / 180) as [number, number, number];
  const shape = shapeOf(pose);
  const mesh = new Float32Array(shape.length);
  for (let i = 0; i < shape.length; i += 3) {
    const [px, py, pz] = [shape[i]!, shape[i + 1]!, shape[i + 2]!];
    const side = px * Math.cos(a) + pz * Math.sin(a);
    const forward = pz * Math.cos(a) - px * Math.sin(a);
    const up = py * Math.cos(b) + forward * Math.sin(b);
    const depth = forward * Math.cos(b) - py * Math.sin(b);
    mesh[i] = x + scale * (side * Math.cos(c) + up * Math.sin(c));
    mesh[i + 1] = y - scale * (up * Math.cos(c) - side * Math.sin(c));
    mesh[i + 2] = -scale * depth;
  }
  return mesh;
}

/** What a flat photo of a frontal face gives when it is turned by `turn` and bent to `bend` centimetres' radius. */
export function photoMeshOf(turn: number, bend = Infinity, scale = 11): Float32Array {
  const mesh = meshOf({ scale });
  const angle = (turn * Math.PI) / 180;
  for (let i = 0; i < mesh.length; i += 3) {
    const u = (mesh[i]! - 160) / scale;
    const x = bend === Infinity ? u : bend * Math.sin(u / bend);
    const z = bend === Infinity ? 0 : bend * (1 - Math.cos(u / bend));
    mesh[i] = 160 + scale * (x * Math.cos(angle) - z * Math.sin(angle));
  }
  return mesh;
}

/** Adds tracker noise in place. */
export function withNoise(mesh: Float32Array, random: () => number, pixels = 0.15): Float32Array {
  for (let i = 0; i < mesh.length; i++) mesh[i]! += (random() + random() + random() - 1.5) * 2 * pixels;
  return mesh;
}

export function frameOf(atMs: number, mesh: Float32Array | null, more: Partial<MeshFrame> = {}): MeshFrame {
  return {
    capturedAtMs: atMs,
    width: 320,
    height: 320,
    faces: mesh ? 1 : 0,
    mesh,
    presence: mesh ? 1 : 0,
    box: mesh && { x: 60, y: 60, width: 200, height: 200 },
    tracked: true,
    similarity: null,
    sharpness: 200,
    change: 1,
    repeated: false,
    ...more,
  };
}
