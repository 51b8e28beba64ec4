import type { ReactNode } from 'react';
import { RadioList } from '../parts/choice.tsx';
import { LANGUAGES, type Language } from '../translation.ts';
import { useWords } from '../words.tsx';
import { StepFrame, type StepProps } from './step-frame.tsx';

const NAMES = { 'zh-CN': 'app.chinese', en: 'app.english' } as const satisfies Record<Language, string>;

/** The language of this window. */
export function LanguageStep(props: StepProps): ReactNode {
  const { t, language, choose } = useWords();
  return (
    <StepFrame {...props} step="language" ready>
      <RadioList<Language>
        legend={t('setup.language.legend')}
        value={language}
        onChoose={choose}
        options={LANGUAGES.map((one) => ({ value: one, label: t(NAMES[one]) }))}
      />
    </StepFrame>
  );
}
