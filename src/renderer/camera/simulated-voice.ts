/** Bursts of sound in the rhythm of speech: voiced, but no words. No recogniser takes it for a digit. */
export interface SimulatedVoice {
  readonly stream: MediaStream;
  /** One syllable, `delayMs` from now. */
  say(digit: string, delayMs: number): void;
  close(): void;
}

const PITCH_HERTZ = 130;
const SYLLABLE_SECONDS = 0.28;
const ATTACK_SECONDS = 0.03;
const LOUDNESS = 0.4;
/** First and second formants of the vowels in the ten digits of Mandarin, roughly, hertz. */
const FORMANTS: Readonly<Record<string, readonly [number, number]>> = {
  '0': [350, 2_200],
  '1': [300, 2_300],
  '2': [600, 1_300],
  '3': [800, 1_400],
  '4': [450, 1_500],
  '5': [350, 750],
  '6': [450, 1_700],
  '7': [300, 2_200],
  '8': [800, 1_250],
  '9': [400, 1_900],
};
const NEUTRAL_FORMANTS: readonly [number, number] = [500, 1_500];

function formant(context: AudioContext, hertz: number): BiquadFilterNode {
  const filter = context.createBiquadFilter();
  filter.type = 'bandpass';
  filter.frequency.value = hertz;
  filter.Q.value = 6;
  return filter;
}

/** A sawtooth, which is rich in harmonics like the vocal folds, through two formants. */
export function createSimulatedVoice(): SimulatedVoice {
  const context = new AudioContext();
  const output = context.createMediaStreamDestination();
  void context.resume();
  return {
    stream: output.stream,
    say: (digit, delayMs) => {
      const startsAt = context.currentTime + delayMs / 1_000;
      const folds = context.createOscillator();
      folds.type = 'sawtooth';
      folds.frequency.setValueAtTime(1.1 * PITCH_HERTZ, startsAt);
      folds.frequency.linearRampToValueAtTime(0.9 * PITCH_HERTZ, startsAt + SYLLABLE_SECONDS);
      const loudness = context.createGain();
      loudness.gain.setValueAtTime(0, startsAt);
      loudness.gain.linearRampToValueAtTime(LOUDNESS, startsAt + ATTACK_SECONDS);
      loudness.gain.setValueAtTime(LOUDNESS, startsAt + 0.6 * SYLLABLE_SECONDS);
      loudness.gain.linearRampToValueAtTime(0, startsAt + SYLLABLE_SECONDS);
      for (const hertz of FORMANTS[digit] ?? NEUTRAL_FORMANTS) {
        folds.connect(formant(context, hertz)).connect(loudness);
      }
      loudness.connect(output);
      folds.start(startsAt);
      folds.stop(startsAt + SYLLABLE_SECONDS);
      folds.addEventListener('ended', () => loudness.disconnect());
    },
    close: () => {
      output.stream.getTracks().forEach((track) => track.stop());
      void context.close();
    },
  };
}
