import type { Language } from '../../../shared/reason-texts.ts';
import type { Failure } from '../../../shared/reasons.ts';
import type { Result } from '../../../shared/result.ts';

/** A voice of the operating system. */
export interface SystemVoice {
  readonly name: string;
  readonly language: Language;
  /** It works without a network; others are never used, because what is read out must not leave the device. */
  readonly local: boolean;
}

export interface OpenMicrophone {
  /** What it is called; empty where it doesn't say. */
  readonly label: string;
  close(): void;
}

/** Loudspeaker, voices and microphone of this machine. */
export interface Sound {
  readonly voices: () => readonly SystemVoice[];
  /** Calls back when voices have come or gone; returns how to stop. */
  readonly onVoices: (listener: () => void) => () => void;
  /** Says a text; what was being said stops. `onEnd` is called once. */
  readonly speak: (
    text: string,
    options: { readonly language: Language; readonly volume: number },
    onEnd: () => void,
  ) => void;
  /** Plays a tone of about a second. */
  readonly tone: (volume: number) => Promise<Result<null, Failure>>;
  /** Listens and tells how loud it is, 0–1, until it is closed. Nothing is kept. */
  readonly listen: (onLevel: (level: number) => void) => Promise<Result<OpenMicrophone, Failure>>;
}
