/** Solves the symmetric positive system `a · x = b` by Cholesky; null when it is singular. Row-major. */
export function solveSymmetric(a: Float64Array, b: Float64Array): Float64Array | null {
  const n = b.length;
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= lower[i * n + k]! * lower[j * n + k]!;
      if (i === j && sum <= 1e-12 * a[i * n + i]!) return null;
      lower[i * n + j] = i === j ? Math.sqrt(sum) : sum / lower[j * n + j]!;
    }
  }
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= lower[i * n + k]! * x[k]!;
    x[i]! /= lower[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= lower[k * n + i]! * x[k]!;
    x[i]! /= lower[i * n + i]!;
  }
  return x;
}

/**
 * What a weighted least-squares fit leaves: the weighted sum of squares of `values` less the best combination of the
 * columns. Null when the columns depend on each other.
 */
export function residualOf(
  rows: readonly (readonly number[])[],
  values: ArrayLike<number>,
  weights: ArrayLike<number>,
): number | null {
  const n = rows[0]?.length ?? 0;
  const a = new Float64Array(n * n);
  const b = new Float64Array(n);
  rows.forEach((row, r) => {
    for (let i = 0; i < n; i++) {
      b[i]! += weights[r]! * row[i]! * values[r]!;
      for (let j = 0; j < n; j++) a[i * n + j]! += weights[r]! * row[i]! * row[j]!;
    }
  });
  const x = solveSymmetric(a, b);
  if (!x) return null;
  return rows.reduce((sum, row, r) => {
    const left = values[r]! - row.reduce((fit, value, i) => fit + value * x[i]!, 0);
    return sum + weights[r]! * left * left;
  }, 0);
}

/** Pearson's correlation; 0 where one of the two doesn't vary. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length;
  let [meanA, meanB] = [0, 0];
  for (let i = 0; i < n; i++) {
    meanA += a[i]! / n;
    meanB += b[i]! / n;
  }
  let [both, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    both += (a[i]! - meanA) * (b[i]! - meanB);
    squareA += (a[i]! - meanA) ** 2;
    squareB += (b[i]! - meanB) ** 2;
  }
  return squareA * squareB > 0 ? both / Math.sqrt(squareA * squareB) : 0;
}
