import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { brandColours, GROUNDS, leastContrast, TEXT_CONTRAST, THEMES } from '../../../shared/domain/brand-colours.ts';
import { useWords } from '../words.tsx';

function isShown(accent: string): boolean {
  return /^#[0-9a-f]{6}$/.test(accent) && leastContrast(accent, 'light') >= TEXT_CONTRAST;
}

/** A button in the colour, in both themes; nothing while it is no colour that can be read. */
export function BrandPreview({ accent }: { readonly accent: string }): ReactNode {
  const { t } = useWords();
  const samples = useRef<HTMLDivElement>(null);
  const shown = isShown(accent);
  useLayoutEffect(() => {
    THEMES.forEach((theme, at) => {
      const place = samples.current?.children[at];
      if (!(place instanceof HTMLElement) || !shown) return;
      const colours = brandColours(accent, theme);
      place.style.setProperty('background-color', GROUNDS[theme][0] ?? null);
      place.style.setProperty('--accent', colours.accent);
      place.style.setProperty('--on-accent', colours.onAccent);
    });
  }, [accent, shown]);
  if (!shown) return null;
  return (
    <div ref={samples} className="brand-preview" role="img" aria-label={t('brand.preview')}>
      {THEMES.map((theme) => (
        <span key={theme} className="brand-sample">
          <span className="button button-primary">{t('brand.sample')}</span>
        </span>
      ))}
    </div>
  );
}
