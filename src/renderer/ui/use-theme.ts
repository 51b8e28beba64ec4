import { useLayoutEffect, useSyncExternalStore } from 'react';
import type { Brand, KioskTheme } from '../../shared/domain/brand.ts';
import { applyLook } from './apply-brand.ts';

const SYSTEM = '(prefers-color-scheme: dark)';

function onSystemChange(listener: () => void): () => void {
  const query = matchMedia(SYSTEM);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** Keeps the window in the wanted theme and the customer's colour; `system` follows the machine as it changes. */
export function useLook(wanted: KioskTheme, accent: Brand['accent']): void {
  const isDark = useSyncExternalStore(onSystemChange, () => matchMedia(SYSTEM).matches);
  const theme = wanted === 'system' ? (isDark ? 'dark' : 'light') : wanted;
  useLayoutEffect(() => applyLook(document.documentElement, theme, accent), [theme, accent]);
}
