/** The one after `current`, from the last to the first; the first where `current` is none of them. */
export function nextInScan<T>(order: readonly T[], current: T | null): T | null {
  const at = current === null ? -1 : order.indexOf(current);
  return order[(at + 1) % order.length] ?? null;
}
