import { useEffect, useSyncExternalStore } from 'react';
import type { KioskView } from '../../../shared/ipc/kiosk.ts';
import { useEnvironment, useWords } from '../environment.ts';
import { spokenText } from './spoken-text.ts';

/** Whether a voice speaks the language on screen. */
export function useCanSpeak(): boolean {
  const { speaker } = useEnvironment();
  const { language } = useWords();
  return useSyncExternalStore(speaker?.onVoices ?? silent, () => speaker?.canSpeak(language) ?? false);
}

const silent = (): (() => void) => () => undefined;

/** While the voice is on, says each screen as it comes. */
export function useVoice(view: KioskView, voiceOn: boolean): void {
  const { speaker } = useEnvironment();
  const { t, language } = useWords();
  const text = spokenText(view, t);
  useEffect(() => {
    if (!speaker || !voiceOn) return;
    speaker.speak(text, language);
    return () => speaker.stop();
  }, [speaker, voiceOn, text, language]);
}
