import type { ScriptedAnswer } from './contract.ts';

/** Scripts by operation: steps are used in order, the last one again and again. */
export interface ScriptBook {
  write(operation: string, answers: readonly ScriptedAnswer[]): void;
  /** Looks at the step that the next call gets, without using it up. */
  peek(operation: string): ScriptedAnswer | null;
  take(operation: string): ScriptedAnswer;
}

/**
 * A book without scripts. `take` gives `{}`, the usual answer, where there is none; writing an empty list takes one
 * away.
 */
export function createScriptBook(): ScriptBook {
  const scripts = new Map<string, ScriptedAnswer[]>();
  const peek = (operation: string): ScriptedAnswer | null => scripts.get(operation)?.[0] ?? null;
  return {
    write: (operation, answers) => {
      if (answers.length === 0) scripts.delete(operation);
      else scripts.set(operation, [...answers]);
    },
    peek,
    take: (operation) => {
      const steps = scripts.get(operation) ?? [];
      const step = steps.length > 1 ? steps.shift() : steps[0];
      return step ?? {};
    },
  };
}
