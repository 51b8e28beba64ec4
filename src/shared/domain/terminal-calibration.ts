import { z } from 'zod';

const share = z.number().min(-1).max(2);
const row = z.tuple([share, share, share]).readonly();

/**
 * What a terminal has learned about its own screen and camera. It holds for this camera, this picture size and this
 * screen only; when one of them differs the terminal counts as uncalibrated.
 */
export const terminalCalibrationSchema = z.strictObject({
  version: z.literal(1),
  calibratedAtMs: z.int().nonnegative(),
  /** The camera by what doesn't change when it is plugged in again. */
  camera: z.strictObject({
    label: z.string().max(200),
    identity: z.string().max(300).nullable(),
    width: z.int().positive().max(16_384),
    height: z.int().positive().max(16_384),
  }),
  screen: z.strictObject({ width: z.int().positive().max(32_768), height: z.int().positive().max(32_768) }),
  /** Screen to capture time, median of the calibration's runs, and their largest distance from it; milliseconds. */
  lagMs: z.number().min(0).max(1_000),
  lagSpreadMs: z.number().min(0).max(500),
  /** Row per camera channel (red, green, blue), column per screen primary; rows sum to 1. */
  colourMatrix: z.tuple([row, row, row]).readonly(),
  /** Relative change of the face's light from grey to full white of the screen, per channel, at calibration time. */
  gain: z.tuple([z.number(), z.number(), z.number()]).readonly(),
  framesPerSecond: z.number().positive().max(240),
  /** How the camera's exposure can be set, for the camera challenge; null where it can't. */
  exposure: z.strictObject({ min: z.number(), max: z.number(), step: z.number() }).nullable(),
});
export type TerminalCalibration = z.infer<typeof terminalCalibrationSchema>;
