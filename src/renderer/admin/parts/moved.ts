/** The list with the item at `index` moved by one place up (−1) or down (1); the same where it can't move. */
export function moved<T>(list: readonly T[], index: number, by: -1 | 1): readonly T[] {
  const [here, there] = [list[index], list[index + by]];
  if (here === undefined || there === undefined) return list;
  return list.map((item, at) => (at === index ? there : at === index + by ? here : item));
}
