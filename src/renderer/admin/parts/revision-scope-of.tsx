import { useCallback, useMemo, useState, type ReactNode } from 'react';
import type { Answer } from '../answers.ts';
import { RevisionScopeContext, setBegun, type Side } from '../revision-scope.ts';

type Held = ReadonlyMap<string, number>;

/** Lets the forms below know of which settings their values are. */
export function RevisionScopeOf<T>(props: { readonly answer: Answer<T>; readonly children: ReactNode }): ReactNode {
  const { revision, reload } = props.answer;
  const [side, show] = useState<Side>('mine');
  const [held, setHeld] = useState<Held>(new Map());
  const hold = useCallback((form: string, begunAt: number | null) => {
    setHeld((before) => {
      if ((before.get(form) ?? null) === begunAt) return before;
      const after = new Map(before);
      if (begunAt === null) after.delete(form);
      else after.set(form, begunAt);
      return after;
    });
  }, []);
  const release = useCallback(() => {
    for (const form of held.keys()) setBegun(form, revision);
    setHeld(new Map());
  }, [held, revision]);
  const scope = useMemo(
    () => ({
      basedOn: revision === null ? null : Math.min(revision, ...held.values()),
      revision,
      reload,
      side,
      show,
      hold,
      release,
    }),
    [revision, held, reload, side, hold, release],
  );
  return <RevisionScopeContext value={scope}>{props.children}</RevisionScopeContext>;
}
