import type { ReactNode } from 'react';
import type { Problem } from '../form-problem.ts';
import { useWords } from '../words.tsx';

/** What is wrong with a choice, below it. */
export function FieldProblem({ problem }: { readonly problem: Problem | undefined }): ReactNode {
  const { t } = useWords();
  if (problem === undefined) return null;
  return (
    <p className="field-note field-problem" role="alert">
      {t(problem.key, problem.values)}
    </p>
  );
}
