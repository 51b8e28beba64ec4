import type { Language } from '../../../shared/reason-texts.ts';

export interface Voice {
  readonly language: Language;
  /** More slowly, where large text has been asked for. */
  readonly slow: boolean;
}

export interface Speaker {
  /** Whether this machine has a voice for the language. */
  readonly canSpeak: (language: Language) => boolean;
  /** Calls back when voices have come or gone. */
  readonly onVoices: (listener: () => void) => () => void;
  /** Says a text; what was being said stops. `onEnd` is called once, also when it was cut short. */
  readonly speak: (text: string, voice: Voice, onEnd?: () => void) => void;
  readonly stop: () => void;
}
