/** Sheets whose lines go one after the other. */
export function Erasing() {
  return (
    <svg className="art erasing-art" viewBox="0 0 720 480" aria-hidden="true">
      <rect className="art-fill" x="270" y="60" width="240" height="310" rx="16" />
      <rect className="art-soft" x="270" y="60" width="240" height="310" rx="16" />
      <rect className="art-solid" x="220" y="110" width="240" height="310" rx="16" />
      <rect x="220" y="110" width="240" height="310" rx="16" />
      <g className="erasing-lines">
        <path d="M256 172h168" />
        <path d="M256 226h168" />
        <path d="M256 280h168" />
        <path d="M256 334h112" />
      </g>
    </svg>
  );
}
