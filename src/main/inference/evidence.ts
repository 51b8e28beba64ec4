import { fused, type Embedding } from './face-embedder.ts';
import type { CaptureSummary } from './contract.ts';

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

interface RatedFrame {
  readonly quality: number;
  readonly sharpness: number;
}

interface EmbeddedFrame extends RatedFrame {
  readonly embedding: Embedding;
}

/** What a capture keeps of its frames: numbers, a few embeddings and one picture. */
export interface EvidenceRecording {
  add(frame: EvidenceFrame, embed: Embed): Promise<void>;
  countRefused(reason: 'no-face' | 'several-faces'): void;
  summarise(embed: Embed, cosine: (a: Embedding, b: Embedding) => number): Promise<CaptureSummary>;
  /** The best neutral frame's embedding and the fusion of the best few; null without a neutral frame. */
  reference(): { readonly best: Embedding; readonly fusion: Embedding; readonly frames: number } | null;
  wipe(): void;
}

export function createEvidenceRecording(): EvidenceRecording {
  const spoofScores: number[] = [];
  const clip: Embedding[] = [];
  const neutral: EmbeddedFrame[] = [];
  const refused = { 'no-face': 0, 'several-faces': 0 };
  const lastAligned = { pixels: new Float32Array(0), pending: false };
  let sinceEmbedded = EMBED_EVERY;
  let best: (RatedFrame & { readonly jpeg: Uint8Array; readonly capturedAtMs: number }) | null = null;

  const keepNeutral = (frame: EvidenceFrame, embedding: Embedding): void => {
    neutral.push({ quality: frame.quality, sharpness: frame.sharpness, embedding });
    neutral.sort(bestFirst);
    neutral.splice(FUSED_FRAMES);
    if (best && bestFirst(best, frame) <= 0) return;
    best?.jpeg.fill(0);
    // Not `slice`, which shares the bytes where the frame came as a Node buffer.
    const { jpeg, quality, sharpness, capturedAtMs } = frame;
    best = { jpeg: new Uint8Array(jpeg), quality, sharpness, capturedAtMs };
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
        best: best && { jpeg: best.jpeg, quality: best.quality, capturedAtMs: best.capturedAtMs },
      };
    },
    reference: () => {
      const first = neutral[0];
      if (!first) return null;
      const embeddings = neutral.map(({ embedding }) => embedding);
      return { best: first.embedding, fusion: fused(embeddings), frames: embeddings.length };
    },
    wipe: () => {
      for (const embedding of clip) embedding.fill(0);
      lastAligned.pixels.fill(0);
      best?.jpeg.fill(0);
      best = null;
      clip.length = neutral.length = spoofScores.length = 0;
    },
  };
}

/** The frame of the higher quality first, of equals the sharper, of these the earlier. */
function bestFirst(a: RatedFrame, b: RatedFrame): number {
  return b.quality - a.quality || b.sharpness - a.sharpness;
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
