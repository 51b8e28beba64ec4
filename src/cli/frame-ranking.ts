import type { QualityFinding } from '../shared/domain/face-quality.ts';

export interface RankedFrame {
  readonly quality: number;
  readonly sharpness: number;
  readonly reasons: readonly QualityFinding[];
}

/** Best first: by quality, of equal quality the sharper one, of equal sharpness the earlier one. */
export function rankFrames<Frame extends Pick<RankedFrame, 'quality' | 'sharpness'>>(
  frames: readonly Frame[],
): readonly Frame[] {
  return [...frames].sort((a, b) => b.quality - a.quality || b.sharpness - a.sharpness);
}

/** The best frame that shows a face; null when none does. */
export function bestFrame<Frame extends RankedFrame>(frames: readonly Frame[]): Frame | null {
  return rankFrames(frames).find(({ reasons }) => reasons.every(({ reason }) => reason !== 'no-face')) ?? null;
}
