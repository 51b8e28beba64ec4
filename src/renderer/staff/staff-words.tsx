import { createContext, useContext, useMemo, type ReactNode } from 'react';
import type { Language } from '../../shared/reason-texts.ts';
import { staffTranslator, type StaffTranslate } from './staff-translation.ts';

export type { StaffTranslate, StaffWordKey } from './staff-translation.ts';

export interface StaffWords {
  readonly t: StaffTranslate;
  readonly language: Language;
}

const StaffWordsContext = createContext<StaffWords | null>(null);

/** The words of signing in and confirming, in the language of the window. */
export function StaffWordsProvider(props: { readonly language: Language; readonly children: ReactNode }): ReactNode {
  const { language } = props;
  const value = useMemo(() => ({ language, t: staffTranslator(language) }), [language]);
  return <StaffWordsContext value={value}>{props.children}</StaffWordsContext>;
}

export function useStaffWords(): StaffWords {
  const found = useContext(StaffWordsContext);
  if (found === null) throw new Error('the words of the staff are missing');
  return found;
}
