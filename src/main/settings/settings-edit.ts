import { AsyncLocalStorage } from 'node:async_hooks';

/** A change of settings that somebody makes from values that they have read. */
export interface SettingsEdit {
  /** The revision that a write of this setting has to be made from; null: whatever there is. */
  baseOf(name: string): number | null;
  /** The edit itself has written a setting; further writes of it build on that. */
  wrote(name: string, revision: number | null): void;
  /** The newest revision that the edit has made; null: it wrote nothing. */
  newest(): number | null;
}

const edits = new AsyncLocalStorage<SettingsEdit>();

/** The edit that the running request is part of; undefined where settings are written without having been read. */
export function currentEdit(): SettingsEdit | undefined {
  return edits.getStore();
}

/**
 * Runs `work` so that whatever it writes is refused where somebody was faster.
 *
 * @param basedOn the revision at which the values were read that the change was made from; null: not told.
 */
export function editingFrom<T>(basedOn: number | null, work: (edit: SettingsEdit) => T): T {
  const own = new Map<string, number>();
  const edit: SettingsEdit = {
    baseOf: (name) => (basedOn === null ? null : Math.max(basedOn, own.get(name) ?? 0)),
    wrote: (name, revision) => {
      if (revision !== null) own.set(name, revision);
    },
    newest: () => (own.size === 0 ? null : Math.max(...own.values())),
  };
  return edits.run(edit, () => work(edit));
}
