import type { Translate } from '../../i18n/translation.ts';

/** How long a record is kept, in years where it is whole years. */
export function retentionText(days: number, t: Translate): string {
  return days % 365 === 0 ? t('consent.years', { count: days / 365 }) : t('consent.days', { count: days });
}
