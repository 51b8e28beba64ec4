import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

/** What went wrong and what helps, where the explanation stood. */
export function Problem({ children }: { readonly children: ReactNode }) {
  return (
    <p className="problem" role="alert">
      <TriangleAlert className="problem-icon" aria-hidden="true" strokeWidth={2} />
      <span>{children}</span>
    </p>
  );
}
