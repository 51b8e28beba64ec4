import { CHIP_STEPS, type ChipProgress } from '../../shared/domain/travel-document.ts';
import type { KioskView } from '../../shared/ipc/kiosk-view.ts';
import { REASONS } from '../../shared/reasons.ts';
import type { Translate } from '../i18n/translation.ts';

type ChipView = Extract<KioskView, { screen: 'travel-chip' }>;

/**
 * What the person is shown to do with the passport: `lay` it down, lay it down `again`, leave it while it is `reading`,
 * take it when it is `finished`; nothing where the chip is `unreadable` and no movement helps.
 */
export type ChipGuide = 'lay' | 'again' | 'reading' | 'finished' | 'unreadable';

/** The parts of reading that take time; waiting is before them. */
const PARTS = CHIP_STEPS.filter((step) => step !== 'waiting' && step !== 'done');

export function chipGuide({ progress, problem }: Pick<ChipView, 'progress' | 'problem'>): ChipGuide {
  if (progress.step === 'done') return 'finished';
  if (progress.step !== 'waiting') return 'reading';
  if (problem === null) return 'lay';
  return REASONS[problem].next === 'replace-card' ? 'again' : 'unreadable';
}

/** The one instruction and what explains it; after a problem, what helps. */
export function chipInstruction(guide: ChipGuide, t: Translate): { readonly title: string; readonly lead: string } {
  switch (guide) {
    case 'lay':
      return { title: t('chip.title'), lead: t('chip.lead') };
    case 'again':
      return { title: t('chip.again'), lead: t('chip.againAdvice') };
    case 'reading':
      return { title: t('chip.reading'), lead: t('chip.keepStill') };
    case 'finished':
      return { title: t('chip.finished'), lead: t('chip.finishedLead') };
    case 'unreadable':
      return { title: t('chip.unreadable'), lead: t('chip.unreadableAdvice') };
  }
}

/** 0–1 for every part, in their order. */
export function chipBars({ step, share }: ChipProgress): readonly number[] {
  if (step === 'done') return PARTS.map(() => 1);
  const now = PARTS.findIndex((part) => part === step);
  return PARTS.map((_, at) => (at < now ? 1 : at === now ? Math.min(1, Math.max(0, share ?? 0)) : 0));
}
