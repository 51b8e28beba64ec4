import type { VerdictState } from '../../shared/reasons.ts';

/**
 * A verdict as a shape: a disc with a tick, an octagon with a bar, a diamond with an hourglass, a broken ring with a
 * dash. They differ in outline first, so that nobody has to tell green from red.
 */
export function StatusShape({ state }: { readonly state: VerdictState }) {
  return (
    <svg className="status-shape" data-state={state} viewBox="0 0 120 120" aria-hidden="true">
      {SHAPES[state]}
    </svg>
  );
}

const SHAPES = {
  passed: (
    <>
      <circle className="status-body" cx="60" cy="60" r="56" />
      <path className="status-sign" d="m34 62 18 18 35-40" />
    </>
  ),
  failed: (
    <>
      <path className="status-body" d="M37 5h46l32 32v46l-32 32H37L5 83V37z" />
      <path className="status-sign" d="M60 30v38" />
      <circle className="status-dot" cx="60" cy="88" r="7" />
    </>
  ),
  review: (
    <>
      <path className="status-body" d="M60 3 117 60 60 117 3 60z" />
      <path className="status-sign status-fine" d="M45 38h30M45 82h30M49 40c0 22 22 18 22 40M71 40c0 22-22 18-22 40" />
    </>
  ),
  error: (
    <>
      <circle className="status-ring" cx="60" cy="60" r="51" pathLength="120" />
      <path className="status-dash" d="M38 60h44" />
    </>
  ),
} satisfies Record<VerdictState, unknown>;
