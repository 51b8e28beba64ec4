import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { useLanguage } from './language.tsx';
import { translator, type Language, type Speech } from './translation.ts';

export interface Words extends Speech {
  readonly choose: (language: Language) => void;
}

const WordsContext = createContext<Words | null>(null);

/** All words of the window, in its language. */
export function WordsProvider(props: { readonly children: ReactNode }): ReactNode {
  const { language, choose } = useLanguage();
  const value = useMemo(() => ({ language, t: translator(language), choose }), [language, choose]);
  return <WordsContext value={value}>{props.children}</WordsContext>;
}

export function useWords(): Words {
  const found = useContext(WordsContext);
  if (found === null) throw new Error('the words are missing');
  return found;
}
