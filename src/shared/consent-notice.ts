import { noticeWordsEn } from './consent-notice-en.ts';
import { noticeWordsZhCn } from './consent-notice-zh-cn.ts';
import {
  NOTICE_SECTIONS,
  type Agreement,
  type NoticeFacts,
  type NoticeSection,
  type NoticeWords,
} from './consent-notice-words.ts';

export type { Agreement, NoticeFacts, NoticeSection, NoticeSectionId } from './consent-notice-words.ts';
export { NOTICE_SECTIONS } from './consent-notice-words.ts';

/** Version of the notice's wording. Whoever changes a word of it changes this. */
export const CONSENT_VERSION = '2026-11-2';

const WORDS: Readonly<Record<'zh-CN' | 'en', NoticeWords>> = { 'zh-CN': noticeWordsZhCn, en: noticeWordsEn };

/** The whole notice, in the order in which it is shown. */
export function noticeOf(facts: NoticeFacts, language: 'zh-CN' | 'en'): readonly NoticeSection[] {
  const { titles, lines } = WORDS[language];
  return NOTICE_SECTIONS.map((id) => ({ id, title: titles[id], lines: lines[id](facts) })).filter(
    (section) => section.lines.length > 0,
  );
}

/** What is asked under the notice: the capture always, sending where somebody is set up, the return where a scene has it. */
export function agreementsOf(facts: NoticeFacts, language: 'zh-CN' | 'en'): readonly Agreement[] {
  const { agreement } = WORDS[language];
  const asked: Agreement[] = [{ id: 'capture', ...agreement.capture(facts) }];
  if (facts.recipient !== undefined) asked.push({ id: 'transmit', ...agreement.transmit(facts) });
  if (facts.returnsFace) asked.push({ id: 'returnFace', ...agreement.returnFace(facts) });
  return asked;
}

/** The notice as one text, for its hash: version, language, every section and every consent that was asked for. */
export function noticeText(facts: NoticeFacts, language: 'zh-CN' | 'en'): string {
  const sections = noticeOf(facts, language).flatMap(({ title, lines }) => ['', `# ${title}`, ...lines]);
  const asked = agreementsOf(facts, language).flatMap(({ label, detail }) => ['', `[ ] ${label}`, detail]);
  return [`${CONSENT_VERSION} ${language}`, ...sections, ...asked, ''].join('\n');
}

/** @param sha256Hex of UTF-8 text. */
export function noticeHash(facts: NoticeFacts, language: 'zh-CN' | 'en', sha256Hex: (text: string) => string): string {
  return sha256Hex(noticeText(facts, language));
}
