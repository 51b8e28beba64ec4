import type { Translate } from '../../i18n/translation.ts';

export interface Retention {
  readonly retentionDays: number;
  /** Whether pictures are kept too, or deleted once somebody has been verified. */
  readonly keepsPictures?: boolean;
}

/** What is kept and how long, in years where it is whole years. */
export function retentionText({ retentionDays, keepsPictures = false }: Retention, t: Translate): string {
  const inYears = retentionDays % 365 === 0;
  const count = inYears ? retentionDays / 365 : retentionDays;
  if (keepsPictures) return t(inYears ? 'consent.yearsPictures' : 'consent.daysPictures', { count });
  return t(inYears ? 'consent.years' : 'consent.days', { count });
}
