import { SPEECH_SAMPLE_RATE } from '../../shared/domain/voice-detector.ts';

/** No digits challenge lasts so long; what comes after is left out. */
const MAX_SECONDS = 30;
/** Chunks are stamped when they arrive; a larger step than this is a hole, which is filled with silence. */
const MAX_STEP_MS = 60;

/** The sound of one challenge in memory, for the recogniser. */
export interface SpeechRecording {
  /** 16-bit little-endian samples, 16 kHz, copied; a chunk from before the last one is left out. */
  hear(pcm: Uint8Array, startedAtMs: number): void;
  /** All of it, and the end of the recording: it is the caller's to zero. */
  take(): Uint8Array;
  /** Zeroes what was kept. */
  wipe(): void;
}

/**
 * Memory for 30 seconds, taken once. Times are of one clock, in milliseconds, and chunks have to come in their order.
 */
export function createSpeechRecording(): SpeechRecording {
  const sound = new Uint8Array(2 * MAX_SECONDS * SPEECH_SAMPLE_RATE);
  let filled = 0;
  let nextMs: number | null = null;
  let isFull = false;
  // The next challenge's times have nothing to do with this one's: the page may even have been loaded anew.
  const forget = (): void => {
    sound.fill(0);
    filled = 0;
    nextMs = null;
    isFull = false;
  };
  return {
    hear: (pcm, startedAtMs) => {
      const stepMs = nextMs === null ? 0 : startedAtMs - nextMs;
      if (isFull || stepMs < -MAX_STEP_MS) return;
      const silence = stepMs > MAX_STEP_MS ? 2 * Math.round((stepMs * SPEECH_SAMPLE_RATE) / 1_000) : 0;
      nextMs = startedAtMs + (500 * pcm.length) / SPEECH_SAMPLE_RATE;
      isFull = filled + silence + pcm.length > sound.length;
      if (isFull) return;
      sound.set(pcm, filled + silence);
      filled += silence + pcm.length;
    },
    take: () => {
      const taken = sound.slice(0, filled);
      forget();
      return taken;
    },
    wipe: forget,
  };
}
