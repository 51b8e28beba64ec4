import type { SceneProblem } from '../../shared/domain/scene-problem.ts';
import { sceneProblemText } from '../../shared/scene-problem-texts.ts';
import type { Problem, Problems } from './form-problem.ts';
import type { Language } from './translation.ts';

/** The first of main's findings for each field of a form, as sentences, and those that belong to none of its fields. */
export function placeProblems<Field extends string>(
  found: readonly SceneProblem[],
  fieldOf: (path: string) => Field | null,
  language: Language,
): { readonly atFields: Problems<Field>; readonly elsewhere: readonly string[] } {
  const atFields: Partial<Record<Field, Problem>> = {};
  const elsewhere: string[] = [];
  for (const problem of found) {
    const field = fieldOf(problem.field);
    const sentence = sceneProblemText(problem, language);
    if (field === null) elsewhere.push(sentence);
    else atFields[field] ??= { sentence };
  }
  return { atFields, elsewhere };
}
