import en from '../../resources/locales/en/consent-notice.json' with { type: 'json' };
import zhCn from '../../resources/locales/zh-CN/consent-notice.json' with { type: 'json' };
import type { Language } from './reason-texts.ts';

export type NoticeWords = typeof zhCn;

/** The notice's words. Whoever changes a word of them changes `CONSENT_VERSION`. */
export const NOTICE_WORDS: Readonly<Record<Language, NoticeWords>> = { 'zh-CN': zhCn, en };

/** Puts values in the places that a text has for them. */
export function fillIn(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** Whole years where the days are that many, else days. */
export function periodText({ period }: NoticeWords, days: number, language: Language): string {
  const isYears = days >= 365 && days % 365 === 0;
  const count = isYears ? days / 365 : days;
  const form = new Intl.PluralRules(language).select(count) === 'one' ? 'one' : 'other';
  return fillIn(period[isYears ? 'year' : 'day'][form], { count });
}
