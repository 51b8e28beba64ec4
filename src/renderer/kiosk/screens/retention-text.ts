import type { Translate } from '../../i18n/translation.ts';

export interface Retention {
  readonly retentionDays: number;
  /** Whether pictures are kept too, or deleted once somebody has been verified. */
  readonly keepsPictures?: boolean;
  /** Whether a video is kept with the pictures. */
  readonly keepsClip?: boolean;
}

/** What is kept and how long, in years where it is whole years. */
export function retentionText(retention: Retention, t: Translate): string {
  const { retentionDays, keepsPictures = false, keepsClip = false } = retention;
  const inYears = retentionDays % 365 === 0;
  const count = inYears ? retentionDays / 365 : retentionDays;
  if (keepsPictures && keepsClip) return t(inYears ? 'consent.yearsClip' : 'consent.daysClip', { count });
  if (keepsPictures) return t(inYears ? 'consent.yearsPictures' : 'consent.daysPictures', { count });
  return t(inYears ? 'consent.years' : 'consent.days', { count });
}
