import type { IdCardField } from '../../../shared/domain/document-reading.ts';
import type { Language } from '../../../shared/reason-texts.ts';
import type { Translate } from '../../i18n/translation.ts';
import { kindOf } from './confirm-state.ts';

/** A field as people read it, as near to the card as the language allows; text that has not its form stays as it is. */
export function shownText(field: IdCardField, text: string, t: Translate, language: Language): string {
  switch (kindOf(field)) {
    case 'sex':
      return text === 'male' || text === 'female' ? t(`confirm.sex.${text}`) : text;
    case 'date':
      return dateText(field, text, t, language);
    case 'number':
      return /^\d{17}[\dX]$/i.test(text) ? text.replace(/^(.{6})(.{8})/, '$1 $2 ') : text;
    case 'text':
      return text;
  }
}

function dateText(field: IdCardField, text: string, t: Translate, language: Language): string {
  if (text === 'long-term') return t('confirm.longTerm');
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match || language === 'en') return text;
  const [year, month, day] = match.slice(1) as [string, string, string];
  return field === 'birthDate'
    ? t('confirm.birthDate', { year, month: Number(month), day: Number(day) })
    : `${year}.${month}.${day}`;
}
