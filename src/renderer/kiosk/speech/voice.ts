import type { Language } from '../../../shared/reason-texts.ts';

export interface Voice {
  readonly language: Language;
  /** More slowly, where large text has been asked for. */
  readonly slow: boolean;
  /** Loudness, 0..1. */
  readonly volume: number;
}

export interface Speaker {
  /** Whether there is a voice for the language. */
  readonly canSpeak: (language: Language) => boolean;
  /** Calls back when voices have come or gone. */
  readonly onVoices: (listener: () => void) => () => void;
  /** Says a text; what was being said stops. `onEnd` is called once, also when it was cut short. */
  readonly speak: (text: string, voice: Voice, onEnd?: () => void) => void;
  readonly stop: () => void;
}

/** The first speaker that has a voice for a language; later ones stand in for it. */
export function firstOf(speakers: readonly Speaker[]): Speaker {
  const stop = (): void => speakers.forEach((speaker) => speaker.stop());
  const of = (language: Language): Speaker | undefined => speakers.find((speaker) => speaker.canSpeak(language));
  return {
    canSpeak: (language) => of(language) !== undefined,
    onVoices: (listener) => {
      const ends = speakers.map((speaker) => speaker.onVoices(listener));
      return () => ends.forEach((end) => end());
    },
    speak: (text, voice, onEnd) => {
      stop();
      const speaker = of(voice.language);
      if (speaker) speaker.speak(text, voice, onEnd);
      else onEnd?.();
    },
    stop,
  };
}
