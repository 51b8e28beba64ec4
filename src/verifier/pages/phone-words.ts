import en from '../../../resources/locales/en/verifier/phone.json' with { type: 'json' };
import zhCn from '../../../resources/locales/zh-CN/verifier/phone.json' with { type: 'json' };
import type { PageLanguage } from './page.ts';

/** What the phone's page says; hints and actions go by the words that the verifier sends. */
export type PhoneWords = Omit<typeof zhCn, 'hints' | 'actions'> & {
  readonly hints: Readonly<Record<string, string>>;
  readonly actions: Readonly<Record<string, string>>;
};

const WORDS: Readonly<Record<PageLanguage, PhoneWords>> = { 'zh-CN': zhCn, en };

/** Plain text: whoever makes HTML of it escapes it. */
export function phoneWords(language: PageLanguage): PhoneWords {
  return WORDS[language];
}
