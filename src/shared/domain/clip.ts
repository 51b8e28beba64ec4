import { z } from 'zod';
import { failure, type Failure } from '../reasons.ts';
import { err, ok, type Result } from '../result.ts';

/** The upright picture that a clip is recorded in: what Tencent advises, and within Aliyun's bounds. */
export const CLIP_WIDTH = 480;
export const CLIP_HEIGHT = 640;
/** Frames a second; the vendors advise 25–30. */
export const CLIP_FRAMES_PER_SECOND = 30;
/** Sound of a clip before it is encoded: 16-bit little-endian samples, one channel. */
export const CLIP_SAMPLE_RATE = 16_000;
export const CLIP_AUDIO_BITS_PER_SECOND = 64_000;
/** With fewer processor cores a clip would cost a challenge pictures: then there is none of a light challenge. */
export const CORES_FOR_FULL_CLIP = 4;
/** No clip is larger, whoever it is for. */
export const MAX_CLIP_BYTES = 10_000_000;
export const MAX_CLIP_SECONDS = 20;

/**
 * What a receiver takes. `maxBytes` is the file itself; where the vendor bounds the base64 text instead, it is three
 * quarters of that. `codec` is our choice of what all of them read, the vendors name containers only.
 */
export interface ClipLimits {
  readonly container: 'mp4';
  readonly videoCodec: 'h264';
  readonly maxBytes: number;
  readonly minSeconds: number;
  readonly maxSeconds: number;
  readonly sound: 'needed' | 'optional';
  readonly minWidth: number;
  readonly minHeight: number;
  readonly maxWidth: number;
  readonly maxHeight: number;
}

const MEBIBYTE = 1_048_576;
const H264_IN_MP4 = { container: 'mp4', videoCodec: 'h264' } as const;
const TENCENT_LIVENESS = {
  ...H264_IN_MP4,
  maxBytes: 6 * MEBIBYTE,
  minSeconds: 2,
  maxSeconds: MAX_CLIP_SECONDS,
  minWidth: 240,
  minHeight: 320,
  maxWidth: 1080,
  maxHeight: 1920,
} as const;

/**
 * Bounds by receiver; `evidence` is for clips that stay here. Tencent faceid LivenessRecognition/LivenessCompare: base64 up to 8 MB, 2–20 s, sound for digits
 * only; its picture size is advice (480 × 640), the bounds here are ours. Tencent DetectAIFakeFaces: base64 up to
 * 8 MB, 2–20 s (2–5 advised), at most 720p. Aliyun ID_MIN_VIDEO: upright, up to 5 s (2–3 advised) and 10 MB,
 * 320 × 480 to 1080 × 1920.
 */
export const CLIP_LIMITS = {
  evidence: {
    ...H264_IN_MP4,
    maxBytes: MAX_CLIP_BYTES,
    minSeconds: 1,
    maxSeconds: MAX_CLIP_SECONDS,
    sound: 'optional',
    minWidth: 240,
    minHeight: 320,
    maxWidth: 1080,
    maxHeight: 1920,
  },
  'tencent-digits': { ...TENCENT_LIVENESS, sound: 'needed' },
  'tencent-action': { ...TENCENT_LIVENESS, sound: 'optional' },
  'tencent-silent': { ...TENCENT_LIVENESS, sound: 'optional' },
  'tencent-fake-faces': { ...TENCENT_LIVENESS, sound: 'optional', maxWidth: 720, maxHeight: 1280 },
  'aliyun-id-min-video': {
    ...H264_IN_MP4,
    maxBytes: MAX_CLIP_BYTES,
    minSeconds: 2,
    maxSeconds: 5,
    sound: 'optional',
    minWidth: 320,
    minHeight: 480,
    maxWidth: 1080,
    maxHeight: 1920,
  },
} as const satisfies Record<string, ClipLimits>;
export type ClipTarget = keyof typeof CLIP_LIMITS;
export const CLIP_TARGETS = Object.keys(CLIP_LIMITS) as readonly ClipTarget[];

/** How to encode a clip so that it fits. */
export interface ClipFormat {
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  readonly videoBitsPerSecond: number;
  /** Null where the clip has no sound. */
  readonly audioBitsPerSecond: number | null;
  readonly maxSeconds: number;
}

/** More is not seen at this size; less shows blocks where the judges look. */
const MOST_VIDEO_BITS_PER_SECOND = 2_500_000;
const LEAST_VIDEO_BITS_PER_SECOND = 400_000;
/** Encoders overshoot, and the container wants its part. */
const SHARE_FOR_PICTURES = 0.85;

/**
 * Chooses the bit rate for a clip of at most `seconds`. Fails with `capture.clip-unavailable` when the receiver takes
 * no clip of that length, wants sound that there is none of, or its size leaves too little for the picture.
 */
