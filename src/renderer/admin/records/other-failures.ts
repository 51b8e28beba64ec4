import type { Failure } from '../../../shared/reasons.ts';

/** Failures beside the one that the page's own answer shows already, each said once. */
export function otherFailures(shown: Failure | null, others: readonly (Failure | null)[]): readonly Failure[] {
  const known = new Set<string>(shown === null ? [] : [shown.code]);
  return others.filter((one): one is Failure => {
    if (one === null || known.has(one.code)) return false;
    known.add(one.code);
    return true;
  });
}
