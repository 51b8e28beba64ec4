/**
 * Ends that are no verdict, each a shape of its own: a sheet that is empty, a sheet with a tick for what was erased, a
 * torn one for what was not; a clock for what is being reviewed and a tray for what was taken and waits.
 */
export function EndShape({ end }: { readonly end: End }) {
  return (
    <svg className="status-shape end-shape" data-end={end} viewBox="0 0 120 120" aria-hidden="true">
      {SHAPES[end]}
    </svg>
  );
}

export type End = 'erased' | 'nothing-kept' | 'failed' | 'pending' | 'captured';

const SHAPES = {
  erased: (
    <>
      <path className="status-body" d="M24 4h50l26 26v86H24z" />
      <path className="status-sign" d="m42 68 15 15 27-32" />
    </>
  ),
  'nothing-kept': (
    <>
      <path className="end-outline" d="M26 7h46l25 25v81H26z" />
      <path className="end-outline" d="M72 7v25h25" />
      <path className="end-outline end-fine" d="M46 70h30" />
    </>
  ),
  failed: (
    <>
      <path className="end-outline end-broken" d="M26 7h46l25 25v81H26z" />
      <path className="end-outline" d="M61 42v30" />
      <circle className="end-dot" cx="61" cy="90" r="6" />
    </>
  ),
  pending: (
    <>
      <rect className="status-body" x="8" y="8" width="104" height="104" rx="26" />
      <circle className="status-sign status-fine" cx="60" cy="60" r="30" />
      <path className="status-sign status-fine" d="M60 42v18l13 9" />
    </>
  ),
  captured: (
    <>
      <rect className="status-body" x="8" y="8" width="104" height="104" rx="26" />
      <path className="status-sign status-fine" d="M60 30v34M46 51l14 14 14-14M32 66v22h56V66" />
    </>
  ),
} satisfies Record<End, unknown>;
