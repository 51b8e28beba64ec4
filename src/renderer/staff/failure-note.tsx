import { lazy, Suspense, type ReactNode } from 'react';
import type { Failure } from '../../shared/reasons.ts';

// The sentences of all reasons are long: whoever signs in without trouble doesn't wait for them.
const StaffFailureWords = lazy(() =>
  import('./staff-failure-words.tsx').then((loaded) => ({ default: loaded.StaffFailureWords })),
);

/** An expected failure in plain words: what happened, what to do, and the technical detail small. */
export function StaffFailure(props: { readonly failure: Failure; readonly onRetry?: () => void }): ReactNode {
  return (
    <Suspense>
      <StaffFailureWords {...props} />
    </Suspense>
  );
}
