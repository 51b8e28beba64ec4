/** Sound reaches the detector and the recogniser at this rate. */
export const SPEECH_SAMPLE_RATE = 16_000;
/** The detector takes this many samples at a time: 32 ms. */
export const VOICE_WINDOW_SAMPLES = 512;

/** Tells speech from everything else, window by window; it remembers what it heard before. Calls must not overlap. */
export interface VoiceDetector {
  /**
   * @param window exactly `VOICE_WINDOW_SAMPLES` samples, −1–1, that follow the ones before.
   * @returns the probability that somebody speaks, 0–1.
   */
  detect(window: Float32Array): Promise<number>;
  /** Forgets what was heard. */
  wipe(): void;
}
