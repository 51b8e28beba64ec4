/** The card above the reader while it is searched for, on it while it is read. */
export function CardOnReader({ phase }: { readonly phase: 'searching' | 'found' | 'reading' }) {
  return (
    <svg className="art card-art" data-phase={phase} viewBox="0 0 720 480" aria-hidden="true">
      <path className="art-fill" d="M150 340h420l70 90H80z" />
      <path d="M150 340h420l70 90H80z" />
      <path d="M80 430v16a10 10 0 0 0 10 10h540a10 10 0 0 0 10-10v-16" />
      <path className="art-soft" d="M232 362h256l28 44H204z" />
      <g className="card-moving">
        <rect className="art-solid" x="210" y="36" width="300" height="192" rx="18" />
        <rect x="210" y="36" width="300" height="192" rx="18" />
        <circle cx="436" cy="104" r="28" />
        <path d="M388 190c4-30 22-42 48-42s44 12 48 42" />
        <path className="art-soft" d="M242 90h104M242 130h124M242 170h80" />
      </g>
      <path className="card-arrow" d="M360 256v44m-20-20 20 20 20-20" />
      <g className="card-waves">
        <path d="M316 300a62 62 0 0 1 88 0" />
        <path d="M294 276a94 94 0 0 1 132 0" />
      </g>
    </svg>
  );
}