export function fitClip(limits: ClipLimits, seconds: number, sound: boolean): Result<ClipFormat, Failure> {
  if (!(seconds >= limits.minSeconds)) return refuse(`at least ${limits.minSeconds} s are needed`);
  if (limits.sound === 'needed' && !sound) return refuse('sound is needed');
  const maxSeconds = Math.min(seconds, limits.maxSeconds);
  const audioBitsPerSecond = sound ? CLIP_AUDIO_BITS_PER_SECOND : null;
  const room = (limits.maxBytes * 8 * SHARE_FOR_PICTURES) / maxSeconds - (audioBitsPerSecond ?? 0);
  const videoBitsPerSecond = Math.floor(Math.min(MOST_VIDEO_BITS_PER_SECOND, room));
  if (videoBitsPerSecond < LEAST_VIDEO_BITS_PER_SECOND) return refuse(`${limits.maxBytes} bytes are too few`);
  return ok({
    width: CLIP_WIDTH,
    height: CLIP_HEIGHT,
    framesPerSecond: CLIP_FRAMES_PER_SECOND,
    videoBitsPerSecond,
    audioBitsPerSecond,
    maxSeconds,
  });
}

/** How a clip that stays here is recorded: what is known of it before, page and main know alike. */
export function evidenceClipFormat(
  sound: boolean,
  framesPerSecond = CLIP_FRAMES_PER_SECOND,
): Result<ClipFormat, Failure> {
  const format = fitClip(CLIP_LIMITS.evidence, MAX_CLIP_SECONDS, sound);
  return format.ok ? ok({ ...format.value, framesPerSecond }) : format;
}

function refuse(detail: string): Result<never, Failure> {
  return err(failure('capture.clip-unavailable', detail));
}

const bytes = (most: number) =>
  z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length > 0 && value.length <= most, 'bytes');

/** A finished clip as it is: what the file says, not what was asked for. */
export const clipSchema = z.strictObject({
  bytes: bytes(MAX_CLIP_BYTES),
  container: z.literal('mp4'),
  videoCodec: z.literal('h264'),
  audioCodec: z.literal('aac').nullable(),
  width: z.int().positive().max(1920),
  height: z.int().positive().max(1920),
  durationMs: z.number().positive().max(60_000),
});
export type Clip = z.infer<typeof clipSchema>;

const MAX_CLIP_FRAMES = 60 * MAX_CLIP_SECONDS;
const MAX_FRAME_BYTES = 200_000;

/** A clip in parts, where the page can't encode it: upright JPEG pictures with their times, and the sound. */
export const clipPartsSchema = z.strictObject({
  frames: z
    .array(z.strictObject({ jpeg: bytes(MAX_FRAME_BYTES), capturedAtMs: z.number() }))
    .min(2)
    .max(MAX_CLIP_FRAMES)
    .readonly(),
  /** From the first frame on, `CLIP_SAMPLE_RATE`; null where the clip has no sound. */
  pcm: bytes(2 * CLIP_SAMPLE_RATE * (MAX_CLIP_SECONDS + 1)).nullable(),
});
export type ClipParts = z.infer<typeof clipPartsSchema>;

/** When the first frame was captured, on the clock of the challenge's frames: by it moments are found in the clip. */
const startedAtMs = z.number().optional();

/** What the page has made of a clip: the MP4 file itself, or the parts of one. */
export const recordedClipSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('mp4'), bytes: bytes(MAX_CLIP_BYTES), startedAtMs }),
  clipPartsSchema.extend({ kind: z.literal('parts'), startedAtMs }),
]);
export type RecordedClip = z.infer<typeof recordedClipSchema>;

/** A stretch of time, in milliseconds of whatever clock. */
export interface ClipMoment {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What the page may hand over at most; parts are larger than the file that they make. */
export const MAX_RECORDED_CLIP_BYTES = 32_000_000;

/** Bytes that a recorded clip holds. */
export function recordedClipBytes(clip: RecordedClip): number {
  return piecesOf(clip).reduce((sum, { length }) => sum + length, 0);
}

/** Overwrites a recorded clip with zeros. */
export function eraseRecordedClip(clip: RecordedClip): void {
  for (const piece of piecesOf(clip)) piece.fill(0);
}

function piecesOf(clip: RecordedClip): readonly Uint8Array[] {
  if (clip.kind === 'mp4') return [clip.bytes];
  return [...clip.frames.map(({ jpeg }) => jpeg), ...(clip.pcm ? [clip.pcm] : [])];
}

/** What keeps a finished clip from a receiver, in words for a log; empty when it fits. */
export function clipProblems(clip: Clip, limits: ClipLimits): readonly string[] {
  const seconds = clip.durationMs / 1_000;
  const { width, height } = clip;
  const problems: readonly (readonly [boolean, string])[] = [
    [clip.bytes.length > limits.maxBytes, `${clip.bytes.length} bytes, ${limits.maxBytes} are allowed`],
    [seconds < limits.minSeconds, `${seconds} s, ${limits.minSeconds} s are needed`],
    [seconds > limits.maxSeconds, `${seconds} s, ${limits.maxSeconds} s are allowed`],
    [limits.sound === 'needed' && clip.audioCodec === null, 'without sound'],
    [height <= width, 'not upright'],
    [width < limits.minWidth || height < limits.minHeight, `${width} × ${height} is too small`],
    [width > limits.maxWidth || height > limits.maxHeight, `${width} × ${height} is too large`],
  ];
  return problems.filter(([found]) => found).map(([, problem]) => problem);
}
