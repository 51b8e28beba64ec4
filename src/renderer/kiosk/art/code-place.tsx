import { QrCode } from '../../ui/qr-code.tsx';

interface CodePlaceProps {
  readonly stage: 'opening' | 'code' | 'opened';
  /** What the code says; null while there is none. */
  readonly text: string | null;
  readonly label: string;
}

/** A white square of fixed size: empty corners while a code is made, the code, then a phone at work. */
export function CodePlace({ stage, text, label }: CodePlaceProps) {
  return (
    <div className="code-place" data-stage={stage}>
      {stage === 'code' && text !== null ? <QrCode className="qr" text={text} label={label} /> : null}
      {stage === 'opening' && <Corners />}
      {stage === 'opened' && <PhoneAtWork />}
    </div>
  );
}

/** The three corners that every code has. */
function Corners() {
  return (
    <svg className="code-art" viewBox="0 0 200 200" aria-hidden="true">
      {[
        [20, 20],
        [132, 20],
        [20, 132],
      ].map(([x, y]) => (
        <g key={`${x} ${y}`}>
          <rect x={x} y={y} width="48" height="48" rx="4" />
          <rect className="code-dot" x={x! + 16} y={y! + 16} width="16" height="16" rx="2" />
        </g>
      ))}
      <path className="code-waiting" d="M96 100h8M118 100h8M140 100h8" />
    </svg>
  );
}

/** A phone that looks at a face. */
function PhoneAtWork() {
  return (
    <svg className="code-art" viewBox="0 0 200 200" aria-hidden="true">
      <rect className="code-fill" x="58" y="16" width="84" height="168" rx="14" />
      <rect x="58" y="16" width="84" height="168" rx="14" />
      <path d="M90 28h20" />
      <path d="M100 62a26 35 0 0 1 0 70a26 35 0 0 1 0-70" />
      <path d="M78 154c3-14 11-20 22-20s19 6 22 20" />
      <g className="code-waves">
        <path d="M158 78a30 30 0 0 1 0 44" />
        <path d="M172 64a50 50 0 0 1 0 72" />
        <path d="M42 78a30 30 0 0 0 0 44" />
        <path d="M28 64a50 50 0 0 0 0 72" />
      </g>
    </svg>
  );
}
