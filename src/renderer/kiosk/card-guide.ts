import type { ReaderForm } from '../../shared/domain/peripherals.ts';
import type { KioskView } from '../../shared/ipc/kiosk-view.ts';
import type { ReasonCode } from '../../shared/reasons.ts';
import type { Translate } from '../i18n/translation.ts';

type CardView = Extract<KioskView, { screen: 'card' }>;

/**
 * What the person is shown to do with the card: `lay` it down, lay it down `again`, only `one` of them, let it `stay`
 * longer than last time; nothing while it is `reading`.
 */
export type CardGuide = 'lay' | 'again' | 'one' | 'stay' | 'reading';

/** What helps after a try that failed. */
function guideAfter(problem: ReasonCode): 'again' | 'one' | 'stay' {
  switch (problem) {
    case 'card.select-failed':
      return 'one';
    case 'card.pulled':
      return 'stay';
    default:
      return 'again';
  }
}

/** What the card screen shows. */
export function cardGuide({ phase, problem }: Pick<CardView, 'phase' | 'problem'>): CardGuide {
  if (phase !== 'searching') return 'reading';
  return problem === null ? 'lay' : guideAfter(problem);
}

/** The one instruction of the card screen, for a reader of this form. */
export function cardInstruction(guide: CardGuide, t: Translate, form: ReaderForm = 'plate'): string {
  if (guide === 'reading') return t('card.readingTitle');
  if (form !== 'plate') return t(`card.forms.${form}.${guide === 'lay' ? 'title' : guide}`);
  return guide === 'lay' ? t('card.title') : t(`card.guides.${guide}`);
}

/** What stands under the instruction while nothing is wrong. */
export function cardLead(reading: boolean, t: Translate, form: ReaderForm = 'plate'): string {
  if (form !== 'plate') return t(`card.forms.${form}.${reading ? 'readingLead' : 'lead'}`);
  return t(reading ? 'card.readingLead' : 'card.lead');
}
