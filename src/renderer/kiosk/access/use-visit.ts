import { createContext, useContext, useState } from 'react';
import { DEFAULT_PERIPHERALS } from '../../../shared/domain/peripherals.ts';
import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';

/** The loudness has this many steps; the quietest can still be heard. */
export const VOLUME_STEPS = 5;

/** What a visitor has chosen for their ears, until the screen is wiped. */
export interface Hearing {
  readonly voiceOn: boolean;
  /** 1 to `VOLUME_STEPS`. */
  readonly level: number;
  readonly setVoice: (on: boolean) => void;
  readonly setLevel: (level: number) => void;
}

/** The step that is nearest to a loudness of 0..1. */
export function levelOf(volume: number): number {
  return Math.min(VOLUME_STEPS, Math.max(1, Math.round(volume * VOLUME_STEPS)));
}

/** The next visitor begins in silence, and with the loudness that the terminal is set to. */
export function useHearing(view: KioskView): Hearing {
  const [voiceOn, setVoice] = useState(false);
  const [chosen, setLevel] = useState<number | null>(null);
  const [before, setBefore] = useState(view.screen);
  if (view.screen !== before) {
    setBefore(view.screen);
    if (view.screen === 'attract') {
      setVoice(false);
      setLevel(null);
    }
  }
  const level = chosen ?? levelOf(view.volume ?? DEFAULT_PERIPHERALS.volume);
  return { voiceOn, level, setVoice, setLevel };
}

const SILENT: Hearing = { voiceOn: false, level: VOLUME_STEPS, setVoice: () => undefined, setLevel: () => undefined };
export const HearingContext = createContext<Hearing>(SILENT);

export function useHeardLevel(): number {
  return useContext(HearingContext).level;
}
