import { z } from 'zod';

const channel = z.int().min(0).max(255);

/** An sRGB colour as it is sent to the screen, 0–255 a channel. */
export const srgbSchema = z.tuple([channel, channel, channel]).readonly();
export type Srgb = z.infer<typeof srgbSchema>;

/** The light field before the first colour and after the last: a grey of one third of the screen's light. */
export const NEUTRAL_RGB: Srgb = [156, 156, 156];

/** One colour of a light challenge; `startMs` counts from the begin of the lead-in. */
export const lightColourSchema = z.object({
  rgb: srgbSchema,
  startMs: z.number().nonnegative().max(60_000),
  durationMs: z.number().positive().max(10_000),
});
export type LightColour = z.infer<typeof lightColourSchema>;

const lightColours = z.array(lightColourSchema).min(1).max(64).readonly();

/**
 * A light challenge as main issues it: the screen shows neutral grey for `leadInMs`, each colour for its duration
 * and grey again for `tailMs`. Single use; `nonce` is 32 hex digits. Wall times are milliseconds since the epoch.
 */
export const lightChallengeSchema = z.object({
  kind: z.literal('light'),
  nonce: z.string().regex(/^[0-9a-f]{32}$/),
  issuedAtMs: z.number().optional(),
  expiresAtMs: z.number().optional(),
  colours: lightColours,
  leadInMs: z.number().nonnegative().max(5_000),
  tailMs: z.number().nonnegative().max(5_000),
});
export type LightChallenge = z.infer<typeof lightChallengeSchema>;

/**
 * When each colour became visible, on the same monotonic clock as the frames' capture times. `index` counts the
 * challenge's colours; `index === colours.length` is the return to grey and may be left out.
 */
export const displayLogSchema = z
  .array(z.object({ index: z.int().nonnegative().max(64), shownAtMs: z.number() }))
  .max(65)
  .readonly();
export type DisplayLog = z.infer<typeof displayLogSchema>;

/** A light challenge as a recorded session keeps it; lead-in and tail are 0 when nobody recorded them. */
export const recordedLightChallengeSchema = z.object({
  kind: z.literal('light'),
  nonce: z.string().min(1).max(128),
  issuedAt: z.union([z.number(), z.string().max(64)]).optional(),
  colours: lightColours,
  leadInMs: z.number().nonnegative().max(5_000).default(0),
  tailMs: z.number().nonnegative().max(5_000).default(0),
});

const recordedActionChallengeSchema = z.object({
  kind: z.literal('action'),
  nonce: z.string().min(1).max(128),
  issuedAt: z.union([z.number(), z.string().max(64)]).optional(),
  actions: z.array(z.unknown()).max(16).readonly(),
});

const recordedDigitsChallengeSchema = z.object({
  kind: z.literal('digits'),
  nonce: z.string().min(1).max(128),
  issuedAt: z.union([z.number(), z.string().max(64)]).optional(),
  digits: z.string().regex(/^\d{1,16}$/),
});

/** A file inside the session's folder: relative, forward slashes, never leaving the folder. */
const fileInFolder = z
  .string()
  .max(200)
  .regex(/^(?!.*\.\.)[\w][\w./-]*$/);

/** `session.json` of a recorded session, version 1. Times are milliseconds on one monotonic clock. */
export const recordedSessionSchema = z.object({
  version: z.literal(1),
  challenge: z.discriminatedUnion('kind', [
    recordedLightChallengeSchema,
    recordedActionChallengeSchema,
    recordedDigitsChallengeSchema,
  ]),
  camera: z.object({
    width: z.int().positive().max(16_384),
    height: z.int().positive().max(16_384),
    label: z.string().max(200),
  }),
  display: displayLogSchema,
  frames: z
    .array(z.object({ file: fileInFolder, capturedAtMs: z.number() }))
    .max(2_000)
    .readonly(),
  audio: z.unknown().optional(),
});
export type RecordedSession = z.infer<typeof recordedSessionSchema>;
