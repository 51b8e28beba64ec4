import type { Brand } from '../../shared/domain/brand.ts';
import { brandColours, type Theme } from '../../shared/domain/brand-colours.ts';

const NAMES = ['--accent', '--accent-deep', '--accent-wash', '--on-accent'] as const;

/** Gives the window its theme and, where the customer has one, their colour; the rest of the tokens stay. */
export function applyLook(root: HTMLElement, theme: Theme, accent: Brand['accent']): void {
  root.dataset['theme'] = theme;
  const colours = accent === null ? null : brandColours(accent, theme);
  const values = colours && [colours.accent, colours.accentDeep, colours.accentWash, colours.onAccent];
  NAMES.forEach((name, at) => {
    if (values) root.style.setProperty(name, values[at] ?? null);
    else root.style.removeProperty(name);
  });
}
