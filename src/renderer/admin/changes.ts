/** Only the fields of `patch` that really differ from what is saved. */
export function changesOnly<T extends object>(saved: T, patch: Partial<T>): Partial<T> {
  return Object.fromEntries(
    Object.entries(patch).filter(([field, value]) => saved[field as keyof T] !== value),
  ) as Partial<T>;
}
