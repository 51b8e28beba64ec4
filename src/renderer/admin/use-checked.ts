import { useEffect, useState } from 'react';
import type { SceneProblem } from '../../shared/domain/scene-problem.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';

/** A pause in typing that lets a check begin. */
const SETTLED_AFTER_MS = 350;

export interface Checked {
  /** What is wrong as it stands; null until it was looked at. */
  readonly problems: readonly SceneProblem[] | null;
  readonly failure: Failure | null;
}

const UNCHECKED: Checked = { problems: null, failure: null };

/**
 * Has main look at something that isn't saved yet, after each change and a short pause. `key` is what is looked at, as
 * text; null for what can't be looked at because its fields are wrong already. Former findings go at once.
 */
export function useChecked(
  key: string | null,
  check: (key: string) => Promise<Result<readonly SceneProblem[], Failure>>,
): Checked {
  const [held, setHeld] = useState<Checked & { readonly key: string | null }>({ ...UNCHECKED, key: null });
  useEffect(() => {
    if (key === null) return;
    let current = true;
    const timer = setTimeout(() => {
      void check(key).then((result) => {
        if (!current) return;
        setHeld(
          result.ok ? { key, problems: result.value, failure: null } : { key, problems: null, failure: result.error },
        );
      });
    }, SETTLED_AFTER_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [key, check]);
  return key !== null && held.key === key ? held : UNCHECKED;
}
