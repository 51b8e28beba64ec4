import type { Translate, WordKey, WordValues } from './translation.ts';

/** What is wrong with one field: which limit it breaks, as words of this window or as a sentence of main's rules. */
export type Problem = { readonly key: WordKey; readonly values?: WordValues } | { readonly sentence: string };

export function problemText(problem: Problem, t: Translate): string {
  return 'sentence' in problem ? problem.sentence : t(problem.key, problem.values);
}

export type Problems<Field extends string> = Readonly<Partial<Record<Field, Problem>>>;

export type Parsed<Value, Field extends string> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problems: Problems<Field> };

/** The value when no field has a problem. */
export function parsed<Value, Field extends string>(
  problems: Problems<Field>,
  value: () => Value,
): Parsed<Value, Field> {
  return Object.keys(problems).length === 0 ? { ok: true, value: value() } : { ok: false, problems };
}
