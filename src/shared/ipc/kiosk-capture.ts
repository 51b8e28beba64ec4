import { z } from 'zod';
import { cameraChallengeReportSchema } from '../domain/camera-challenge.ts';
import { openedCameraSchema } from '../domain/camera-identity.ts';
import { recordedClipSchema, recordedClipBytes, MAX_RECORDED_CLIP_BYTES } from '../domain/clip.ts';

/** A picture or a piece of sound, 1..100,000 bytes. */
const frameBytes = z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength > 0 && bytes.byteLength <= 100_000, {
  message: 'a frame is 1..100,000 bytes',
});

/** On the page's monotonic clock. */
const timeMs = z.number().finite().nonnegative();

/** How the page's camera was opened, or why there is no picture. */
export const cameraReportSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('ready'),
    label: z.string().max(200),
    width: z.int().positive().max(10_000),
    height: z.int().positive().max(10_000),
    opened: openedCameraSchema,
    screen: z.strictObject({ width: z.int().positive().max(32_768), height: z.int().positive().max(32_768) }),
  }),
  z.strictObject({
    type: z.literal('failed'),
    code: z.enum([
      'camera.missing',
      'camera.denied',
      'camera.in-use',
      'camera.lost',
      'camera.frozen',
      'camera.too-slow',
      'camera.virtual',
    ]),
  }),
]);

export type CameraReport = z.infer<typeof cameraReportSchema>;

/** A small JPEG picture while the person finds their place. */
export const guideFrameSchema = z.strictObject({ certifyId: z.string(), jpeg: frameBytes, capturedAtMs: timeMs });

/** A JPEG crop of the face for spoof scores, comparison and continuity. */
export const evidenceFrameSchema = z.strictObject({
  certifyId: z.string(),
  jpeg: frameBytes,
  capturedAtMs: timeMs,
  phase: z.enum(['neutral', 'light']),
});

/** A raw crop of the face from one camera frame of a light challenge. */
export const lightFrameSchema = z.strictObject({
  certifyId: z.string(),
  /** Raw RGB, `width × height × 3` bytes. */
  rgb: frameBytes,
  width: z.int().min(8).max(160),
  height: z.int().min(8).max(160),
  /** The face inside the crop, in crop pixels. */
  face: z.strictObject({ x: z.number(), y: z.number(), width: z.number().positive(), height: z.number().positive() }),
  capturedAtMs: timeMs,
});

/** The end of a light challenge: when each colour became visible, or why it was broken off. */
export const lightDoneSchema = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('played'),
    certifyId: z.string(),
    nonce: z.string(),
    display: z.array(z.strictObject({ index: z.int().nonnegative(), shownAtMs: timeMs })).max(40),
  }),
  z.strictObject({
    outcome: z.literal('aborted'),
    certifyId: z.string(),
    nonce: z.string(),
    code: z.enum(['capture.face-left', 'capture.several-faces', 'camera.lost', 'camera.too-slow', 'camera.frozen']),
  }),
]);

/** A picture of the face for a challenge that is judged while it runs, and where the face is in it, relative. */
export const challengeFrameSchema = z.strictObject({
  certifyId: z.string(),
  nonce: z.string(),
  jpeg: frameBytes,
  face: z.strictObject({ x: z.number(), y: z.number(), width: z.number().positive(), height: z.number().positive() }),
  capturedAtMs: timeMs,
});

/** Sound of a digits challenge: 16-bit little-endian samples, one channel, 16 kHz, without gaps. */
export const challengeAudioSchema = z.strictObject({
  certifyId: z.string(),
  nonce: z.string(),
  pcm: frameBytes,
  /** When the first sample was recorded, on the clock of the frames. */
  startedAtMs: timeMs,
});

/** A small raw picture of a running camera challenge. */
export const cameraFrameSchema = z.strictObject({
  certifyId: z.string(),
  nonce: z.string(),
  rgb: frameBytes,
  width: z.int().min(1).max(64),
  height: z.int().min(1).max(64),
  capturedAtMs: timeMs,
});

/** What the page found when it carried out the camera challenge. */
export const cameraAnswerSchema = z.strictObject({ certifyId: z.string(), report: cameraChallengeReportSchema });

/** Why a framed challenge was broken off. */
export const challengeAbortedSchema = z.strictObject({
  certifyId: z.string(),
  nonce: z.string(),
  code: z.enum([
    'capture.face-left',
    'capture.several-faces',
    'camera.lost',
    'camera.too-slow',
    'camera.frozen',
    'microphone.missing',
    'microphone.denied',
  ]),
});

/** The clip of a challenge, after it; null when none could be made of it. */
export const challengeClipSchema = z.strictObject({
  certifyId: z.string(),
  nonce: z.string(),
  clip: recordedClipSchema
    .nullable()
    .refine((clip) => clip === null || recordedClipBytes(clip) <= MAX_RECORDED_CLIP_BYTES, {
      message: `a recorded clip is up to ${MAX_RECORDED_CLIP_BYTES} bytes`,
    }),
});
