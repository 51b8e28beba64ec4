import { z } from 'zod';

/**
 * A change of exposure at a moment that nobody can know: the picture has to follow. Issued by main for one attempt.
 * Frames are counted from the first that the page sends.
 */
export const cameraChallengePlanSchema = z.strictObject({
  nonce: z.string().regex(/^[0-9a-f]{32}$/),
  /** Frames at the fixed exposure before the step. */
  framesBefore: z.int().min(6).max(60),
  /** Wanted exposure over the former; cameras round to their own steps. */
  factor: z.number().min(0.3).max(0.9),
  /** Frames during which the step is held, and that are sent after the return. */
  framesHeld: z.int().min(3).max(12),
  framesAfter: z.int().min(4).max(30),
});
export type CameraChallengePlan = z.infer<typeof cameraChallengePlanSchema>;

/** The step as it was put to the camera, on the clock of the frames. */
export const exposureStepSchema = z.strictObject({
  /** When the change was asked for, and when it was asked to go back. */
  steppedAtMs: z.number().nonnegative(),
  returnedAtMs: z.number().nonnegative(),
  /** What the camera says that it used, in its own unit (100 µs for USB video class). */
  exposureBefore: z.number().positive(),
  exposureHeld: z.number().positive(),
});
export type ExposureStep = z.infer<typeof exposureStepSchema>;

/** How the page got on with a plan; the brightness isn't in it, because main measures that itself. */
export const cameraChallengeReportSchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('stepped'), nonce: z.string(), step: exposureStepSchema }),
  /** The camera has no exposure that can be set. */
  z.strictObject({ outcome: z.literal('not-offered'), nonce: z.string() }),
  /** It offers one and refused to use it. */
  z.strictObject({ outcome: z.literal('refused'), nonce: z.string(), detail: z.string().max(200) }),
  z.strictObject({ outcome: z.literal('aborted'), nonce: z.string() }),
]);
export type CameraChallengeReport = z.infer<typeof cameraChallengeReportSchema>;

/** Mean brightness of one frame in linear light, 0–1. */
export interface BrightnessSample {
  readonly capturedAtMs: number;
  readonly luminance: number;
}
