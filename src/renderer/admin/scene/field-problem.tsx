import type { ReactNode } from 'react';
import { problemText, type Problem } from '../form-problem.ts';
import { useWords } from '../words.tsx';

/** What is wrong with a choice, below it. */
export function FieldProblem({ problem }: { readonly problem: Problem | undefined }): ReactNode {
  const { t } = useWords();
  if (problem === undefined) return null;
  return (
    <p className="field-note field-problem" role="alert">
      {problemText(problem, t)}
    </p>
  );
}
