import type { ReactNode } from 'react';
import { Segments } from '../parts/choice.tsx';
import { useLanguage } from '../language.tsx';
import { doorTranslator } from '../words/door-words.ts';

/** 中文 or English; always in the same place of a frame. */
export function LanguageSwitch(): ReactNode {
  const { language, choose } = useLanguage();
  const t = doorTranslator(language);
  return (
    <Segments
      legend={t('app.language')}
      value={language}
      onChoose={choose}
      options={[
        { value: 'zh-CN', label: t('app.chinese') },
        { value: 'en', label: t('app.english') },
      ]}
    />
  );
}
