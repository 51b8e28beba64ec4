import { describe, expect, it } from 'vitest';
import {
  createEvidenceRecording,
  FUSED_FRAMES,
  median,
  type EvidenceFrame,
} from '../../../src/main/inference/evidence.ts';

const frame = (change: Partial<EvidenceFrame>): EvidenceFrame => ({
  phase: 'neutral',
  capturedAtMs: 0,
  quality: 80,
  sharpness: 40,
  liveScore: 0.9,
  jpeg: Uint8Array.of(1, 2, 3),
  aligned: Float32Array.of(1, 0),
  ...change,
});
const cosine = (a: Float32Array, b: Float32Array): number => a[0]! * b[0]! + a[1]! * b[1]!;

/** Takes the pixels for the embedding and counts the calls. */
function countingEmbed() {
  const embedded: number[][] = [];
  return {
    embedded,
    embed: async (aligned: Float32Array) => {
      embedded.push(Array.from(aligned));
      return aligned.slice();
    },
  };
}

describe('evidence recording', () => {
  it('summarises an empty clip as nothing known', async () => {
    const recording = createEvidenceRecording();
    recording.countRefused('no-face');
    recording.countRefused('several-faces');
    expect(await recording.summarise(countingEmbed().embed, cosine)).toEqual({
      frames: 0,
      framesWithoutFace: 1,
      framesWithSeveralFaces: 1,
      spoofScores: [],
      spoofMedian: null,
      embeddings: 0,
      continuityMin: null,
      best: null,
    });
    expect(recording.reference()).toBeNull();
  });

  it('embeds the first, every third and the last frame under the light', async () => {
    const recording = createEvidenceRecording();
    const { embed, embedded } = countingEmbed();
    for (let i = 0; i < 6; i++) await recording.add(frame({ phase: 'light', aligned: Float32Array.of(i, 0) }), embed);
    const summary = await recording.summarise(embed, cosine);
    expect(embedded.map(([first]) => first)).toEqual([0, 3, 5]);
    expect(summary).toMatchObject({ frames: 6, embeddings: 3, best: null });
    expect((await recording.summarise(embed, cosine)).embeddings).toBe(3);
  });

  it('keeps the best frame: by quality, of equals the sharpest, of these the first', async () => {
    const recording = createEvidenceRecording();
    const { embed } = countingEmbed();
    const frames = [
      { quality: 70, sharpness: 90 },
      { quality: 80, sharpness: 20 },
      { quality: 80, sharpness: 50 },
      { quality: 80, sharpness: 50 },
      { quality: 80, sharpness: 30 },
    ];
    for (const [i, rating] of frames.entries()) {
      await recording.add(frame({ ...rating, capturedAtMs: i, jpeg: Uint8Array.of(i) }), embed);
    }
    const { best } = await recording.summarise(embed, cosine);
    expect(best).toEqual({ jpeg: Uint8Array.of(2), quality: 80, capturedAtMs: 2 });
  });

  it('reports the least similar pair of the clip', async () => {
    const recording = createEvidenceRecording();
    const { embed } = countingEmbed();
    for (const aligned of [Float32Array.of(1, 0), Float32Array.of(0.8, 0.6), Float32Array.of(0, 1)]) {
      await recording.add(frame({ aligned }), embed);
    }
    expect((await recording.summarise(embed, cosine)).continuityMin).toBeCloseTo(0, 6);
  });

  it('keeps the picture of the best neutral frame only', async () => {
    const recording = createEvidenceRecording();
    const { embed } = countingEmbed();
    await recording.add(frame({ quality: 70, jpeg: Uint8Array.of(7), capturedAtMs: 1 }), embed);
    await recording.add(frame({ quality: 90, jpeg: Uint8Array.of(9), capturedAtMs: 2 }), embed);
    await recording.add(frame({ quality: 99, jpeg: Uint8Array.of(5), capturedAtMs: 3, phase: 'light' }), embed);
    const { best } = await recording.summarise(embed, cosine);
    expect(best).toEqual({ jpeg: Uint8Array.of(9), quality: 90, capturedAtMs: 2 });
  });

  it('keeps its own copy of the picture', async () => {
    const recording = createEvidenceRecording();
    const jpeg = Buffer.from([1, 2, 3]);
    await recording.add(frame({ jpeg }), countingEmbed().embed);
    jpeg.fill(0);
    const { best } = await recording.summarise(countingEmbed().embed, cosine);
    expect(Array.from(best!.jpeg)).toEqual([1, 2, 3]);
  });

  it('fuses no more than the best few neutral frames', async () => {
    const recording = createEvidenceRecording();
    const { embed } = countingEmbed();
    for (let i = 0; i < FUSED_FRAMES + 3; i++) await recording.add(frame({ quality: 60 + i }), embed);
    expect(recording.reference()).toEqual({
      best: Float32Array.of(1, 0),
      fusion: Float32Array.of(1, 0),
      frames: FUSED_FRAMES,
    });
  });

  it('zeroes what it kept when it is wiped', async () => {
    const recording = createEvidenceRecording();
    await recording.add(frame({}), countingEmbed().embed);
    const reference = recording.reference();
    const { best } = await recording.summarise(countingEmbed().embed, cosine);
    recording.wipe();
    expect(best?.jpeg).toEqual(Uint8Array.of(0, 0, 0));
    expect(reference?.best).toEqual(Float32Array.of(0, 0));
    expect(recording.reference()).toBeNull();
  });
});

describe('median', () => {
  it('is the middle, the mean of two middles, or unknown', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, null]);
  });
});
