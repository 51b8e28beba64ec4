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
      <g className="card-lying">
        <path className="art-solid" d="M236 358h248l34 52H202z" />
        <path d="M236 358h248l34 52H202z" />
        <path className="art-soft" d="M262 374h92M252 392h108" />
        <ellipse cx="440" cy="383" rx="26" ry="13" />
      </g>
      <g className="card-waves">
        <path d="M316 306a64 64 0 0 1 88 0" />
        <path d="M288 272a104 104 0 0 1 144 0" />
        <path d="M260 238a144 144 0 0 1 200 0" />
      </g>
    </svg>
  );
}
