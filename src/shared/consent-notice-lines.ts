import { fillIn, NOTICE_WORDS, periodText, type NoticeWords } from './consent-notice-words.ts';
import type { Language } from './reason-texts.ts';

/** What a notice depends on: what the consent screen shows, by the same names. */
export interface NoticeFacts {
  readonly siteName: string;
  /** How whoever processes can be reached; absent: by the staff of this counter. */
  readonly contact?: string;
  /** What the verification is for, in the words of the site. */
  readonly purpose: string;
  readonly legalBasis?: 'consent' | 'contract' | 'legal-duty';
  /** The scheme looks at no face. */
  readonly withoutFace?: boolean;
  readonly retentionDays: number;
  readonly keepsPictures?: boolean;
  readonly keepsClip?: boolean;
  /** Pictures wait for the system that asked for the certification. */
  readonly keepsForCaller?: boolean;
  /** What is sent beside the record. */
  readonly sends?: 'identity' | 'face' | 'video';
  /** Whom it is sent to; absent where nobody is set up. */
  readonly recipient?: string;
  readonly returnsFace?: boolean;
}

/** What has to be said before anything is taken (PIPL articles 17 and 30; Measures on face recognition, article 5). */
export const NOTICE_SECTIONS = [
  'who',
  'purpose',
  'basis',
  'taken',
  'compared',
  'sent',
  'kept',
  'returned',
  'impact',
  'rights',
  'other-ways',
] as const;
export type NoticeSectionId = (typeof NOTICE_SECTIONS)[number];

type Lines = (words: NoticeWords, facts: NoticeFacts, language: Language) => readonly string[];

/** The sentences of each section, each on a line of its own. No lines: the section is left out. */
const LINES: Readonly<Record<NoticeSectionId, Lines>> = {
  who: ({ who }, { siteName, contact }) => [
    fillIn(who.by, { siteName }),
    contact === undefined ? who.staff : fillIn(who.contact, { contact }),
  ],
  purpose: ({ purpose: words }, { purpose }) => [fillIn(words.for, { purpose }), words.only],
  basis: ({ basis }, { legalBasis = 'consent' }) => [basis[legalBasis]],
  taken: ({ taken }, { withoutFace, keepsClip, sends }) => {
    if (withoutFace) return [taken.identity];
    return [taken.identity, keepsClip || sends === 'video' ? taken.video : taken.pictures];
  },
  compared: ({ compared }, { withoutFace }) => (withoutFace ? [compared.identity] : [compared.face, compared.alone]),
  sent: ({ sent, contents }, { recipient, sends, keepsForCaller }) => {
    if (recipient === undefined) return [keepsForCaller ? sent.caller : sent.nowhere];
    return [
      fillIn(sent.to, { recipient }),
      fillIn(sent.what, { contents: contents[sends ?? 'record'] }),
      keepsForCaller ? sent.caller : sent.otherwise,
    ];
  },
  kept: keptLines,
  returned: ({ returned }, { returnsFace, siteName }) =>
    returnsFace ? [fillIn(returned.one, { siteName }), returned.optional] : [],
  impact: ({ impact }, { withoutFace }) => [withoutFace ? impact.identity : impact.face, impact.why, impact.so],
  rights: ({ rights }) => [rights.refuse, rights.withdraw, rights.erased, rights.correct, rights.child],
  'other-ways': (words) => [words['other-ways'].staff, words['other-ways'].same],
};

function keptLines(words: NoticeWords, facts: NoticeFacts, language: Language): readonly string[] {
  const { kept } = words;
  const { withoutFace, retentionDays, keepsPictures, keepsClip, keepsForCaller, sends, recipient } = facts;
  const period = periodText(words, retentionDays, language);
  const record = fillIn(kept.record, { period });
  const forCaller = keepsForCaller ? [kept.caller] : [];
  if (withoutFace) return [record, ...forCaller];
  if (keepsPictures) return [record, fillIn(keepsClip ? kept.video : kept.pictures, { period }), ...forCaller];
  // Nothing is erased right away then, and nobody is told so.
  if (keepsForCaller) return [record, kept.caller];
  const waits = recipient !== undefined && (sends === 'face' || sends === 'video');
  return [record, waits ? kept.until : kept.not];
}

/** The sentences of one section in a language. */
export function noticeLines(id: NoticeSectionId, facts: NoticeFacts, language: Language): readonly string[] {
  return LINES[id](NOTICE_WORDS[language], facts, language);
}
