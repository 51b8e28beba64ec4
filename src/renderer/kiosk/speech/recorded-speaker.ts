import type { Language } from '../../../shared/reason-texts.ts';
import { recordingsFor, type Recordings } from './recordings.ts';
import type { Speaker } from './voice.ts';

const SLOW_RATE = 0.85;

/** The few members of an `HTMLAudioElement` that are used. */
export interface Player {
  volume: number;
  playbackRate: number;
  onended: unknown;
  onerror: unknown;
  play(): Promise<void>;
  pause(): void;
}

/**
 * Plays recorded sentences one after the other, where the system has no voice.
 *
 * @param instead the sentence that stands for those that have no recording
 */
export function recordedSpeaker(
  recordings: Readonly<Record<Language, Recordings>>,
  instead: (language: Language) => string,
  open: (address: string) => Player,
): Speaker {
  let stopNow: () => void = () => undefined;
  return {
    canSpeak: (language) => recordings[language].size > 0,
    onVoices: () => () => undefined,
    speak: (text, { language, slow, volume }, onEnd) => {
      stopNow();
      const queue = [...recordingsFor(text, language, recordings[language], instead(language))];
      let playing: Player | null = null;
      let ended = false;
      const end = (): void => {
        if (ended) return;
        ended = true;
        playing?.pause();
        onEnd?.();
      };
      const next = (): void => {
        if (ended) return;
        const address = queue.shift();
        if (address === undefined) return end();
        const player = open(address);
        playing = player;
        player.volume = volume;
        player.playbackRate = slow ? SLOW_RATE : 1;
        player.onended = player.onerror = next;
        player.play().catch(next);
      };
      stopNow = end;
      next();
    },
    stop: () => stopNow(),
  };
}
