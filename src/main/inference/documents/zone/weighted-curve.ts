/** A value at a place, and how much it counts. */
export interface WeightedPoint {
  readonly at: number;
  readonly value: number;
  readonly weight: number;
}

/**
 * The polynomial (factors of the powers 0, 1, 2 …) nearest to the points, those far off left out in a second turn; null
 * where too few count.
 *
 * @param size number of its factors.
 */
export function weightedCurve(points: readonly WeightedPoint[], size = 3): readonly number[] | null {
  const first = leastSquaresCurve(points, size);
  if (!first) return null;
  const off = points.map(({ at, value }) => Math.abs(value - valueAt(first, at)));
  const usual = [...off].sort((a, b) => a - b)[Math.floor(off.length / 2)]!;
  return (
    leastSquaresCurve(
      points.filter((_, i) => off[i]! <= 2.5 * usual + 1e-6),
      size,
    ) ?? first
  );
}

/** A polynomial's value at a place; its factors begin with that of the power 0, as `weightedCurve` gives them. */
export function valueAt(factors: readonly number[], at: number): number {
  return factors.reduce((sum, factor, power) => sum + factor * at ** power, 0);
}

/** The same with all points counting by their weights; null where there are too few. */
export function leastSquaresCurve(points: readonly WeightedPoint[], size: number): readonly number[] | null {
  const counting = points.filter(({ weight }) => weight > 0);
  if (counting.length < 2 * size) return null;
  const rows = Array.from({ length: size }, () => Array.from({ length: size + 1 }, () => 0));
  for (const { at, value, weight } of counting) {
    for (let i = 0; i < size; i++) {
      for (let k = 0; k < size; k++) rows[i]![k]! += weight * at ** (i + k);
      rows[i]![size]! += weight * value * at ** i;
    }
  }
  return solve(rows);
}

/** Gauss's elimination of a small positive definite system; null where it has no single solution. */
function solve(rows: number[][]): readonly number[] | null {
  const size = rows.length;
  for (let i = 0; i < size; i++) {
    const pivot = rows[i]![i]!;
    if (Math.abs(pivot) < 1e-9) return null;
    for (let k = 0; k < size; k++) {
      if (k === i) continue;
      const factor = rows[k]![i]! / pivot;
      for (let at = i; at <= size; at++) rows[k]![at]! -= factor * rows[i]![at]!;
    }
  }
  return rows.map((row, i) => row[size]! / row[i]!);
}
