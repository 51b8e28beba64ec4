import type { KioskView } from '../../shared/ipc/kiosk.ts';
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

/** The one instruction of the card screen. */
export function cardInstruction(guide: CardGuide, t: Translate): string {
  switch (guide) {
    case 'lay':
      return t('card.title');
    case 'reading':
      return t('card.readingTitle');
    default:
      return t(`card.guides.${guide}`);
  }
}
