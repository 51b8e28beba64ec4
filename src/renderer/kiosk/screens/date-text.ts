import type { Language } from '../../../shared/reason-texts.ts';

const FORMATS: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  'zh-CN': new Intl.DateTimeFormat('zh-CN', { year: 'numeric', month: 'long', day: 'numeric' }),
  en: new Intl.DateTimeFormat('en-GB', { year: 'numeric', month: 'long', day: 'numeric' }),
};

/** The local calendar day of a time, as it is read out. */
export function dateText(timeMs: number, language: Language): string {
  return FORMATS[language].format(timeMs);
}
