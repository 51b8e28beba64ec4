import type { Failure } from '../reasons.ts';
import type { DigitsChallenge } from './challenge.ts';
import { partsOf, type LivenessMode } from './liveness-mode.ts';

export type SpokenLanguage = DigitsChallenge['language'];

/** How this machine's own speech recogniser stands. `off` says why, which is never the same as "it found nothing". */
export type SpeechRecogniserState =
  | { readonly state: 'starting' }
  | { readonly state: 'ready'; readonly languages: readonly SpokenLanguage[] }
  | { readonly state: 'off'; readonly why: Failure };

/**
 * What reading digits aloud can be used for here. `alone`: somebody finds out which digits were said, so it can be a
 * scene's only challenge. `additional`: only the timing of voice and lips is looked at, which proves too little by
 * itself. `unavailable`: not even that.
 */
export type DigitLivenessUse = 'alone' | 'additional' | 'unavailable';

/** Why it isn't more, in a word that a screen can translate. */
export type DigitLivenessLimit = 'no-recogniser' | 'recogniser-starting' | 'other-language' | 'no-voice-detector';

export interface DigitLivenessOffer {
  readonly use: DigitLivenessUse;
  /** Null only for `alone`. */
  readonly limit: DigitLivenessLimit | null;
  /** The recogniser's own account of why it is off. */
  readonly why: Failure | null;
}

export interface DigitLivenessParts {
  readonly recogniser: SpeechRecogniserState;
  /** The verifier that judges the clip recognises the speech in it, and its answer is waited for. */
  readonly verifierRecognisesSpeech: boolean;
  /** The voice activity model is loaded; without it nobody knows when somebody spoke. */
  readonly voiceDetector: boolean;
  /** The language that the digits would be read in. */
  readonly language: SpokenLanguage;
}

/**
 * Without a voice detector nothing else counts; a verifier that recognises speech comes before this machine's own
 * recogniser.
 */
export function digitLivenessOffer(parts: DigitLivenessParts): DigitLivenessOffer {
  const { recogniser, verifierRecognisesSpeech, voiceDetector, language } = parts;
  if (!voiceDetector) return { use: 'unavailable', limit: 'no-voice-detector', why: null };
  if (verifierRecognisesSpeech) return { use: 'alone', limit: null, why: null };
  switch (recogniser.state) {
    case 'off':
      return { use: 'additional', limit: 'no-recogniser', why: recogniser.why };
    case 'starting':
      return { use: 'additional', limit: 'recogniser-starting', why: null };
    case 'ready':
      return recogniser.languages.includes(language)
        ? { use: 'alone', limit: null, why: null }
        : { use: 'additional', limit: 'other-language', why: null };
  }
}

/** Whether a scene may have this mode, given what reading digits can be used for here. */
export function allowsMode(offer: DigitLivenessOffer, mode: LivenessMode): boolean {
  const parts = partsOf(mode);
  if (!parts.some(({ kind }) => kind === 'digits')) return true;
  return offer.use === 'alone' || (offer.use === 'additional' && parts.length > 1);
}
