import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Language } from '../../shared/reason-texts.ts';
import { doorTranslator } from './words/door-words.ts';

const REMEMBERED_AS = 'countersign.admin.language';
const LANGUAGES: readonly Language[] = ['zh-CN', 'en'];

interface LanguageOfWindow {
  readonly language: Language;
  readonly choose: (language: Language) => void;
}

const LanguageContext = createContext<LanguageOfWindow | null>(null);

function remembered(): Language {
  const found = localStorage.getItem(REMEMBERED_AS);
  return LANGUAGES.find((language) => language === found) ?? 'zh-CN';
}

/** The window's language, remembered on this machine. */
export function LanguageProvider(props: { readonly children: ReactNode }): ReactNode {
  const [language, choose] = useState<Language>(remembered);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = doorTranslator(language)('app.title');
    localStorage.setItem(REMEMBERED_AS, language);
  }, [language]);
  const value = useMemo(() => ({ language, choose }), [language]);
  return <LanguageContext value={value}>{props.children}</LanguageContext>;
}

export function useLanguage(): LanguageOfWindow {
  const found = useContext(LanguageContext);
  if (found === null) throw new Error('the language is missing');
  return found;
}
