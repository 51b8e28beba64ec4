import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import type { SpokenText } from './spoken-text.ts';

/** What is told at once, and what waits until the screen reader has finished what it says. */
export interface Announced {
  readonly urgent: string;
  /** One part each, so that a new hint is said without what the screen began with. */
  readonly polite: SpokenText;
}

/** Something went wrong that the person can do something about, or their time runs out. */
function isUrgent(view: KioskView): boolean {
  if (view.idleSecondsLeft !== null) return true;
  switch (view.screen) {
    case 'card':
    case 'guardian-card':
    case 'withdrawal-card':
      return view.phase === 'searching' && view.problem !== null;
    case 'travel-chip':
      return view.progress.step === 'waiting' && view.problem !== null;
    case 'document-capture':
      return !view.reading && view.problem !== null;
    case 'document-confirm':
      return view.problem !== null;
    case 'result':
      return view.result.state === 'error';
    default:
      return false;
  }
}

/** Which part of what the voice says goes before everything else: what a screen begins with, else what holds now. */
export function announced(view: KioskView, { opening, now }: SpokenText): Announced {
  if (!isUrgent(view)) return { urgent: '', polite: { opening, now } };
  if (opening === '') return { urgent: now, polite: { opening: '', now: '' } };
  return { urgent: opening, polite: { opening: '', now } };
}
