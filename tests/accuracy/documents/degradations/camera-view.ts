import type { Point, Quad } from '../../../../src/main/inference/documents/contract.ts';
import type { Seeded } from '../../liveness/seeded.ts';
import type { LevelNumbers } from './levels.ts';

/** Row by row; maps homogeneous points. */
export type Matrix3 = readonly number[];

/** Where a flat card comes to lie in a picture. */
export interface CameraView {
  readonly width: number;
  readonly height: number;
  /** From pixels of the picture to millimetres of the card, its upper left corner at 0. */
  readonly toCard: Matrix3;
  /** Corners in pixels, clockwise from the card's own upper left. */
  readonly corners: Quad;
  /** The same, from the one that is the picture's upper left, as finders give them. */
  readonly quad: Quad;
  /** Quarter turns clockwise that make the card upright. */
  readonly quarterTurns: number;
}

/** A pinhole camera looks at the card: rotation in the picture, tilt about any axis, placed at random within the picture. */
export function drawView(
  card: { readonly width: number; readonly height: number },
  numbers: LevelNumbers,
  turns: number,
  random: Seeded,
): CameraView {
  const [width, height] = random.pick(numbers.cameras);
  const sign = (): number => (random.chance(0.5) ? 1 : -1);
  const tilt = radians(random.between(...numbers.tilt));
  const axis = random.between(0, 2 * Math.PI);
  const roll = (turns * Math.PI) / 2 + sign() * radians(random.between(...numbers.rotation));
  const fill = random.between(...numbers.fill);
  const rotated = rotation(axis, tilt, roll);
  const shape = project(card, rotated, 1, 0, 0);
  const box = extent(shape);
  const scale = fill * Math.min(width / (box.right - box.left), height / (box.bottom - box.top));
  const free = [width - scale * (box.right - box.left), height - scale * (box.bottom - box.top)] as const;
  const place = [random.between(0.15, 0.85), random.between(0.15, 0.85)] as const;
  const forward = matrixOf(
    card,
    rotated,
    scale,
    place[0] * free[0] - scale * box.left,
    place[1] * free[1] - scale * box.top,
  );
  const corners = cornersOf(card).map((corner) => apply(forward, corner)) as unknown as Quad;
  const first = (4 - turns) % 4;
  const quad = [0, 1, 2, 3].map((i) => corners[(first + i) % 4]!) as unknown as Quad;
  return { width, height, toCard: inverse(forward), corners, quad, quarterTurns: (4 - turns) % 4 };
}

export function apply(m: Matrix3, [x, y]: Point): Point {
  const w = m[6]! * x + m[7]! * y + m[8]!;
  return [(m[0]! * x + m[1]! * y + m[2]!) / w, (m[3]! * x + m[4]! * y + m[5]!) / w];
}

type Size = Readonly<{ width: number; height: number }>;

function cornersOf({ width, height }: Size): readonly Point[] {
  return [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ];
}

/** Roll in the card's plane, then tilt about an axis in the picture's plane (Rodrigues). */
function rotation(axis: number, tilt: number, roll: number): Matrix3 {
  const [ux, uy, c, s] = [Math.cos(axis), Math.sin(axis), Math.cos(tilt), Math.sin(tilt)];
  const t = 1 - c;
  const a = [c + t * ux * ux, t * ux * uy, t * ux * uy, c + t * uy * uy, -s * uy, s * ux];
  const [cr, sr] = [Math.cos(roll), Math.sin(roll)];
  return [
    a[0]! * cr + a[1]! * sr,
    -a[0]! * sr + a[1]! * cr,
    0,
    a[2]! * cr + a[3]! * sr,
    -a[2]! * sr + a[3]! * cr,
    0,
    a[4]! * cr + a[5]! * sr,
    -a[4]! * sr + a[5]! * cr,
    1,
  ];
}

/** The card stands 2.2 of its widths away from the camera: a hand's breadth or two. */
function matrixOf(card: Size, r: Matrix3, scale: number, left: number, top: number): Matrix3 {
  const distance = 2.2 * card.width;
  const [cx, cy] = [card.width / 2, card.height / 2];
  const w = [r[6]! / distance, r[7]! / distance, 1 - (r[6]! * cx + r[7]! * cy) / distance];
  const x = [r[0]!, r[1]!, -(r[0]! * cx + r[1]! * cy)];
  const y = [r[3]!, r[4]!, -(r[3]! * cx + r[4]! * cy)];
  return [...x.map((v, i) => scale * v + left * w[i]!), ...y.map((v, i) => scale * v + top * w[i]!), ...w];
}

function project(card: Size, r: Matrix3, scale: number, left: number, top: number): readonly Point[] {
  const m = matrixOf(card, r, scale, left, top);
  return cornersOf(card).map((corner) => apply(m, corner));
}

function extent(points: readonly Point[]): { left: number; right: number; top: number; bottom: number } {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

function inverse(m: Matrix3): Matrix3 {
  const [a, b, c, d, e, f, g, h, i] = m as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const cofactors = [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ];
  const determinant = a * cofactors[0]! + b * cofactors[3]! + c * cofactors[6]!;
  return cofactors.map((v) => v / determinant);
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
