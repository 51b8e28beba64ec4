import { CLIP_SAMPLE_RATE } from '../../shared/domain/clip.ts';

/** Samples of a microphone: 16 bits, one channel, `CLIP_SAMPLE_RATE`; the time is the first one's, on the frames' clock. */
export interface SoundPiece {
  readonly samples: Int16Array;
  readonly startedAtMs: number;
}

/** Where a clip's sound comes from. */
export interface ClipSound {
  /** Calls back with every piece until the returned function is called. */
  onSamples(listener: (piece: SoundPiece) => void): () => void;
}

/** A clip's sound that is fed with what a microphone gives for something else. */
export interface HeardSound extends ClipSound {
  /** Takes a chunk: 16-bit little-endian samples. The bytes are copied before this returns. */
  hear(chunk: { readonly pcm: Uint8Array; readonly startedAtMs: number }): void;
}

export function createHeardSound(): HeardSound {
  const listeners = new Set<(piece: SoundPiece) => void>();
  return {
    hear: ({ pcm, startedAtMs }) => {
      const samples = new Int16Array(pcm.slice(0, pcm.length & ~1).buffer);
      for (const listener of listeners) listener({ samples, startedAtMs });
    },
    onSamples: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Times of pieces waver; a piece that is no further off than this follows the one before without a gap. */
const JITTER_MS = 60;

/** One run of samples from `startMs` to `endMs`: what came earlier or later is left out, what is missing is silent. */
export function soundBetween(pieces: readonly SoundPiece[], startMs: number, endMs: number): Int16Array {
  const samplesAt = (ms: number): number => Math.round(((ms - startMs) * CLIP_SAMPLE_RATE) / 1_000);
  const whole = new Int16Array(Math.max(0, samplesAt(endMs)));
  const jitter = (JITTER_MS * CLIP_SAMPLE_RATE) / 1_000;
  let next: number | null = null;
  for (const { samples, startedAtMs } of pieces) {
    const expected = samplesAt(startedAtMs);
    const at: number = next !== null && Math.abs(expected - next) <= jitter ? next : expected;
    const from = Math.max(0, -at);
    const upTo = Math.min(samples.length, whole.length - at);
    if (upTo > from) whole.set(samples.subarray(from, upTo), at + from);
    next = at + samples.length;
  }
  return whole;
}

/** The same sound at three times the rate, as floats of −1 to 1: encoders take 48 kHz, not all of them 16. */
export function atThreeTimesTheRate(samples: Int16Array): Float32Array<ArrayBuffer> {
  const dense = new Float32Array(samples.length * 3);
  for (let i = 0; i < samples.length; i++) {
    const here = samples[i]! / 32_768;
    const step = ((samples[i + 1] ?? samples[i]!) / 32_768 - here) / 3;
    for (let k = 0; k < 3; k++) dense[3 * i + k] = here + k * step;
  }
  return dense;
}
