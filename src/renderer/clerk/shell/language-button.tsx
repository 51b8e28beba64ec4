import type { ReactNode } from 'react';
import { useWords } from '../words.tsx';

/** Says the other language in that language, and changes to it. */
export function LanguageButton(): ReactNode {
  const { t, language, choose } = useWords();
  const other = language === 'en' ? 'zh-CN' : 'en';
  return (
    <button type="button" className="button" lang={other} onClick={() => choose(other)}>
      {t('app.language')}
    </button>
  );
}
