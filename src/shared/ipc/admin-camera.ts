import { z } from 'zod';
import { displayLogSchema, type LightChallenge } from '../domain/challenge.ts';
import {
  CAMERA_POLICIES,
  openedCameraSchema,
  type CameraIdentity,
  type CameraPin,
  type CameraPolicy,
  type CameraSign,
  type VideoDevice,
} from '../domain/camera-identity.ts';
import type { TerminalCalibration } from '../domain/terminal-calibration.ts';
import type { Failure } from '../reasons.ts';
import { lightFrameSchema } from './kiosk-capture.ts';
import type { CameraSource } from './camera-source.ts';

/** What is known of the camera that the page has open, and what an administrator has decided about it. */
export interface CameraIdentityStatus {
  readonly policy: CameraPolicy;
  readonly pin: CameraPin | null;
  /** Null while the page has no camera open. */
  readonly camera: {
    /** Null while nothing tells which device it is. */
    readonly identity: CameraIdentity | null;
    readonly device: VideoDevice | null;
    readonly pinned: 'none' | 'same' | 'other' | 'unconfirmed';
    readonly signs: readonly CameraSign[];
    /** Why attempts with it are refused; null when they aren't. */
    readonly refusal: Failure | null;
  } | null;
}

const side = z.int().positive().max(32_768);
const cameraPictureSchema = z.strictObject({ label: z.string().max(200), width: side, height: side });
const screenSchema = z.strictObject({ width: side, height: side });
export type CameraPicture = z.infer<typeof cameraPictureSchema>;
export type ScreenSize = z.infer<typeof screenSchema>;

export interface CalibrationStatus {
  /** The picture to calibrate with: the saved camera, or the simulated one of a demonstration. */
  readonly source: CameraSource;
  readonly calibration: TerminalCalibration | null;
  /** Whether it holds for the camera and the screen in use; `unknown` while the page has no camera open. */
  readonly validity: 'none' | 'valid' | 'camera-changed' | 'screen-changed' | 'unknown';
}

/** Why a measured calibration isn't good enough to be used. */
export const CALIBRATION_FLAWS = ['not-lit', 'runs-differ', 'weak-light', 'too-few-frames'] as const;
export type CalibrationFlaw = (typeof CALIBRATION_FLAWS)[number];

/** How a run ended: more to come, stored, or measured but not good enough. */
export type CalibrationProgress =
  | { readonly state: 'more'; readonly runsLeft: number }
  | { readonly state: 'stored'; readonly calibration: TerminalCalibration }
  | { readonly state: 'repeat'; readonly flaw: CalibrationFlaw; readonly detail: string };

const nonce = z.string().regex(/^[0-9a-f]{32}$/);

/** Channels of the device page's camera: request schema by channel. */
export const ADMIN_CAMERA_CHANNELS = {
  'admin:camera-identity': z.strictObject({ opened: openedCameraSchema.nullable() }),
  'admin:save-camera-trust': z.strictObject({
    policy: z.enum(CAMERA_POLICIES),
    /** What becomes of the pin; `opened` is the camera to pin. */
    pin: z.enum(['keep', 'remove', 'pin-opened']),
    opened: openedCameraSchema.nullable(),
  }),
  'admin:calibration': z.strictObject({
    /** What the page has open; null while it has nothing. */
    camera: cameraPictureSchema.nullable(),
    opened: openedCameraSchema.nullable(),
    screen: screenSchema,
  }),
  /** Begins a recording: the first of a calibration, or the next. */
  'admin:calibration-run': z.strictObject({
    run: z.int().min(0).max(9),
    camera: cameraPictureSchema,
    screen: screenSchema,
    opened: openedCameraSchema,
  }),
  'admin:calibration-frame': lightFrameSchema.omit({ certifyId: true }).extend({ nonce }),
  'admin:calibration-played': z.strictObject({ nonce, display: displayLogSchema }),
} as const;

export interface AdminCameraAnswers {
  'admin:camera-identity': CameraIdentityStatus;
  'admin:save-camera-trust': CameraIdentityStatus;
  'admin:calibration': CalibrationStatus;
  'admin:calibration-run': { readonly challenge: LightChallenge; readonly of: number };
  'admin:calibration-frame': null;
  'admin:calibration-played': CalibrationProgress;
}
