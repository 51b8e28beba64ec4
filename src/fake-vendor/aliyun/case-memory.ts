import { sha256Hex } from '../digests.ts';

/** What is known of one verification: who was asked about, and what came out. */
export interface Case {
  readonly key: string;
  readonly openedAtMs: number;
  readonly parameters: Readonly<Record<string, string>>;
  /** The vendor's code of the outcome; null while nobody has decided. */
  readonly code: string | null;
}

/** Verifications by the vendor's own id and by the ids that callers gave. */
export interface CaseMemory {
  /** A new id of the vendor's form; the same sequence in every run. */
  newId(): string;
  keep(kept: Case): void;
  find(key: string): Case | null;
  forget(key: string): void;
  /** Every case that was decided, oldest first. */
  decided(): readonly (Case & { readonly code: string })[];
  /** How many cases were decided, and how many of them with this code. */
  counts(passCode: string): { readonly total: number; readonly passed: number };
  /** Numbers whose source can't be used: the next visit is refused from the start. */
  readonly unusableNumbers: Set<string>;
}

/** An empty memory with a sequence of ids of its own, so that runs repeat; nothing is forgotten by age. */
export function createCaseMemory(): CaseMemory {
  const cases = new Map<string, Case>();
  let issued = 0;
  const decided = () => [...cases.values()].flatMap((one) => (one.code === null ? [] : [{ ...one, code: one.code }]));
  return {
    decided,
    newId: () => {
      issued += 1;
      return sha256Hex(`case ${issued}`).slice(0, 32);
    },
    keep: (kept) => void cases.set(kept.key, kept),
    find: (key) => cases.get(key) ?? null,
    forget: (key) => void cases.delete(key),
    counts: (passCode) => {
      const all = decided();
      return { total: all.length, passed: all.filter(({ code }) => code === passCode).length };
    },
    unusableNumbers: new Set(),
  };
}
