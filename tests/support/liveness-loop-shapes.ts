import type { DisplayLog } from '../../src/shared/domain/challenge.ts';
import type { PixelBox } from '../../src/shared/domain/liveness.ts';
import type { Failure } from '../../src/shared/reasons.ts';
import type { Result } from '../../src/shared/result.ts';

/** A light frame without its bytes; those lie one after another in `PageRun.rgbBase64`. */
export interface SentLightFrame {
  readonly width: number;
  readonly height: number;
  readonly face: PixelBox;
  readonly capturedAtMs: number;
}

/** What one challenge in the browser page sent, as it crosses to the test. */
export interface PageRun {
  readonly display: Result<DisplayLog, Failure>;
  readonly frames: readonly SentLightFrame[];
  readonly rgbBase64: string;
  readonly evidence: readonly { readonly phase: 'neutral' | 'light'; readonly jpegBase64: string }[];
}

/** What guidance sent within a while. */
export interface PageGuidance {
  readonly sent: number;
  readonly mostInFlight: number;
  readonly largestBytes: number;
  readonly box: PixelBox | null;
}

/** Ways in which a camera fails while it runs. */
export type CameraFault = 'ends' | 'turns black' | 'freezes';
