/** How long the place has been held, as a line around the oval. */
export function ProgressRing({ progress, label }: { readonly progress: number; readonly label: string }) {
  const percent = Math.round(100 * Math.min(1, Math.max(0, progress)));
  return (
    <svg
      className="ring"
      viewBox="0 0 300 400"
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <path className="ring-path" d={AROUND} />
      <path className="ring-done" d={AROUND} pathLength="100" strokeDasharray={`${percent} 100`} />
    </svg>
  );
}

/** An ellipse that begins at the top. */
const AROUND = 'M150 3a147 197 0 0 1 0 394a147 197 0 0 1 0-394';
