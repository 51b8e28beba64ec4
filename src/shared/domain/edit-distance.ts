/** Levenshtein's distance in characters: how many are to be added, left out or exchanged. */
export function editDistance(a: string, b: string): number {
  const [from, to] = [[...a], [...b]];
  let row = [...to.keys(), to.length];
  for (const [i, character] of from.entries()) {
    let corner = row[0]!;
    let left = i + 1;
    const next = [left];
    for (const [j, other] of to.entries()) {
      const above = row[j + 1]!;
      left = character === other ? corner : Math.min(corner, above, left) + 1;
      corner = above;
      next.push(left);
    }
    row = next;
  }
  return row.at(-1)!;
}
