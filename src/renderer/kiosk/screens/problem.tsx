import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useUrgent } from '../live-region.tsx';

/** What went wrong and what helps, where the explanation stood; the view says it to a screen reader. */
export function Problem({ children }: { readonly children: ReactNode }) {
  return (
    <p className="problem">
      <TriangleAlert className="problem-icon" aria-hidden="true" strokeWidth={2} />
      <span>{children}</span>
    </p>
  );
}

/** One that no view tells of, only the screen that it stands on. */
export function OwnProblem({ text }: { readonly text: string }) {
  useUrgent(text);
  return <Problem>{text}</Problem>;
}
