import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import { DEFAULT_BRAND } from '../../../shared/domain/brand-default.ts';
import type { Brand, KioskTheme } from '../../../shared/domain/brand.ts';
import { useLook } from '../../ui/use-theme.ts';
import { useAnswer } from '../answers.ts';

const REMEMBERED_AS = 'countersign.staff.theme';
const THEMES: readonly KioskTheme[] = ['system', 'light', 'dark'];

interface LookOfWindow {
  readonly brand: Brand;
  /** Takes over what has been saved, at once. */
  readonly replace: (brand: Brand) => void;
  /** How this window looks on this machine. */
  readonly theme: KioskTheme;
  readonly chooseTheme: (theme: KioskTheme) => void;
}

const LookContext = createContext<LookOfWindow | null>(null);

function remembered(): KioskTheme {
  const found = localStorage.getItem(REMEMBERED_AS);
  return THEMES.find((theme) => theme === found) ?? 'system';
}

/** Gives the window the customer's colour and logo, before anybody has signed in too; a failed read leaves the product's. */
export function LookProvider(props: { readonly children: ReactNode }): ReactNode {
  const { value, replace } = useAnswer('admin:brand', null);
  const [theme, setTheme] = useState<KioskTheme>(remembered);
  const brand = value ?? DEFAULT_BRAND;
  useLook(theme, brand.accent);
  const look = useMemo(
    () => ({
      brand,
      replace,
      theme,
      chooseTheme: (chosen: KioskTheme) => {
        localStorage.setItem(REMEMBERED_AS, chosen);
        setTheme(chosen);
      },
    }),
    [brand, replace, theme],
  );
  return <LookContext value={look}>{props.children}</LookContext>;
}

export function useLookOfWindow(): LookOfWindow {
  const found = useContext(LookContext);
  if (found === null) throw new Error('the look is missing');
  return found;
}
