import type { ReactNode } from 'react';
import { useLookOfWindow } from '../brand/brand-context.tsx';

/** The customer's logo, or the product's mark: a shield with a tick, the same drawing as the icon. */
export function SiteMark(): ReactNode {
  const { logo } = useLookOfWindow().brand;
  if (logo !== null) return <img className="site-mark" src={logo} alt="" />;
  return (
    <svg
      className="site-mark"
      viewBox="0 0 44 46"
      width="20"
      height="21"
      fill="none"
      strokeWidth="5"
      aria-hidden="true"
    >
      <path d="M4 4h36v24L22 42 4 28z" strokeLinejoin="round" />
      <path d="m13 20 7 7 12-13" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
