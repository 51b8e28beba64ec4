import { QUALITY_REASONS } from '../domain/face-quality.ts';

/** Hints while the person finds their place: what is wrong with the face, most important first, or nothing but to wait. */
export const POSITION_HINTS = [...QUALITY_REASONS, 'hold-still'] as const;

export type PositionHint = (typeof POSITION_HINTS)[number];

/** Where a face is, relative to the frame: 0..1, a face at the edge may reach over it. */
export interface FaceBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The answer to a guidance frame, for drawing only. */
export interface Guidance {
  readonly box: FaceBox | null;
  readonly hint: PositionHint | null;
  /** 0..1: how long a good position has been held, towards the start of the challenge. */
  readonly progress: number;
}
