import type { KioskView } from '../../shared/ipc/kiosk-view.ts';
import type { Translate } from '../i18n/translation.ts';
import { cardGuide, type CardGuide } from './card-guide.ts';

/** What whoever agrees for a child is shown to do: as with any card, or to `swap` the child's for their own. */
export type GuardianGuide = CardGuide | 'swap';

export function guardianGuide({
  phase,
  problem,
}: Pick<Extract<KioskView, { screen: 'guardian-card' }>, 'phase' | 'problem'>): GuardianGuide {
  if (phase === 'searching' && (problem === 'guardian.same-card' || problem === 'card.left-on-reader')) return 'swap';
  return cardGuide({ phase, problem });
}

/** The one instruction of the guardian's card screen. */
export function guardianInstruction(guide: GuardianGuide, t: Translate): string {
  switch (guide) {
    case 'lay':
      return t('guardian.card.title');
    case 'swap':
      return t('guardian.card.swap');
    case 'reading':
      return t('guardian.card.readingTitle');
    default:
      return t(`card.guides.${guide}`);
  }
}
