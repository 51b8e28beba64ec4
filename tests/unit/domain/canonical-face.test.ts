import { describe, expect, it } from 'vitest';
import {
  CANONICAL_NORMALS,
  CANONICAL_POINTS,
  CANONICAL_TRIANGLES,
  CANONICAL_VERTICES,
} from '../../../src/shared/domain/canonical-face.ts';

const NOSE_TIP = 1;
const CHIN = 152;
const EAR_ON_THE_LEFT_OF_THE_PICTURE = 234;
const EAR_ON_THE_RIGHT_OF_THE_PICTURE = 454;

const at = (table: Float32Array, point: number): number[] => [...table.subarray(3 * point, 3 * point + 3)];

describe('canonical face', () => {
  it('has 468 points, 898 triangles and unit normals', () => {
    expect(CANONICAL_VERTICES).toHaveLength(3 * CANONICAL_POINTS);
    expect(CANONICAL_TRIANGLES).toHaveLength(3 * 898);
    expect(Math.max(...CANONICAL_TRIANGLES)).toBe(CANONICAL_POINTS - 1);
    for (let i = 0; i < CANONICAL_POINTS; i++) expect(Math.hypot(...at(CANONICAL_NORMALS, i))).toBeCloseTo(1, 5);
  });

  it('is mirrored left to right', () => {
    const [x, y, z] = at(CANONICAL_NORMALS, EAR_ON_THE_LEFT_OF_THE_PICTURE);
    expect(x).toBeLessThan(-0.9);
    const other = at(CANONICAL_NORMALS, EAR_ON_THE_RIGHT_OF_THE_PICTURE);
    expect(other[0]).toBeCloseTo(-x!, 3);
    expect(other[1]).toBeCloseTo(y!, 3);
    expect(other[2]).toBeCloseTo(z!, 3);
  });

  it('looks towards whoever looks at it, upright', () => {
    for (let i = 0; i < CANONICAL_POINTS; i++) expect(at(CANONICAL_NORMALS, i)[2]).toBeGreaterThan(0);
    expect(at(CANONICAL_NORMALS, NOSE_TIP)[2]).toBeGreaterThan(0.9);
    expect(at(CANONICAL_VERTICES, NOSE_TIP)[2]).toBeGreaterThan(at(CANONICAL_VERTICES, CHIN)[2]! + 3);
    expect(at(CANONICAL_NORMALS, CHIN)[1]).toBeLessThan(-0.5);
  });
});
