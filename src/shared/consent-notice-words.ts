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

/** The words of a notice in one language. */
export interface NoticeWords {
  readonly titles: Readonly<Record<NoticeSectionId, string>>;
  /** No lines: the section is left out. */
  readonly lines: Readonly<Record<NoticeSectionId, (facts: NoticeFacts) => readonly string[]>>;
  readonly agreement: Readonly<Record<Agreement['id'], (facts: NoticeFacts) => Omit<Agreement, 'id'>>>;
}

/** Whole years where the days are that many, else days. */
export function noticePeriod(days: number): { readonly count: number; readonly unit: 'year' | 'day' } {
  return days >= 365 && days % 365 === 0 ? { count: days / 365, unit: 'year' } : { count: days, unit: 'day' };
}
