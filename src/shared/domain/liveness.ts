import type { ReasonCode } from '../reasons.ts';

/** A box in pixels of the image it belongs to; x and y are its top-left corner. */
export interface PixelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One camera frame for the light judge: sRGB bytes, row by row, three a pixel, and where the face is in it. */
export interface LightFrame {
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly face: PixelBox;
  /** Milliseconds on the clock of the display log. */
  readonly capturedAtMs: number;
  /**
   * The canonical face mesh's 468 points as `x, y, z` in pixels of this frame, for some of the frames; between two of
   * them the face is taken to move evenly.
   */
  readonly mesh?: Float32Array;
}

export const FACE_REGIONS = ['forehead', 'left-cheek', 'right-cheek', 'nose', 'chin'] as const;
export type FaceRegion = (typeof FACE_REGIONS)[number];

/**
 * How the face's points answer the screen, against the way they face. A flat, bent or printed carrier answers evenly,
 * whatever is printed on it; on a face the answer follows its relief. Relative: 0 is the whole face's own answer.
 */
export interface ReliefMeasurement {
  /** 0–1: how much the answer is that of a face's relief rather than of a smooth carrier. */
  readonly score: number;
  /** Share of what a smooth surface leaves unexplained that the face's normals explain, 0–1. */
  readonly normalsShare: number;
  /** Correlation of the answer with how far a point faces the screen, −1–1. */
  readonly normalCorrelation: number;
  /** Mean relative answer of temples and jaw, which face away. */
  readonly sideResponse: number;
  /** Median standard error of a point's answer: above the limit nothing can be said. */
  readonly noise: number;
  /** Relative answer of the eyes, where a cornea mirrors the screen; null when they weren't seen. */
  readonly glint: number | null;
  readonly points: number;
  readonly frames: number;
}

/** What the light challenge showed. Measured, or not measurable for a stated reason: never a default. */
export type LightEvidence =
  | { readonly state: 'unmeasured'; readonly reason: ReasonCode; readonly detail: string }
  | ({ readonly state: 'measured' } & LightMeasurement);

export interface LightMeasurement {
  /** Agreement of the face's light with the challenge at the best lag, 0–1: the better of the next two. */
  readonly rho: number;
  /** Face over background; null when the crop has no usable background. */
  readonly ratioRho: number | null;
  /** Colour of the face alone. */
  readonly chromaRho: number;
  /** Screen to capture time at the best agreement, searched over `searchedLagMs`. */
  readonly lagMs: number;
  readonly searchedLagMs: readonly [number, number];
  /** Relative change of the face's light per unit of screen light, per channel (red, green, blue). */
  readonly gain: readonly [number, number, number];
  /** Each region's response above (+) or below (−) the whole face's, as a share of it; null when too weak. */
  readonly regionResponse: Readonly<Record<FaceRegion, number | null>>;
  /** Probability that an unrelated sequence reaches the threshold at `thresholdRho`; null when not tabulated. */
  readonly falseAccept: number | null;
  /** Null when too few frames have a mesh, or too few points are neither dark nor at the sensor's limit. */
  readonly relief?: ReliefMeasurement | null;
  /** Largest distance of the face's middle from where it was at first, as a share of its width; null without a mesh. */
  readonly motion?: number | null;
  /** Share of the looks for the face's mesh that found no face, 0–1; null when nobody looked. */
  readonly faceless?: number | null;
  readonly frames: number;
  readonly framesPerSecond: number;
  readonly longestGapMs: number;
  /** Mean luminance of the face, linear light, 0–1. */
  readonly faceLuminance: number;
  /** Share of the face's samples at the sensor's limit (≥ 250 of 255), 0–1. */
  readonly saturated: number;
}

/**
 * What a framed challenge showed. `measured` names every finding that speaks for an attack in `refuted` and everything
 * that is still not known in `missing`; both empty means passed. `measures` are the numbers behind it, by name.
 */
export type FramedEvidence =
  | { readonly state: 'unmeasured'; readonly reason: ReasonCode; readonly detail: string }
  | {
      readonly state: 'measured';
      readonly kind: 'action' | 'digits' | 'silent';
      readonly refuted: readonly ReasonCode[];
      readonly missing: readonly ReasonCode[];
      readonly measures: Readonly<Record<string, number>>;
    };

/** All that the judge weighs. `null` means not known, which is never a reason to pass. */
export interface LivenessEvidence {
  readonly light: LightEvidence;
  /** Median over the clip of the spoof model's score for a live face, 0–1. */
  readonly spoofMedian: number | null;
  readonly spoofFrames: number;
  /** Smallest cosine between embeddings of any two frames of the clip. */
  readonly continuityMin: number | null;
  readonly faceLost: boolean;
  readonly severalFaces: boolean;
}

export type LivenessVerdict = 'live' | 'spoof' | 'undecided';

export interface LivenessJudgement {
  readonly verdict: LivenessVerdict;
  /** Empty only when live; most important first. */
  readonly reasons: readonly ReasonCode[];
  readonly evidence: LivenessEvidence;
}
