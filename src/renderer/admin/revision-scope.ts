import { createContext, useContext } from 'react';

/** How a form that was changed elsewhere is shown: as it was typed, or as it is saved now. */
export type Side = 'mine' | 'theirs';

/** One answer on the page and the forms that edit it. */
export interface RevisionScope {
  /** Of the settings that a change is made from; null where nothing is told. */
  readonly basedOn: number | null;
  /** Of the settings that the answer is of. */
  readonly revision: number | null;
  /** Asks for the answer again. */
  readonly reload: () => void;
  readonly side: Side;
  readonly show: (side: Side) => void;
  /** A form's edits were begun at an older revision than that of the answer; null: they weren't. */
  readonly hold: (form: string, begunAt: number | null) => void;
  /** Somebody has looked at what is saved now: what is typed counts as made from it. */
  readonly release: () => void;
}

const NO_SCOPE: RevisionScope = {
  basedOn: null,
  revision: null,
  reload: () => undefined,
  side: 'mine',
  show: () => undefined,
  hold: () => undefined,
  release: () => undefined,
};

export const RevisionScopeContext = createContext<RevisionScope>(NO_SCOPE);

export function useRevisionScope(): RevisionScope {
  return useContext(RevisionScopeContext);
}

const revisions = new WeakMap<object, number>();

/** Keeps the revision beside a value, so that whoever takes the value over has it too. */
export function rememberRevision(value: unknown, revision: number | undefined): void {
  if (revision !== undefined && typeof value === 'object' && value !== null) revisions.set(value, revision);
}

export function revisionOf(value: unknown): number | undefined {
  return typeof value === 'object' && value !== null ? revisions.get(value) : undefined;
}

/** At which revision each form's edits were begun; they outlive their page, as the edits do. */
const begun = new Map<string, number>();

export function begunAt(form: string): number | null {
  return begun.get(form) ?? null;
}

export function setBegun(form: string, revision: number | null): void {
  if (revision === null) begun.delete(form);
  else begun.set(form, revision);
}
