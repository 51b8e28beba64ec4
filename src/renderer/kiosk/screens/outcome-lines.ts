import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import { nextStepText, reasonText, type Language } from '../../../shared/reason-texts.ts';
import { REASONS } from '../../../shared/reasons.ts';
import type { Translate } from '../../i18n/translation.ts';
import { dateText } from './date-text.ts';

type Outcome = Extract<KioskView, { screen: 'withdrawal-done' }>['outcome'];

const TITLES = {
  erased: 'withdrawal.done.erased',
  'nothing-kept': 'withdrawal.done.nothing',
  failed: 'withdrawal.done.failed',
} as const;

export function outcomeTitle({ kind }: Outcome, t: Translate): string {
  return t(TITLES[kind]);
}

/** What happened, a line for each part. */
export function outcomeLines(outcome: Outcome, t: Translate, language: Language): string[] {
  switch (outcome.kind) {
    case 'nothing-kept':
      return [t('withdrawal.done.nothingLead')];
    case 'failed': {
      const space = language === 'en' ? ' ' : '';
      const next = nextStepText(REASONS[outcome.reason].next, language, 'person');
      return [`${reasonText(outcome.reason, language, 'person')}${space}${next}`];
    }
    case 'erased':
      return [
        goneText(outcome, t),
        ...remainingText(outcome, t, language),
        t(`withdrawal.done.verifier.${outcome.verifier}`),
      ];
  }
}

type Erased = Extract<Outcome, { kind: 'erased' }>;

function goneText({ erased }: Erased, t: Translate): string {
  const count = erased.pictures + erased.waiting + erased.requests;
  return count === 0 ? t('withdrawal.done.goneNone') : t('withdrawal.done.gone', { count });
}

function remainingText({ remaining }: Erased, t: Translate, language: Language): string[] {
  const { records: count, untilMs } = remaining;
  if (count === 0) return [];
  return untilMs === null
    ? [t('withdrawal.done.remaining', { count })]
    : [t('withdrawal.done.remainingUntil', { count, date: dateText(untilMs, language) })];
}
