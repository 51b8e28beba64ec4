import { bestFirst, createBestFrames, type BestFrame, type RatedFrame } from './best-frames.ts';
import type { CaptureSummary } from './contract.ts';
import { fused, type Embedding } from './face-embedder.ts';

/** Neutral frames whose embeddings are fused for the comparison with the portrait. */
export const FUSED_FRAMES = 5;

/** One embedding for every so many frames under the light; the first and the last frame always have one. */
const EMBED_EVERY = 3;

/** An analysed frame. */
export interface EvidenceFrame {
  readonly phase: 'neutral' | 'light';
  readonly capturedAtMs: number;
  /** 0–100. */
  readonly quality: number;
  /** Decides between frames of the same quality. */
  readonly sharpness: number;
  readonly liveScore: number;
  readonly jpeg: Uint8Array;
  /** 112 × 112 interleaved RGB pixels; read during the call only. */
  readonly aligned: Float32Array;
}

type Embed = (aligned: Float32Array) => Promise<Embedding>;

interface EmbeddedFrame extends RatedFrame {
  readonly embedding: Embedding;
}

/** What a capture keeps of its frames: numbers, a few embeddings and the neutral pictures to choose from. */
export interface EvidenceRecording {
  add(frame: EvidenceFrame, embed: Embed): Promise<void>;
  countRefused(reason: 'no-face' | 'several-faces'): void;
  summarise(embed: Embed, cosine: (a: Embedding, b: Embedding) => number): Promise<CaptureSummary>;
  /** Up to `count` neutral pictures, the best first, no two of the same moment. */
  bestFrames(count: number): readonly BestFrame[];
  /** The best neutral frame's embedding and the fusion of the best few; null without a neutral frame. */
  reference(): { readonly best: Embedding; readonly fusion: Embedding; readonly frames: number } | null;
  wipe(): void;
}

/**
 * Embeds every neutral frame and every third one under the light; the least cosine of any two is the continuity. A
 * portrait is compared with the best few neutral ones. Calls must not overlap.
 */
export function createEvidenceRecording(): EvidenceRecording {
  const spoofScores: number[] = [];
  const clip: Embedding[] = [];
  const neutral: EmbeddedFrame[] = [];
  const refused = { 'no-face': 0, 'several-faces': 0 };
  const lastAligned = { pixels: new Float32Array(0), pending: false };
  let sinceEmbedded = EMBED_EVERY;
  const best = createBestFrames();

  const keepNeutral = (frame: EvidenceFrame, embedding: Embedding): void => {
    neutral.push({ quality: frame.quality, sharpness: frame.sharpness, embedding });
    neutral.sort(bestFirst);
    neutral.splice(FUSED_FRAMES);
    best.add(frame);
  };

  return {
    add: async (frame, embed) => {
      spoofScores.push(frame.liveScore);
      sinceEmbedded++;
      lastAligned.pending = frame.phase === 'light' && sinceEmbedded < EMBED_EVERY;
      if (lastAligned.pending) {
        if (lastAligned.pixels.length === 0) lastAligned.pixels = new Float32Array(frame.aligned.length);
        lastAligned.pixels.set(frame.aligned);
        return;
      }
      sinceEmbedded = 0;
      const embedding = await embed(frame.aligned);
      clip.push(embedding);
      if (frame.phase === 'neutral') keepNeutral(frame, embedding);
    },
    countRefused: (reason) => void refused[reason]++,
    summarise: async (embed, cosine) => {
      if (lastAligned.pending) clip.push(await embed(lastAligned.pixels));
      lastAligned.pending = false;
      return {
        frames: spoofScores.length,
        framesWithoutFace: refused['no-face'],
        framesWithSeveralFaces: refused['several-faces'],
        spoofScores: [...spoofScores],
        spoofMedian: median(spoofScores),
        embeddings: clip.length,
        continuityMin: leastCosine(clip, cosine),
        best: best.select(1)[0] ?? null,
      };
    },
    bestFrames: (count) => best.select(count),
    reference: () => {
      const first = neutral[0];
      if (!first) return null;
      const embeddings = neutral.map(({ embedding }) => embedding);
      return { best: first.embedding, fusion: fused(embeddings), frames: embeddings.length };
    },
    wipe: () => {
      for (const embedding of clip) embedding.fill(0);
      lastAligned.pixels.fill(0);
      best.wipe();
      clip.length = neutral.length = spoofScores.length = 0;
    },
  };
}

/** The middle value, or the mean of the two middle ones; null of nothing. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function leastCosine(clip: readonly Embedding[], cosine: (a: Embedding, b: Embedding) => number): number | null {
  let least: number | null = null;
  for (let i = 0; i < clip.length; i++) {
    for (let k = i + 1; k < clip.length; k++) least = Math.min(least ?? 1, cosine(clip[i]!, clip[k]!));
  }
  return least;
}
