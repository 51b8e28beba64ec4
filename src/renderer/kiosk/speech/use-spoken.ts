import { useEffect, useState } from 'react';
import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import { useCapture, useWords } from '../environment.ts';
import { spokenText, type SpokenText } from './spoken-text.ts';

/** A spoken hint lasts about this long; the next one waits for it. */
const HINT_LASTS_MS = 1_500;

const NOTHING: SpokenText = { opening: '', now: '' };

/** Whether the camera's hints follow each other on this screen. */
function isHinting({ screen, idleSecondsLeft }: KioskView): boolean {
  return (
    idleSecondsLeft === null && (screen === 'position' || screen === 'card-photo' || screen === 'document-capture')
  );
}

/** It is right now: to be known at once. */
function isPraise(view: KioskView): boolean {
  return 'hint' in view && view.hint === 'hold-still';
}

/**
 * What is said of a screen, aloud and to a screen reader. Of the camera's hints one is said at a time: the next waits
 * until the last has been said, and those in between are left out.
 */
export function useSpoken(view: KioskView | null): SpokenText {
  const { t } = useWords();
  const { progress } = useCapture();
  const { opening, now } = view ? spokenText(view, progress, t) : NOTHING;
  const key = view && isHinting(view) ? [view.screen, view.language, String(view.elder), opening].join() : null;
  const isAtOnce = key === null || (view !== null && isPraise(view));
  const [said, setSaid] = useState({ key, now, sinceMs: -Infinity });
  if (key !== said.key) setSaid({ key, now: key === null ? '' : now, sinceMs: -Infinity });
  useEffect(() => {
    if (key === null || now === said.now) return;
    const waitMs = isAtOnce ? 0 : Math.max(0, said.sinceMs + HINT_LASTS_MS - performance.now());
    const timer = setTimeout(() => setSaid({ key, now, sinceMs: performance.now() }), waitMs);
    return () => clearTimeout(timer);
  }, [key, now, isAtOnce, said]);
  return { opening, now: isAtOnce || key !== said.key ? now : said.now };
}
