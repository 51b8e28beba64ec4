/**
 * Solves `rows · x ≈ values` by the normal equations.
 *
 * @param ridge added to the diagonal for all but the first column, as a share of the number of rows.
 * @returns null when the columns don't differ enough.
 */
export function solveLeastSquares(
  rows: readonly (readonly number[])[],
  values: readonly number[],
  ridge = 0,
): number[] | null {
  const n = rows[0]?.length ?? 0;
  const system = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n + 1 }, (_unused, j) => {
      const sum = rows.reduce((total, row, k) => total + row[i]! * (j < n ? row[j]! : values[k]!), 0);
      return sum + (i === j && i > 0 ? ridge * rows.length : 0);
    }),
  );
  for (let i = 0; i < n; i++) {
    let pivot = i;
    for (let k = i + 1; k < n; k++) if (Math.abs(system[k]![i]!) > Math.abs(system[pivot]![i]!)) pivot = k;
    [system[i], system[pivot]] = [system[pivot]!, system[i]!];
    const lead = system[i]![i]!;
    if (Math.abs(lead) < 1e-12) return null;
    for (let k = 0; k < n; k++) {
      if (k === i) continue;
      const factor = system[k]![i]! / lead;
      for (let j = i; j <= n; j++) system[k]![j]! -= factor * system[i]![j]!;
    }
  }
  return system.map((row, i) => row[n]! / row[i]!);
}
