import noticeEn from '../../../resources/locales/en/verifier/phone-notice.json' with { type: 'json' };
import noticeZhCn from '../../../resources/locales/zh-CN/verifier/phone-notice.json' with { type: 'json' };
import type { PageLanguage } from './page.ts';

/** Version of the phone's notice; it changes with any word of it. */
export const PHONE_NOTICE_VERSION = 'phone-2026-11-1';

const NOTICE = { 'zh-CN': noticeZhCn, en: noticeEn } as const;

/** Everybody who may be asked, by the names that people know them by. */
export function answererNames(verifiers: readonly string[]): Readonly<Record<PageLanguage, string>> {
  const named = (language: PageLanguage): string => {
    const { answerers, between } = NOTICE[language];
    const names: Readonly<Record<string, string>> = answerers;
    return verifiers.map((verifier) => names[verifier] ?? verifier).join(between);
  };
  return { 'zh-CN': named('zh-CN'), en: named('en') };
}

/** What the notice says, a line for each thing that has to be said (PIPL articles 17, 29 and 30). */
export interface PhoneNotice {
  readonly title: string;
  readonly lead: string;
  readonly lines: readonly string[];
  readonly capture: string;
  readonly transmit: string;
}

/**
 * Its lines are in the order in which they are shown. `answerer` is put in as it is: whoever makes HTML of it escapes
 * it.
 */
export function phoneNotice(language: PageLanguage, answerer: string): PhoneNotice {
  const { title, lead, lines, capture, transmit } = NOTICE[language];
  return {
    title,
    lead,
    lines: Object.values(lines).map((line) => line.replace('{answerer}', () => answerer)),
    capture,
    transmit,
  };
}

/** The whole notice as one text, for its hash. */
export function phoneNoticeText(language: PageLanguage, answerer: string): string {
  const { title, lead, lines, capture, transmit } = phoneNotice(language, answerer);
  return [PHONE_NOTICE_VERSION, language, title, lead, ...lines, capture, transmit].join('\n');
}
