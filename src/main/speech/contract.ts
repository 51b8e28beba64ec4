import type { SpokenLanguage } from '../../shared/domain/digit-liveness.ts';

/** The calls that the speech process answers. */
export type SpeechContract = {
  /** Checks and loads the model in `folder` and has it recognise its self-test; replaces the one before. */
  prepare: {
    params: { readonly folder: string };
    result: {
      readonly name: string;
      readonly languages: readonly SpokenLanguage[];
      readonly loadMs: number;
      /** Time to recognise the self-test, and how long its utterance is. */
      readonly selfTestMs: number;
      readonly utteranceMs: number;
    };
  };
  /**
   * 16-bit little-endian samples, one channel, 16 kHz, at most 30 s; they are zeroed afterwards. The answer holds the
   * digits that were heard, in order, and nothing else that was said.
   */
  recognise: {
    params: { readonly pcm: Uint8Array; readonly language: SpokenLanguage };
    result: { readonly digits: string };
  };
};
