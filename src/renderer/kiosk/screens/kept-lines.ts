import type { KeptOfSubject } from '../../../shared/domain/subject-erasure.ts';
import type { Language } from '../../../shared/reason-texts.ts';
import type { Translate } from '../../i18n/translation.ts';
import { dateText } from './date-text.ts';

export interface KeptLine {
  readonly key: string;
  /** How many; null where a line counts nothing. */
  readonly count: number | null;
  readonly text: string;
  readonly note: string | null;
}

/** How many things an erasure takes away. */
export function erasableOf({ pictures, waiting, requests }: KeptOfSubject): number {
  return pictures + waiting + requests;
}

/** What an erasure takes away, and what stays; never a line about nothing. */
export function keptLines(
  kept: KeptOfSubject,
  t: Translate,
  language: Language,
): { readonly gone: readonly KeptLine[]; readonly stays: readonly KeptLine[] } {
  const counted = (['pictures', 'waiting', 'requests'] as const)
    .filter((part) => kept[part] > 0)
    .map((part) => lineOf(part, kept[part], t(`withdrawal.review.${part}`, { count: kept[part] })));
  const nothing = { key: 'nothing', count: null, text: t('withdrawal.review.nothing'), note: null };
  const sent = kept.sent ? [{ key: 'sent', count: null, text: t('withdrawal.review.sent'), note: null }] : [];
  const gone = [...(counted.length > 0 ? counted : [nothing]), ...sent];
  return { gone, stays: stayingLines(kept, t, language) };
}

function stayingLines(kept: KeptOfSubject, t: Translate, language: Language): KeptLine[] {
  const until = kept.recordsUntilMs;
  const note = until === null ? null : t('withdrawal.review.until', { date: dateText(until, language) });
  const { records, returnedFaces } = kept;
  return [
    ...(records > 0 ? [lineOf('records', records, t('withdrawal.review.records', { count: records }), note)] : []),
    ...(returnedFaces > 0
      ? [lineOf('returned', returnedFaces, t('withdrawal.review.returned', { count: returnedFaces }))]
      : []),
  ];
}

function lineOf(key: string, count: number, text: string, note: string | null = null): KeptLine {
  return { key, count, text, note };
}
