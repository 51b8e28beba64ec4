import { Monitor, Moon, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLookOfWindow } from '../brand/brand-context.tsx';
import { useWords } from '../words.tsx';

const NEXT = { system: 'light', light: 'dark', dark: 'system' } as const;
const ICONS = { system: Monitor, light: Sun, dark: Moon } as const;

/** Light, dark or as the system: one button that goes from one to the next and says which one holds. */
export function ThemeSwitch(): ReactNode {
  const { t } = useWords();
  const { theme, chooseTheme } = useLookOfWindow();
  const Icon = ICONS[theme];
  const label = t('app.theme', { theme: t(`brand.theme.${theme}`) });
  return (
    <button
      type="button"
      className="button button-icon"
      aria-label={label}
      title={label}
      onClick={() => chooseTheme(NEXT[theme])}
    >
      <Icon aria-hidden="true" size={16} />
    </button>
  );
}
