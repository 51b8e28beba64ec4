import { useEffect, useState } from 'react';

/** A hint stays this long before another one follows, so that it can be read. */
const STAYS_MS = 700;

/** The hint to show: praise comes at once, everything else waits for the last one to have been read. */
export function useSteadyHint<Hint extends string>(hint: Hint | null): Hint | null {
  const [shown, setShown] = useState({ hint, sinceMs: -Infinity });
  useEffect(() => {
    if (hint === shown.hint) return;
    const waitMs = hint === 'hold-still' ? 0 : Math.max(0, shown.sinceMs + STAYS_MS - performance.now());
    const timer = setTimeout(() => setShown({ hint, sinceMs: performance.now() }), waitMs);
    return () => clearTimeout(timer);
  }, [hint, shown]);
  return shown.hint;
}
