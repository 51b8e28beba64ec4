/** A member of staff behind a counter. */
export function Counter() {
  return (
    <svg className="art" viewBox="0 0 720 480" aria-hidden="true">
      <path className="art-fill" d="M110 300h500v40H110z" />
      <path d="M110 300h500v40H110zM146 340v96M574 340v96" />
      <circle cx="360" cy="120" r="58" />
      <path d="M250 300c6-70 50-100 110-100s104 30 110 100" />
      <path className="art-soft" d="M330 300l30-42 30 42" />
      <rect className="art-solid" x="500" y="256" width="84" height="44" rx="6" />
      <rect x="500" y="256" width="84" height="44" rx="6" />
      <path className="art-soft" d="M516 272h30M516 284h20" />
    </svg>
  );
}
