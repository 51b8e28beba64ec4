import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import { reasonText } from '../../../shared/reason-texts.ts';
import type { Translate } from '../../i18n/translation.ts';
import { cardGuide, cardInstruction } from '../card-guide.ts';
import { guardianGuide, guardianInstruction } from '../guardian-guide.ts';
import { handOffStage } from '../screens/hand-off-stage.ts';
import { erasableOf, keptLines } from '../screens/kept-lines.ts';
import { outcomeLines, outcomeTitle } from '../screens/outcome-lines.ts';

type ViewOf<S extends KioskView['screen']> = Extract<KioskView, { screen: S }>;

/** Never who is expected: others may be listening. */
export function attractSentences({ expected }: ViewOf<'attract'>, t: Translate): string[] {
  if (!expected) return [t('attract.title'), t('attract.lead')];
  return [t('expected.titleUnnamed'), t('attract.lead')];
}

export function guardianCardSentences(view: ViewOf<'guardian-card'>, t: Translate): string[] {
  const guide = guardianGuide(view);
  if (guide === 'reading') return [t(`card.${view.phase === 'found' ? 'found' : 'reading'}`)];
  const instruction = guardianInstruction(guide, t);
  return view.problem
    ? [reasonText(view.problem, view.language, 'person'), instruction]
    : [instruction, t('guardian.card.lead')];
}

export function methodSentences({ methods }: ViewOf<'methods'>, t: Translate): string[] {
  return [t('methods.title'), ...methods.map((method) => t(`methods.names.${method}`)), t('actions.clerk')];
}

export function handOffSentences(view: ViewOf<'hand-off'>, t: Translate): string[] {
  switch (handOffStage(view)) {
    case 'opening':
      return [t('handOff.opening'), t('handOff.openingLead')];
    case 'code':
      return [t('handOff.title'), ...(['scan', 'follow', 'wait'] as const).map((step) => t(`handOff.steps.${step}`))];
    case 'opened':
      return [t('handOff.opened'), t('handOff.openedLead')];
  }
}

export function awaitingSentences({ receiptNumber }: ViewOf<'awaiting'>, t: Translate): string[] {
  const leave = receiptNumber ? 'awaiting.leaveReceipt' : 'awaiting.leave';
  return [t('awaiting.title'), t('awaiting.lead'), t(leave)];
}

type Withdrawal = Extract<KioskView, { screen: `withdrawal-${string}` }>;

export function withdrawalSentences(view: Withdrawal, t: Translate): string[] {
  switch (view.screen) {
    case 'withdrawal-card':
      return holderCardSentences(view, t);
    case 'withdrawal-review':
      return reviewSentences(view, t);
    case 'withdrawal-erasing':
      return [t('withdrawal.erasing.title'), t('withdrawal.erasing.lead')];
    case 'withdrawal-done':
      return [outcomeTitle(view.outcome, t), ...outcomeLines(view.outcome, t, view.language)];
  }
}

function holderCardSentences(view: ViewOf<'withdrawal-card'>, t: Translate): string[] {
  if (view.phase !== 'searching') return [t(`card.${view.phase}`)];
  const guide = cardGuide(view);
  const instruction = guide === 'lay' ? t('withdrawal.card.title') : cardInstruction(guide, t, view.readerForm);
  return view.problem
    ? [reasonText(view.problem, view.language, 'person'), instruction]
    : [instruction, t('withdrawal.card.lead')];
}

function reviewSentences({ kept, language }: ViewOf<'withdrawal-review'>, t: Translate): string[] {
  const { gone, stays } = keptLines(kept, t, language);
  const space = language === 'en' ? ' ' : '';
  const said = [...gone, ...stays].map(({ count, text, note }) =>
    [count ?? '', text, note ?? ''].filter((part) => part !== '').join(space),
  );
  return [t(erasableOf(kept) === 0 ? 'withdrawal.review.onlyRecords' : 'withdrawal.review.title'), ...said];
}
