import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { LANGUAGES, translator, type Language, type Translate } from './translation.ts';

export interface Words {
  readonly t: Translate;
  readonly language: Language;
  readonly choose: (language: Language) => void;
}

const REMEMBERED_AS = 'countersign.clerk.language';

const WordsContext = createContext<Words | null>(null);

function remembered(): Language {
  const found = localStorage.getItem(REMEMBERED_AS);
  return LANGUAGES.find((language) => language === found) ?? 'zh-CN';
}

export function WordsProvider(props: { readonly children: ReactNode }): ReactNode {
  const [language, setLanguage] = useState<Language>(remembered);
  const value = useMemo(() => ({ language, t: translator(language), choose: setLanguage }), [language]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = value.t('app.title');
    localStorage.setItem(REMEMBERED_AS, language);
  }, [language, value]);
  return <WordsContext value={value}>{props.children}</WordsContext>;
}

export function useWords(): Words {
  const found = useContext(WordsContext);
  if (found === null) throw new Error('the words are missing');
  return found;
}
