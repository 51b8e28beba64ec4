import { SPEECH_SAMPLE_RATE } from '../../../src/shared/domain/voice-detector.ts';

/** Centre, half width and strength of a resonance. */
type Formant = readonly [hertz: number, width: number, strength: number];

const VOWELS = {
  a: [
    [730, 90, 1],
    [1_090, 110, 0.6],
    [2_440, 160, 0.25],
    [3_400, 200, 0.1],
  ],
  i: [
    [270, 60, 1],
    [2_290, 120, 0.35],
    [3_010, 160, 0.2],
    [3_400, 200, 0.1],
  ],
} as const satisfies Record<string, readonly Formant[]>;

const PITCH_HZ = { falls: [130, 100], rises: [180, 220] } as const;
const TOP_HZ = 4_500;

/** A voice without a person: harmonics of a gliding pitch, shaped by resonances that glide from vowel to vowel. */
export function voicedSyllable(durationMs: number, pitch: keyof typeof PITCH_HZ = 'falls', gain = 0.3): Float32Array {
  const count = (durationMs * SPEECH_SAMPLE_RATE) / 1_000;
  const [first, last] = PITCH_HZ[pitch];
  const samples = new Float32Array(count);
  let phase = 0;
  for (let i = 0; i < count; i++) {
    const share = i / count;
    const hertz = first + (last - first) * share + 3 * Math.sin((2 * Math.PI * 5.5 * i) / SPEECH_SAMPLE_RATE);
    phase += (2 * Math.PI * hertz) / SPEECH_SAMPLE_RATE;
    let value = 0;
    for (let harmonic = 1; harmonic * hertz < TOP_HZ; harmonic++) {
      value += (strengthAt(harmonic * hertz, share) * Math.sin(harmonic * phase)) / Math.sqrt(harmonic);
    }
    const edge = Math.min(1, i / 800, (count - i) / 1_600);
    samples[i] = Math.max(-1, Math.min(1, gain * edge * value));
  }
  return samples;
}

function strengthAt(hertz: number, share: number): number {
  return VOWELS.a.reduce((sum, from, k) => {
    const to: Formant = VOWELS.i[k]!;
    const centre = from[0] * (1 - share) + to[0] * share;
    return sum + from[2] / (1 + ((hertz - centre) / from[1]) ** 2);
  }, 0);
}

/** Silence with a little noise into which sounds are put. */
export function roomOf(durationMs: number, random: () => number, noise = 0.001): Float32Array {
  return Float32Array.from({ length: (durationMs * SPEECH_SAMPLE_RATE) / 1_000 }, () => noise * (2 * random() - 1));
}

export function put(room: Float32Array, sound: Float32Array, atMs: number): void {
  const start = Math.round((atMs * SPEECH_SAMPLE_RATE) / 1_000);
  for (let i = 0; i < sound.length && start + i < room.length; i++) {
    room[start + i] = Math.max(-1, Math.min(1, room[start + i]! + sound[i]!));
  }
}

/** 16-bit little-endian, as it crosses the processes. */
export function pcmOf(samples: Float32Array): Uint8Array {
  const pcm = new Uint8Array(2 * samples.length);
  const view = new DataView(pcm.buffer);
  samples.forEach((sample, i) => view.setInt16(2 * i, Math.round(32_767 * sample), true));
  return pcm;
}

/** Deterministic noise, 0–1 (xorshift). */
export function seededRandom(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
