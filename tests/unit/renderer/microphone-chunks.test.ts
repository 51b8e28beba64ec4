import { describe, expect, it } from 'vitest';
import {
  createChunker,
  createSampleClock,
  meterOf,
  type SoundChunk,
} from '../../../src/renderer/camera/microphone-chunks.ts';

const samplesOf = ({ pcm }: SoundChunk): number[] => {
  const view = new DataView(pcm.buffer);
  return Array.from({ length: pcm.length / 2 }, (_, i) => view.getInt16(2 * i, true));
};

function chunked(blocks: readonly (readonly [samples: readonly number[], frame: number])[]): SoundChunk[] {
  const chunks: SoundChunk[] = [];
  const push = createChunker(4, (chunk) => void chunks.push(chunk));
  for (const [samples, frame] of blocks) push(Float32Array.from(samples), frame);
  return chunks;
}

describe('chunks of sound', () => {
  it('are cut from blocks of any length, clipped at full scale', () => {
    const chunks = chunked([
      [[0, 0.5, -0.5], 100],
      [[2, -2, 0, 0, 1, 0.25], 103],
    ]);
    expect(chunks.map(samplesOf)).toEqual([
      [0, 16_384, -16_383, 32_767],
      [-32_767, 0, 0, 32_767],
    ]);
    expect(chunks.map(({ firstFrame }) => firstFrame)).toEqual([100, 104]);
    expect(chunks[1]!.level).toBeCloseTo(Math.SQRT1_2, 5);
    expect(chunks[0]!.pcm.buffer).not.toBe(chunks[1]!.pcm.buffer);
  });

  it('never join what has a gap in between', () => {
    const chunks = chunked([
      [[1, 1, 1], 0],
      [[0, 0, 0, 0], 50],
    ]);
    expect(chunks.map(({ firstFrame }) => firstFrame)).toEqual([50]);
    expect(samplesOf(chunks[0]!)).toEqual([0, 0, 0, 0]);
  });
});

describe('the time of a sample', () => {
  it('comes from the message that came the least late', () => {
    const clock = createSampleClock(16_000, 10);
    for (const [endFrame, nowMs] of [
      [2_560, 5_300],
      [5_120, 5_325],
      [7_680, 5_530],
    ] as const) {
      clock.observe(endFrame, nowMs);
    }
    // The second message: 5,325 ms less the 320 ms before it.
    expect(clock.timeOf(0)).toBe(4_995);
    expect(clock.timeOf(16_000)).toBe(5_995);
  });
});

describe('the level meter', () => {
  it('is empty in silence, full for a loud voice and grows in between', () => {
    expect([0, 1e-4, 0.5, 1].map(meterOf)).toEqual([0, 0, 1, 1]);
    expect(meterOf(0.02)).toBeGreaterThan(0.4);
    expect(meterOf(0.02)).toBeLessThan(0.6);
  });
});
