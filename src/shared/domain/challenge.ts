import { z } from 'zod';
import { terminalCalibrationSchema } from './terminal-calibration.ts';

/** What a person may be asked for: to be lit, to move, to read aloud, or nothing at all. */
export const CHALLENGE_KINDS = ['light', 'action', 'digits', 'silent'] as const;
export type ChallengeKind = (typeof CHALLENGE_KINDS)[number];

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

/** Common to all that are issued. Wall times are milliseconds since the epoch; the nonce is 128 random bits. */
const issued = {
  nonce: z.string().regex(/^[0-9a-f]{32}$/),
  issuedAtMs: z.number().optional(),
  expiresAtMs: z.number().optional(),
  /** Whose randomness decided it; without it, this device's alone. */
  issuer: z.enum(['device', 'verifier']).optional(),
} as const;

const lightColours = z.array(lightColourSchema).min(1).max(64).readonly();

/**
 * A light challenge as main issues it: the screen shows neutral grey for `leadInMs`, each colour for its duration
 * and grey again for `tailMs`. Single use; `nonce` is 32 hex digits. Wall times are milliseconds since the epoch.
 */
export const lightChallengeSchema = z.object({
  kind: z.literal('light'),
  ...issued,
  colours: lightColours,
  leadInMs: z.number().nonnegative().max(5_000),
  tailMs: z.number().nonnegative().max(5_000),
  /** Each colour is reached by a cross-fade of this length, which begins at the colour's start. */
  fadeMs: z.number().nonnegative().max(200).optional(),
});
export type LightChallenge = z.infer<typeof lightChallengeSchema>;

export const ACTIONS = ['blink', 'open-mouth', 'turn-left', 'turn-right', 'nod'] as const;
/** Left and right are the person's own. */
export type Action = (typeof ACTIONS)[number];

/**
 * Actions asked for one after the other. Each is shown `delayMs` after the face is frontal and the one before is done:
 * nobody can know when. Single use.
 */
export const actionChallengeSchema = z.object({
  kind: z.literal('action'),
  ...issued,
  actions: z
    .array(z.object({ action: z.enum(ACTIONS), delayMs: z.number().nonnegative().max(5_000) }))
    .min(1)
    .max(5)
    .readonly(),
  /** Times are longer by this factor for people who need them longer; 1 without it. */
  patience: z.number().min(1).max(3).optional(),
});
export type ActionChallenge = z.infer<typeof actionChallengeSchema>;

/** Digits to read aloud; digit `i` appears `revealMs[i]` after the first frame. Single use. */
export const digitsChallengeSchema = z.object({
  kind: z.literal('digits'),
  ...issued,
  digits: z.string().regex(/^\d{4,8}$/),
  revealMs: z.array(z.number().nonnegative().max(30_000)).min(4).max(8).readonly(),
  language: z.enum(['zh-CN', 'en']),
});
export type DigitsChallenge = z.infer<typeof digitsChallengeSchema>;

/** A clip of a person who is asked for nothing. Single use. */
export const silentChallengeSchema = z.object({
  kind: z.literal('silent'),
  ...issued,
  durationMs: z.number().positive().max(10_000),
});
export type SilentChallenge = z.infer<typeof silentChallengeSchema>;

export const challengeSchema = z.discriminatedUnion('kind', [
  lightChallengeSchema,
  actionChallengeSchema,
  digitsChallengeSchema,
  silentChallengeSchema,
]);
export type Challenge = z.infer<typeof challengeSchema>;

/** The challenges that are judged from pictures of the face alone, frame by frame, while they run. */
export type FramedChallenge = Exclude<Challenge, LightChallenge>;

/** Why nothing is counted at the moment, for the person in front of the screen. */
export const PROGRESS_HINTS = ['face-forward', 'no-face', 'several-faces', 'too-far', 'again', 'louder'] as const;
export type ProgressHint = (typeof PROGRESS_HINTS)[number];

/**
 * How a framed challenge stands after a frame. It says what to ask for now and never what comes next, and nothing in
 * it tells a right answer from a wrong one before the end.
 */
export type ChallengeProgress =
  | {
      readonly kind: 'action';
      /** Null while the next prompt is still to come. */
      readonly action: Action | null;
      readonly index: number;
      readonly count: number;
      /** 0–1: how far the current action has come. */
      readonly done: number;
      readonly hint: ProgressHint | null;
      readonly ended: boolean;
    }
  | {
      readonly kind: 'digits';
      /** The digits shown so far. */
      readonly shown: string;
      readonly count: number;
      readonly hint: ProgressHint | null;
      readonly ended: boolean;
    }
  | { readonly kind: 'silent'; readonly done: number; readonly hint: ProgressHint | null; readonly ended: boolean };

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
  fadeMs: z.number().nonnegative().max(200).optional(),
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
  revealMs: z.array(z.number()).max(16).readonly().optional(),
  language: z.enum(['zh-CN', 'en']).optional(),
});

const recordedSilentChallengeSchema = z.object({
  kind: z.literal('silent'),
  nonce: z.string().min(1).max(128),
  issuedAt: z.union([z.number(), z.string().max(64)]).optional(),
  durationMs: z.number().positive().max(10_000),
});

/** A file inside the session's folder: relative, forward slashes, never leaving the folder. */
const fileInFolder = z
  .string()
  .max(200)
  .regex(/^(?!.*\.\.)[\w][\w./-]*$/);

/** Where the face is in the frame, in its pixels, as the kiosk said; absent where it has to be looked for. */
const boxInFrame = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number().positive(),
  height: z.number().positive(),
});

/** `session.json` of a recorded session, version 1. Times are milliseconds on one monotonic clock. */
export const recordedSessionSchema = z.object({
  version: z.literal(1),
  challenge: z.discriminatedUnion('kind', [
    recordedLightChallengeSchema,
    recordedActionChallengeSchema,
    recordedDigitsChallengeSchema,
    recordedSilentChallengeSchema,
  ]),
  camera: z.object({
    width: z.int().positive().max(16_384),
    height: z.int().positive().max(16_384),
    label: z.string().max(200),
  }),
  display: displayLogSchema,
  frames: z
    .array(
      z.object({
        file: fileInFolder,
        capturedAtMs: z.number(),
        face: boxInFrame.optional(),
        /** Frames queued up when this one came, so that the kiosk looked at it less closely. */
        busy: z.boolean().optional(),
      }),
    )
    .max(2_000)
    .readonly(),
  /** Larger pictures of the same clip, scored for spoofs and for the same person; without them `frames` are used. */
  evidence: z
    .array(z.object({ file: fileInFolder, capturedAtMs: z.number(), phase: z.enum(['neutral', 'light']) }))
    .max(500)
    .readonly()
    .optional(),
  /** The terminal's calibration at the time. */
  calibration: terminalCalibrationSchema.nullish(),
  audio: z.unknown().optional(),
});

/** What a kiosk writes as a session's `audio`: 16-bit little-endian samples, one channel, as they were heard. */
export const recordedAudioSchema = z.object({
  sampleRate: z.int().positive(),
  pieces: z
    .array(
      z.object({
        file: fileInFolder,
        /** Of the first sample, on the frames' clock. */
        startedAtMs: z.number(),
        /** Frames that had come before the piece. */
        afterFrames: z.int().nonnegative(),
      }),
    )
    .max(2_000)
    .readonly(),
});
export type RecordedAudio = z.infer<typeof recordedAudioSchema>;
export type RecordedSession = z.infer<typeof recordedSessionSchema>;
