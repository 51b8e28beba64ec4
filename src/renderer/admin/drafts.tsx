import { createContext, useCallback, useContext, useEffect, useMemo, type ReactNode } from 'react';
import { changesOnly } from './changes.ts';
import { begunAt, setBegun, useRevisionScope } from './revision-scope.ts';

type Patch = Readonly<Record<string, unknown>>;

interface Drafts {
  readonly patches: ReadonlyMap<string, Patch>;
  readonly put: (form: string, patch: Patch | null) => void;
}

const DraftsContext = createContext<Drafts | null>(null);

/** What somebody has typed and not saved. */
export interface KeptDrafts {
  readonly owner: string | null;
  readonly patches: ReadonlyMap<string, Patch>;
}
export const NO_DRAFTS: KeptDrafts = { owner: null, patches: new Map() };

/**
 * Holds what has been typed and not saved, outside of the pages, so that leaving a page loses nothing. `kept` outlives
 * being signed out: whoever signs in again finds their own, and nobody finds another person's.
 */
export function DraftsProvider(props: {
  readonly owner: string;
  readonly kept: KeptDrafts;
  readonly onKeep: (change: (before: KeptDrafts) => KeptDrafts) => void;
  readonly children: ReactNode;
}): ReactNode {
  const { owner, kept, onKeep } = props;
  const patches = kept.owner === owner ? kept.patches : NO_DRAFTS.patches;
  const put = useCallback(
    (form: string, patch: Patch | null) => {
      onKeep((before) => {
        const after = new Map(before.owner === owner ? before.patches : []);
        if (patch === null || Object.keys(patch).length === 0) after.delete(form);
        else after.set(form, patch);
        return { owner, patches: after };
      });
    },
    [owner, onKeep],
  );
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

/**
 * The saved values of a form with the unsaved edits laid over them. Edits that were begun from older values than the
 * page has now are saved as what they are: main says so where somebody was faster.
 */
export function useDraft<T extends object>(form: string, saved: T): Draft<T> {
  const { patches, put } = useDrafts();
  const patch = (patches.get(form) ?? {}) as Partial<T>;
  const changes = changesOnly(saved, patch);
  const changed = Object.keys(changes).length > 0;
  const { revision, side, hold } = useRevisionScope();
  const begun = changed ? begunAt(form) : null;
  useEffect(() => hold(form, begun), [form, begun, hold]);
  return {
    value: side === 'theirs' ? saved : { ...saved, ...changes },
    changed,
    edit: (more) => {
      const next = changesOnly(saved, { ...changes, ...more });
      if (!changed || Object.keys(next).length === 0) setBegun(form, Object.keys(next).length === 0 ? null : revision);
      put(form, next);
    },
    discard: () => {
      setBegun(form, null);
      put(form, null);
    },
  };
}
