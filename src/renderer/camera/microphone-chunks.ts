/** One chunk of sound as it leaves the audio thread. */
export interface SoundChunk {
  /** 16-bit little-endian samples, one channel. */
  readonly pcm: Uint8Array<ArrayBuffer>;
  /** The first sample's number since the audio thread began. */
  readonly firstFrame: number;
  /** Root mean square, full scale is 1. */
  readonly level: number;
}

/** Collects the audio thread's small blocks into chunks of `samplesPerChunk`; a gap between blocks starts a new one. */
export function createChunker(samplesPerChunk: number, emit: (chunk: SoundChunk) => void) {
  let pcm = new DataView(new ArrayBuffer(2 * samplesPerChunk));
  let firstFrame = 0;
  let filled = 0;
  let power = 0;
  return (block: Float32Array, blockFrame: number): void => {
    if (filled > 0 && blockFrame !== firstFrame + filled) filled = power = 0;
    for (let i = 0; i < block.length; i++) {
      if (filled === 0) firstFrame = blockFrame + i;
      const sample = Math.max(-1, Math.min(1, block[i]!));
      pcm.setInt16(2 * filled, Math.round(32_767 * sample), true);
      power += sample * sample;
      if (++filled < samplesPerChunk) continue;
      emit({ pcm: new Uint8Array(pcm.buffer), firstFrame, level: Math.sqrt(power / samplesPerChunk) });
      pcm = new DataView(new ArrayBuffer(2 * samplesPerChunk));
      filled = power = 0;
    }
  };
}

/** −55 dB of full scale is an empty bar, −10 dB a full one: a loud voice close by. */
const QUIET_DB = -55;
const LOUD_DB = -10;

/** How far a level meter goes out, 0–1. */
export function meterOf(level: number): number {
  const decibels = 20 * Math.log10(Math.max(level, 1e-5));
  return Math.max(0, Math.min(1, (decibels - QUIET_DB) / (LOUD_DB - QUIET_DB)));
}

/**
 * Tells when a sample was recorded on the clock of `performance.now()`. Messages from the audio thread come late by
 * chance, never early: the earliest of them is closest to the truth.
 *
 * @param latencyMs from the membrane to the audio thread, as far as it is known.
 */
export function createSampleClock(sampleRate: number, latencyMs: number) {
  let offsetMs = Infinity;
  const lengthMs = (samples: number): number => (1_000 * samples) / sampleRate;
  return {
    /** A chunk that ends with the sample before `endFrame` arrived at `nowMs`. */
    observe: (endFrame: number, nowMs: number): void => {
      offsetMs = Math.min(offsetMs, nowMs - lengthMs(endFrame));
    },
    timeOf: (frame: number): number => offsetMs + lengthMs(frame) - latencyMs,
  };
}
