/** Card and face side by side while they are compared. */
export function CardAndFace() {
  return (
    <svg className="art" viewBox="0 0 720 480" aria-hidden="true">
      <rect className="art-fill" x="60" y="140" width="300" height="200" rx="18" />
      <rect x="60" y="140" width="300" height="200" rx="18" />
      <circle cx="284" cy="212" r="28" />
      <path d="M236 296c4-30 22-42 48-42s44 12 48 42" />
      <path className="art-soft" d="M92 194h104M92 234h124M92 274h80" />
      <path className="art-fill" d="M530 80a120 160 0 0 1 0 320a120 160 0 0 1 0-320" />
      <path d="M530 80a120 160 0 0 1 0 320a120 160 0 0 1 0-320" />
      <path d="M530 160c34 0 50 24 50 56 0 38-22 68-50 68s-50-30-50-68c0-32 16-56 50-56Z" />
      <path d="M456 366c6-46 36-64 74-64s68 18 74 64" />
      <path className="art-link" d="M378 226h16M378 254h16" />
    </svg>
  );
}
