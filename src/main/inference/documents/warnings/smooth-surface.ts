import { CELL_COLUMNS, CELL_ROWS } from './card-cells.ts';

/** x, y, and their products up to the second degree: a lamp's light falls off about like this over a card. */
const TERMS = 6;

function termsAt(cell: number): readonly number[] {
  const x = ((cell % CELL_COLUMNS) + 0.5) / CELL_COLUMNS - 0.5;
  const y = (Math.floor(cell / CELL_COLUMNS) + 0.5) / CELL_ROWS - 0.5;
  return [1, x, y, x * x, x * y, y * y];
}

const ALL_TERMS = Array.from({ length: CELL_COLUMNS * CELL_ROWS }, (_, cell) => termsAt(cell));

/**
 * The least-squares surface of second degree through weighted values of the cells.
 *
 * @param weights 0 leaves a cell out.
 */
export function smoothSurface(values: Float32Array, weights: Float32Array): Float32Array {
  const rows = Array.from({ length: TERMS }, () => new Float64Array(TERMS + 1));
  ALL_TERMS.forEach((terms, cell) => {
    const weight = weights[cell]!;
    if (weight === 0) return;
    for (let i = 0; i < TERMS; i++) {
      for (let j = 0; j < TERMS; j++) rows[i]![j] = rows[i]![j]! + weight * terms[i]! * terms[j]!;
      rows[i]![TERMS] = rows[i]![TERMS]! + weight * terms[i]! * values[cell]!;
    }
  });
  // A hair of damping keeps cells in one row from making the system singular.
  for (let i = 0; i < TERMS; i++) rows[i]![i] = rows[i]![i]! + 1e-6;
  const factors = solved(rows);
  return Float32Array.from(ALL_TERMS, (terms) => terms.reduce((sum, term, i) => sum + term * factors[i]!, 0));
}

/** Gauss-Jordan for a positive definite system with its right side in the last column. */
function solved(rows: readonly Float64Array[]): readonly number[] {
  for (let column = 0; column < TERMS; column++) {
    const pivot = rows[column]!;
    for (let row = 0; row < TERMS; row++) {
      if (row === column) continue;
      const factor = rows[row]![column]! / pivot[column]!;
      for (let k = column; k <= TERMS; k++) rows[row]![k] = rows[row]![k]! - factor * pivot[k]!;
    }
  }
  return rows.map((row, i) => row[TERMS]! / row[i]!);
}

/** The value below which a share of the list lies. */
export function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
