interface ProgressRingProps {
  /** How far each part has come, 0–1, from the top clockwise. */
  readonly parts: readonly number[];
  readonly label: string;
}

/** How far it has come, as a line around the oval; with several parts, a piece of it for each. */
export function ProgressRing({ parts, label }: ProgressRingProps) {
  const shares = parts.map((part) => Math.min(1, Math.max(0, part)));
  const percent = Math.round((100 * shares.reduce((sum, share) => sum + share, 0)) / Math.max(1, shares.length));
  const gap = shares.length > 1 ? GAP : 0;
  const length = AROUND_LENGTH / shares.length - gap;
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
      {shares.map((share, index) => {
        const piece = { d: AROUND, pathLength: AROUND_LENGTH, strokeDashoffset: -index * (length + gap) - gap / 2 };
        return (
          <g key={index}>
            <path className="ring-path" {...piece} strokeDasharray={`${length} ${AROUND_LENGTH}`} />
            <path className="ring-done" {...piece} strokeDasharray={`${share * length} ${AROUND_LENGTH}`} />
          </g>
        );
      })}
    </svg>
  );
}

/** Fills once within the time given; under reduced motion it stands there filled. */
export function TimedRing({ durationMs }: { readonly durationMs: number }) {
  return (
    <svg className="ring" viewBox="0 0 300 400" aria-hidden="true">
      <path className="ring-path" d={AROUND} />
      <path
        className="ring-done ring-timed"
        d={AROUND}
        pathLength={AROUND_LENGTH}
        style={{ animationDuration: `${durationMs}ms` }}
      />
    </svg>
  );
}

/** Goes round while nobody knows how long it takes. */
export function BusyRing() {
  return (
    <svg className="ring" viewBox="0 0 300 400" aria-hidden="true">
      <path className="ring-path" d={AROUND} />
      <path className="ring-done ring-busy" d={AROUND} pathLength={AROUND_LENGTH} />
    </svg>
  );
}

/** An ellipse that begins at the top. */
const AROUND = 'M150 3a147 197 0 0 1 0 394a147 197 0 0 1 0-394';
/** The length that the ellipse is said to have, so that dashes are parts of a hundred. */
const AROUND_LENGTH = 100;
const GAP = 2;
