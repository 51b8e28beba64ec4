/** A grown-up beside a child. */
export function GuardianAndChild() {
  return (
    <svg className="art people-art" viewBox="0 0 720 400" aria-hidden="true">
      <circle className="art-fill" cx="300" cy="128" r="72" />
      <circle cx="300" cy="128" r="72" />
      <path className="art-fill" d="M160 380c8-96 62-140 140-140s132 44 140 140" />
      <path d="M160 380c8-96 62-140 140-140s132 44 140 140" />
      <circle className="art-solid" cx="478" cy="222" r="48" />
      <circle cx="478" cy="222" r="48" />
      <path className="art-solid" d="M388 380c6-62 38-92 90-92s84 30 90 92" />
      <path d="M388 380c6-62 38-92 90-92s84 30 90 92" />
      <path className="art-soft" d="M120 380h480" />
    </svg>
  );
}
