/** The customer's logo, or the mark of the product: a countersigned sheet. */
export function SiteMark({ logo = null }: { readonly logo?: string | null }) {
  if (logo !== null) return <img className="site-mark site-logo" src={logo} alt="" />;
  return (
    <svg className="site-mark" viewBox="0 0 44 44" aria-hidden="true">
      <path d="M4 4h36v26L22 41 4 30z" />
      <path d="m13 20 7 7 12-13" />
    </svg>
  );
}
