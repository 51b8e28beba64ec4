import { describe, expect, it } from 'vitest';
import { createSpeechRecording } from '../../../src/main/speech/speech-recording.ts';

/** `ms` of one byte's value. */
const sound = (ms: number, value: number): Uint8Array => new Uint8Array(32 * ms).fill(value);
const runsOf = (pcm: Uint8Array): (readonly [value: number, ms: number])[] => {
  const runs: [number, number][] = [];
  for (const value of pcm) {
    const last = runs.at(-1);
    if (last?.[0] === value) last[1] += 1 / 32;
    else runs.push([value, 1 / 32]);
  }
  return runs;
};

describe('the recording of a challenge', () => {
  it('joins chunks, tolerates unsteady times, fills holes and drops what came before', () => {
    const recording = createSpeechRecording();
    recording.hear(sound(160, 1), 1_000);
    recording.hear(sound(160, 2), 1_130);
    recording.hear(sound(160, 9), 1_000);
    recording.hear(sound(160, 3), 1_790);
    expect(runsOf(recording.take())).toEqual([
      [1, 160],
      [2, 160],
      [0, 500],
      [3, 160],
    ]);
    expect(recording.take().length).toBe(0);
  });

  it.each(['take', 'wipe'] as const)('begins anew after %s, whatever the time of the next challenge', (ending) => {
    const recording = createSpeechRecording();
    recording.hear(sound(160, 1), 500_000);
    recording[ending]();
    for (const startMs of [540_000, 90]) {
      recording.hear(sound(160, 2), startMs);
      recording.hear(sound(160, 3), startMs + 160);
      expect(runsOf(recording.take())).toEqual([
        [2, 160],
        [3, 160],
      ]);
    }
  });

  it('takes nothing in any more once something did not fit', () => {
    const recording = createSpeechRecording();
    recording.hear(sound(29_900, 1), 0);
    recording.hear(sound(160, 2), 29_900);
    recording.hear(sound(40, 3), 30_060);
    expect(runsOf(recording.take())).toEqual([[1, 29_900]]);
  });

  it('keeps 30 seconds at most and copies what it is given', () => {
    const recording = createSpeechRecording();
    for (let i = 0; i < 200; i++) {
      const chunk = sound(160, 5);
      recording.hear(chunk, 160 * i);
      chunk.fill(0);
    }
    const taken = recording.take();
    expect(taken.length).toBe(187 * 160 * 32);
    expect(taken.every((byte) => byte === 5)).toBe(true);
    recording.hear(sound(160, 1), 1e9);
    recording.wipe();
    expect(recording.take().length).toBe(0);
  });
});
