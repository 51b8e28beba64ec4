import { noticeLines, NOTICE_SECTIONS, type NoticeFacts, type NoticeSectionId } from './consent-notice-lines.ts';
import { fillIn, NOTICE_WORDS } from './consent-notice-words.ts';
import type { Language } from './reason-texts.ts';

export type { NoticeFacts, NoticeSectionId } from './consent-notice-lines.ts';
export { NOTICE_SECTIONS } from './consent-notice-lines.ts';

/** Version of the notice's wording. Whoever changes a word of it changes this. */
export const CONSENT_VERSION = '2026-11-3';

export interface NoticeSection {
  readonly id: NoticeSectionId;
  readonly title: string;
  /** Sentences, each on a line of its own. */
  readonly lines: readonly string[];
}

/** A consent of its own: each is asked apart from the others, and none is ticked beforehand. */
export interface Agreement {
  readonly id: 'capture' | 'transmit' | 'returnFace';
  readonly label: string;
  readonly detail: string;
}

/** The whole notice, in the order in which it is shown. */
export function noticeOf(facts: NoticeFacts, language: Language): readonly NoticeSection[] {
  const { titles } = NOTICE_WORDS[language];
  return NOTICE_SECTIONS.map((id) => ({ id, title: titles[id], lines: noticeLines(id, facts, language) })).filter(
    (section) => section.lines.length > 0,
  );
}

/** What is asked under the notice: the capture always, sending where somebody is set up, the return where a scene has it. */
export function agreementsOf(facts: NoticeFacts, language: Language): readonly Agreement[] {
  const { agreement, sending } = NOTICE_WORDS[language];
  const { withoutFace, recipient, sends, siteName } = facts;
  const asked: Agreement[] = [
    withoutFace
      ? { id: 'capture', label: agreement.identity, detail: agreement.identityDetail }
      : { id: 'capture', label: agreement.face, detail: agreement.faceDetail },
  ];
  if (recipient !== undefined) {
    const detail = fillIn(agreement.sendDetail, { recipient });
    asked.push({ id: 'transmit', label: sending[sends ?? 'record'], detail });
  }
  if (facts.returnsFace) {
    asked.push({ id: 'returnFace', label: agreement.return, detail: fillIn(agreement.returnDetail, { siteName }) });
  }
  return asked;
}

/** Who agrees: the person whose card it is, or whoever may agree for a child. */
export type AgreeingPerson = 'self' | 'guardian';

/** What a guardian is asked for a child, each apart: the same as whoever agrees for themselves. */
export function guardianAgreementsOf(
  {
    sends,
    recipient,
    returnsFace,
    withoutFace,
  }: Pick<NoticeFacts, 'sends' | 'recipient' | 'returnsFace' | 'withoutFace'>,
  language: Language,
): readonly Agreement[] {
  const { guardian } = NOTICE_WORDS[language];
  const asked: Agreement[] = [
    { id: 'capture', label: withoutFace ? guardian.check : guardian.capture, detail: guardian.captureDetail },
  ];
  if (recipient !== undefined) {
    const detail = fillIn(guardian.transmitDetail, { recipient });
    asked.push({ id: 'transmit', label: guardian.transmit[sends ?? 'record'], detail });
  }
  if (returnsFace) asked.push({ id: 'returnFace', label: guardian.returnFace, detail: guardian.returnFaceDetail });
  return asked;
}

/**
 * The notice as one text, for its hash: version, language, every section and every consent that was asked for; a
 * guardian's after those of the person.
 */
export function noticeText(facts: NoticeFacts, language: Language, by: AgreeingPerson = 'self'): string {
  const sections = noticeOf(facts, language).flatMap(({ title, lines }) => ['', `# ${title}`, ...lines]);
  const agreements = [
    ...agreementsOf(facts, language),
    ...(by === 'guardian' ? guardianAgreementsOf(facts, language) : []),
  ];
  const asked = agreements.flatMap(({ label, detail }) => ['', `[ ] ${label}`, detail]);
  return [`${CONSENT_VERSION} ${language}`, ...sections, ...asked, ''].join('\n');
}

/** @param sha256Hex of UTF-8 text. */
export function noticeHash(
  facts: NoticeFacts,
  language: Language,
  sha256Hex: (text: string) => string,
  by: AgreeingPerson = 'self',
): string {
  return sha256Hex(noticeText(facts, language, by));
}
