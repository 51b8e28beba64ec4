/** From this machine, where everything is kept, a question on its way to the verifier. */
export function AskedVerifier() {
  return (
    <svg className="art asked-art" viewBox="0 0 720 300" aria-hidden="true">
      <rect className="art-fill" x="60" y="50" width="170" height="200" rx="18" />
      <rect x="60" y="50" width="170" height="200" rx="18" />
      <path className="art-solid" d="M145 92l44 16v34c0 30-20 50-44 60-24-10-44-30-44-60v-34z" />
      <path d="M145 92l44 16v34c0 30-20 50-44 60-24-10-44-30-44-60v-34z" />
      <path d="m124 146 16 16 28-32" />
      <path className="art-soft asked-line" d="M262 150h196" />
      <g className="asked-dots">
        <circle cx="300" cy="150" r="9" />
        <circle cx="360" cy="150" r="9" />
        <circle cx="420" cy="150" r="9" />
      </g>
      <path className="art-fill" d="M490 110 575 54l85 56z" />
      <path d="M490 110 575 54l85 56zM482 246h186M498 226h154" />
      <path d="M518 126v84M556 126v84M594 126v84M632 126v84" />
    </svg>
  );
}
