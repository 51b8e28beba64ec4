import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import { changesOnly } from './changes.ts';

type Patch = Readonly<Record<string, unknown>>;

interface Drafts {
  readonly patches: ReadonlyMap<string, Patch>;
  readonly put: (form: string, patch: Patch | null) => void;
}

const DraftsContext = createContext<Drafts | null>(null);

/** Holds what has been typed and not saved, outside of the pages, so that leaving a page loses nothing. */
export function DraftsProvider(props: { readonly children: ReactNode }): ReactNode {
  const [patches, setPatches] = useState<ReadonlyMap<string, Patch>>(new Map());
  const put = useCallback((form: string, patch: Patch | null) => {
    setPatches((before) => {
      const after = new Map(before);
      if (patch === null || Object.keys(patch).length === 0) after.delete(form);
      else after.set(form, patch);
      return after;
    });
  }, []);
  const value = useMemo(() => ({ patches, put }), [patches, put]);
  return <DraftsContext value={value}>{props.children}</DraftsContext>;
}

function useDrafts(): Drafts {
  const drafts = useContext(DraftsContext);
  if (drafts === null) throw new Error('the drafts are missing');
  return drafts;
}

/** The forms that hold unsaved changes: `section` or `section:form`. */
export function useChangedForms(): readonly string[] {
  return [...useDrafts().patches.keys()];
}

export interface Draft<T> {
  readonly value: T;
  readonly changed: boolean;
  readonly edit: (patch: Partial<T>) => void;
  readonly discard: () => void;
}

/** The saved values of a form with the unsaved edits laid over them. */
export function useDraft<T extends object>(form: string, saved: T): Draft<T> {
  const { patches, put } = useDrafts();
  const patch = (patches.get(form) ?? {}) as Partial<T>;
  const changes = changesOnly(saved, patch);
  return {
    value: { ...saved, ...changes },
    changed: Object.keys(changes).length > 0,
    edit: (more) => put(form, changesOnly(saved, { ...changes, ...more })),
    discard: () => put(form, null),
  };
}
