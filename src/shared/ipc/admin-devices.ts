import { z } from 'zod';
import { peripheralsSchema, type Peripherals } from '../domain/peripherals.ts';
import type { FaceBox, PositionHint } from './kiosk-guidance.ts';

/** What is measured of the main face of a picture, in the units of the quality limits. */
export interface FaceMeasures {
  /** Height of the face as a share of the frame's. */
  readonly heightShare: number;
  readonly offCentre: number;
  readonly pixelsBetweenEyes: number;
  /** 0–255. */
  readonly brightness: number;
  /** Lighter over darker half of the face. */
  readonly sideRatio: number;
  readonly sharpness: number;
  readonly yawDegrees: number | null;
  readonly pitchDegrees: number | null;
  readonly rollDegrees: number;
}

/** How visitors would fare before the camera now. */
export interface QualityReading {
  readonly faces: number;
  readonly box: FaceBox | null;
  /** What a visitor would be told; null: nothing. */
  readonly hint: PositionHint | null;
  /** 0–100. */
  readonly score: number;
  readonly measures: FaceMeasures | null;
}

export interface PrinterChoice {
  /** As the system has it. */
  readonly name: string;
  readonly displayName: string;
  readonly isDefault: boolean;
}

/** Channels of the camera overlay, sound and the printer: request schema by channel. */
export const ADMIN_DEVICES_CHANNELS = {
  'admin:quality-frame': z.strictObject({
    jpeg: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength > 0 && bytes.byteLength <= 100_000, {
      message: 'a frame is 1..100,000 bytes',
    }),
    capturedAtMs: z.number().finite().nonnegative(),
  }),
  /** The page has closed the camera: nothing of it is kept. */
  'admin:end-quality': z.null(),
  'admin:peripherals': z.null(),
  'admin:save-peripherals': peripheralsSchema,
  'admin:printers': z.null(),
  'admin:print-test': peripheralsSchema.pick({ paperWidthMm: true }).extend({ printer: z.string().min(1).max(200) }),
  /** Lets the page listen for a short while, or no longer. */
  'admin:microphone-test': z.strictObject({ on: z.boolean() }),
} as const;

export interface AdminDevicesAnswers {
  'admin:quality-frame': QualityReading;
  'admin:end-quality': null;
  'admin:peripherals': Peripherals;
  'admin:save-peripherals': Peripherals;
  'admin:printers': readonly PrinterChoice[];
  'admin:print-test': null;
  'admin:microphone-test': { readonly forMs: number };
}
