import type { ReactNode } from 'react';
import { Segments } from '../parts/choice.tsx';
import { useWords } from '../words.tsx';

/** 中文 or English; always in the same place of a frame. */
export function LanguageSwitch(): ReactNode {
  const { t, language, choose } = useWords();
  return (
    <Segments
      legend={t('app.language')}
      value={language}
      onChoose={choose}
      options={[
        { value: 'zh-CN', label: '中文' },
        { value: 'en', label: 'English' },
      ]}
    />
  );
}
