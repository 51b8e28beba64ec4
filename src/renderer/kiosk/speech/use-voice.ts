import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { KioskView } from '../../../shared/ipc/kiosk.ts';
import { useCapture, useEnvironment, useWords } from '../environment.ts';
import { createAnnouncer } from './announcer.ts';
import { spokenText } from './spoken-text.ts';

/** Whether a voice speaks the language on screen. */
export function useCanSpeak(): boolean {
  const { speaker } = useEnvironment();
  const { language } = useWords();
  return useSyncExternalStore(speaker?.onVoices ?? silent, () => speaker?.canSpeak(language) ?? false);
}

const silent = (): (() => void) => () => undefined;

/** While the voice is on, says each screen as it comes and each prompt on it. Draws nothing. */
export function VoiceOf({ view, voiceOn }: { readonly view: KioskView; readonly voiceOn: boolean }) {
  const { speaker } = useEnvironment();
  const { t, language } = useWords();
  const { progress } = useCapture();
  const { opening, now } = spokenText(view, progress, t);
  const announcer = useMemo(() => speaker && createAnnouncer(speaker), [speaker]);
  const voice = useMemo(() => ({ language, slow: view.elder }), [language, view.elder]);
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
