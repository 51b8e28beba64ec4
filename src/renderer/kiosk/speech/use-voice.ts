import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import { VOLUME_STEPS, type Hearing } from '../access/use-visit.ts';
import { useEnvironment, useWords } from '../environment.ts';
import { createAnnouncer } from './announcer.ts';
import { useSpoken } from './use-spoken.ts';
import type { Speaker, Voice } from './voice.ts';

/** Whether a voice speaks the language on screen. */
export function useCanSpeak(): boolean {
  const { speaker } = useEnvironment();
  const { language } = useWords();
  return useSyncExternalStore(speaker?.onVoices ?? silent, () => speaker?.canSpeak(language) ?? false);
}

const silent = (): (() => void) => () => undefined;

/** The voice as this visitor has set it. */
export function useOwnVoice(elder: boolean, level: number): Voice {
  const { language } = useWords();
  return useMemo(() => ({ language, slow: elder, volume: level / VOLUME_STEPS }), [language, elder, level]);
}

/** Who listens is there: while something is said, the question whether somebody is does not come. */
const LISTENING_EVERY_MS = 8_000;

/** Tells the main process every few seconds that somebody listens, as long as `speaking`. */
export function useListening(speaking: boolean): void {
  const { act } = useEnvironment();
  useEffect(() => {
    if (!speaking) return;
    const timer = setInterval(() => void act({ type: 'still-here' }), LISTENING_EVERY_MS);
    return () => clearInterval(timer);
  }, [speaking, act]);
}

/** The same speaker, and whether it speaks. */
function useHeard(speaker: Speaker | null): readonly [Pick<Speaker, 'speak' | 'stop'> | null, boolean] {
  const [speaking, setSpeaking] = useState(false);
  const heard = useMemo(() => {
    if (!speaker) return null;
    let last: symbol | null = null;
    const speak: Speaker['speak'] = (text, voice, onEnd) => {
      const mine = Symbol('text');
      last = mine;
      setSpeaking(true);
      speaker.speak(text, voice, () => {
        if (last === mine) setSpeaking(false);
        onEnd?.();
      });
    };
    const stop = (): void => {
      last = null;
      setSpeaking(false);
      speaker.stop();
    };
    return { speak, stop };
  }, [speaker]);
  return [heard, speaking];
}

/** While the voice is on, says each screen as it comes and each prompt on it. Draws nothing. */
export function VoiceOf({ view, hearing }: { readonly view: KioskView; readonly hearing: Hearing }) {
  const { speaker } = useEnvironment();
  const { voiceOn, level } = hearing;
  const { opening, now } = useSpoken(view);
  const [heard, speaking] = useHeard(speaker);
  const announcer = useMemo(() => heard && createAnnouncer(heard), [heard]);
  const voice = useOwnVoice(view.elder, level);
  useListening(speaking && voiceOn && view.certifyId !== null);
  useEffect(() => {
    if (!announcer || !voiceOn) return;
    announcer.open(opening, voice);
    return announcer.stop;
  }, [announcer, voiceOn, opening, voice]);
  useEffect(() => {
    if (announcer && voiceOn) announcer.say(now, voice);
  }, [announcer, voiceOn, now, opening, voice]);
  return null;
}
