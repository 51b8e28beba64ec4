export type Vector3 = readonly [number, number, number];
/** Rows of a 3 × 3 matrix. */
export type Matrix3 = readonly [Vector3, Vector3, Vector3];

export function mapVector(make: (axis: 0 | 1 | 2) => number): Vector3 {
  return [make(0), make(1), make(2)];
}

export function multiply(a: Matrix3, b: Matrix3): Matrix3 {
  const row = (i: 0 | 1 | 2): Vector3 => mapVector((j) => a[i][0] * b[0][j] + a[i][1] * b[1][j] + a[i][2] * b[2][j]);
  return [row(0), row(1), row(2)];
}

/** Turns by yaw (about y), then pitch (about x), then roll (about z); radians. */
export function rotation(yaw: number, pitch: number, roll: number): Matrix3 {
  const [cy, sy, cp, sp, cr, sr] = [yaw, pitch, roll].flatMap((angle) => [Math.cos(angle), Math.sin(angle)]) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const aboutY: Matrix3 = [
    [cy, 0, sy],
    [0, 1, 0],
    [-sy, 0, cy],
  ];
  const aboutX: Matrix3 = [
    [1, 0, 0],
    [0, cp, -sp],
    [0, sp, cp],
  ];
  const aboutZ: Matrix3 = [
    [cr, -sr, 0],
    [sr, cr, 0],
    [0, 0, 1],
  ];
  return multiply(aboutZ, multiply(aboutX, aboutY));
}

function inverseTranspose(m: Matrix3): Matrix3 {
  const [a, b, c] = m;
  const cross = (u: Vector3, v: Vector3): Vector3 => [
    u[1] * v[2] - u[2] * v[1],
    u[2] * v[0] - u[0] * v[2],
    u[0] * v[1] - u[1] * v[0],
  ];
  const [bc, ca, ab] = [cross(b, c), cross(c, a), cross(a, b)];
  const determinant = a[0] * bc[0] + a[1] * bc[1] + a[2] * bc[2];
  const scaled = (v: Vector3): Vector3 => mapVector((axis) => v[axis] / determinant);
  return [scaled(bc), scaled(ca), scaled(ab)];
}

/** The rotation nearest to a matrix with a positive determinant (polar decomposition by Newton's iteration). */
export function nearestRotation(matrix: Matrix3): Matrix3 {
  let m = matrix;
  for (let round = 0; round < 60; round++) {
    const other = inverseTranspose(m);
    const row = (i: 0 | 1 | 2): Vector3 => mapVector((j) => (m[i][j] + other[i][j]) / 2);
    m = [row(0), row(1), row(2)];
  }
  return m;
}

/** Turns points in place about the origin and moves them. */
export function transformPoints(from: Float32Array, to: Float32Array, turn: Matrix3, move: Vector3): void {
  const [a, b, c] = turn;
  for (let i = 0; i < from.length; i += 3) {
    const x = from[i]!;
    const y = from[i + 1]!;
    const z = from[i + 2]!;
    to[i] = a[0] * x + a[1] * y + a[2] * z + move[0];
    to[i + 1] = b[0] * x + b[1] * y + b[2] * z + move[1];
    to[i + 2] = c[0] * x + c[1] * y + c[2] * z + move[2];
  }
}
