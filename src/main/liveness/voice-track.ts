import { SPEECH_SAMPLE_RATE, VOICE_WINDOW_SAMPLES, type VoiceDetector } from '../../shared/domain/voice-detector.ts';
import type { VoiceWindow } from './speech-timing.ts';

const WINDOW_MS = (1_000 * VOICE_WINDOW_SAMPLES) / SPEECH_SAMPLE_RATE;
/** Chunks are stamped when they arrive; a larger step than this is a hole in the sound. */
const MAX_STEP_MS = 60;
/** 16-bit samples from here on are at full scale. */
const FULL_SCALE = 32_700;

/** Cuts sound into the detector's windows and keeps what they say, none of the samples. */
export interface VoiceTrack {
  /**
   * @param pcm 16-bit little-endian samples, one channel, 16 kHz; a chunk from before the last one is left out.
   * @param startedAtMs when the first of them was heard.
   */
  hear(pcm: Uint8Array, startedAtMs: number): Promise<void>;
  /** In order of time. */
  windows(): readonly VoiceWindow[];
  wipe(): void;
}

/** Begins with nothing heard. */
export function createVoiceTrack(voice: VoiceDetector): VoiceTrack {
  const buffer = new Float32Array(VOICE_WINDOW_SAMPLES);
  const windows: VoiceWindow[] = [];
  let filled = 0;
  let clipped = 0;
  /** When the sample after the last one is expected. */
  let nextMs: number | null = null;

  const close = async (endMs: number): Promise<void> => {
    const power = buffer.reduce((sum, sample) => sum + sample * sample, 0) / VOICE_WINDOW_SAMPLES;
    windows.push({
      startMs: endMs - WINDOW_MS,
      durationMs: WINDOW_MS,
      speech: await voice.detect(buffer),
      level: Math.sqrt(power),
      clipped: clipped / VOICE_WINDOW_SAMPLES,
    });
    filled = clipped = 0;
  };

  return {
    hear: async (pcm, startedAtMs) => {
      if (nextMs !== null && startedAtMs < nextMs - MAX_STEP_MS) return;
      if (nextMs !== null && startedAtMs > nextMs + MAX_STEP_MS) filled = clipped = 0;
      const samples = new DataView(pcm.buffer, pcm.byteOffset, pcm.byteLength);
      const count = Math.floor(pcm.byteLength / 2);
      const timeOf = (index: number): number => startedAtMs + (1_000 * index) / SPEECH_SAMPLE_RATE;
      for (let i = 0; i < count; i++) {
        const sample = samples.getInt16(2 * i, true);
        if (Math.abs(sample) >= FULL_SCALE) clipped++;
        buffer[filled++] = sample / 32_768;
        if (filled === VOICE_WINDOW_SAMPLES) await close(timeOf(i + 1));
      }
      nextMs = timeOf(count);
    },
    windows: () => windows,
    wipe: () => {
      buffer.fill(0);
      windows.length = 0;
      voice.wipe();
    },
  };
}
