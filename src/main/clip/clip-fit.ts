import {
  CLIP_FRAMES_PER_SECOND,
  CLIP_SAMPLE_RATE,
  clipProblems,
  fitClip,
  type Clip,
  type ClipFormat,
  type ClipMoment,
  type RecordedClip,
} from '../../shared/domain/clip.ts';
import type { ClipReceiver } from '../../shared/domain/clip-receiver.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { finishClip } from './clip-intake.ts';
import { clipWindow, holds } from './clip-window.ts';
import type { ClipProgram } from './ffmpeg.ts';
import { readMp4 } from './mp4-file.ts';

type RecordedParts = Extract<RecordedClip, { kind: 'parts' }>;
type RecordedFile = Extract<RecordedClip, { kind: 'mp4' }>;

export interface ClipFitting {
  readonly receiver: ClipReceiver;
  /** When the person blinked because it was asked for, on the clock of the clip's `startedAtMs`; null if never. */
  readonly blink: ClipMoment | null;
  /** Null where this machine has none: then only a file that fits as it is can be sent. */
  readonly program: ClipProgram | null;
}

/**
 * Makes of a recorded clip one that its receiver takes: no longer than is of use, with the blink in it, upright, H.264,
 * and without sound that nobody needs. The result is read and held against every limit. Fails with
 * `material.clip-unfit`, naming the limit. `recorded` is overwritten unless it is itself the result.
 */
export async function fitRecordedClip(recorded: RecordedClip, fitting: ClipFitting): Promise<Result<Clip, Failure>> {
  const made = recorded.kind === 'parts' ? await fitParts(recorded, fitting) : await fitFile(recorded, fitting);
  return made.ok ? made : err(failure('material.clip-unfit', made.error.detail));
}

async function fitParts(recorded: RecordedParts, fitting: ClipFitting): Promise<Result<Clip, Failure>> {
  const { receiver, program } = fitting;
  const { frames, pcm } = recorded;
  const firstMs = frames[0]!.capturedAtMs;
  const atMs = (frame: RecordedParts['frames'][number]): number => frame.capturedAtMs - firstMs;
  const window = windowOf(atMs(frames.at(-1)!), recorded, fitting);
  const kept = window.ok ? frames.filter((each) => holds(window.value, { fromMs: atMs(each), toMs: atMs(each) })) : [];
  const sound = receiver.limits.sound === 'needed' && pcm && soundOf(pcm, kept.map(atMs));
  const made = window.ok
    ? await finishParts({ kind: 'parts', frames: kept, pcm: sound || null }, receiver, program)
    : window;
  for (const { jpeg } of frames) jpeg.fill(0);
  pcm?.fill(0);
  return made;
}

function finishParts(parts: RecordedParts, { limits }: ClipReceiver, program: ClipProgram | null) {
  const [first, last] = [parts.frames[0], parts.frames.at(-1)];
  if (!first || !last || first === last) return refuse('too few pictures');
  // Each picture stands for its turn, the last one too.
  const lengthMs = last.capturedAtMs - first.capturedAtMs + 1_000 / CLIP_FRAMES_PER_SECOND;
  const format = fitClip(limits, lengthMs / 1_000, parts.pcm !== null);
  return format.ok ? finishClip(parts, format.value, limits, program) : format;
}

/** The sound from the first picture that is kept until the last; `timesMs` count from the clip's first one. */
function soundOf(pcm: Uint8Array, timesMs: readonly number[]): Uint8Array {
  const byteAt = (ms: number): number => 2 * Math.round((ms * CLIP_SAMPLE_RATE) / 1_000);
  return pcm.subarray(byteAt(timesMs[0] ?? 0), byteAt(timesMs.at(-1) ?? 0));
}

async function fitFile(recorded: RecordedFile, fitting: ClipFitting): Promise<Result<Clip, Failure>> {
  const { receiver, program } = fitting;
  const { limits } = receiver;
  const file = readMp4(recorded.bytes);
  if (!file.ok) return file;
  const { durationMs, audioCodec } = file.value;
  const window = windowOf(durationMs, recorded, fitting);
  if (!window.ok) return window;
  const problems = clipProblems(file.value, limits);
  const isWhole = window.value.toMs - window.value.fromMs >= durationMs;
  const hasNeedlessSound = audioCodec !== null && limits.sound === 'optional';
  if (problems.length === 0 && (program === null || (isWhole && !hasNeedlessSound))) return file;
  if (!program) return refuse(problems.join('; '));
  const made = await recodeFile(file.value, window.value, receiver, program);
  recorded.bytes.fill(0);
  return made;
}

async function recodeFile(
  { bytes, audioCodec }: Clip,
  { fromMs, toMs }: ClipMoment,
  { limits }: ClipReceiver,
  program: ClipProgram,
): Promise<Result<Clip, Failure>> {
  const lengthMs = toMs - fromMs;
  const format: Result<ClipFormat, Failure> = fitClip(
    limits,
    lengthMs / 1_000,
    audioCodec !== null && limits.sound === 'needed',
  );
  if (!format.ok) return format;
  const recoded = await program.recode(bytes, { fromMs, lengthMs }, format.value);
  return recoded.ok ? finishClip({ kind: 'mp4', bytes: recoded.value }, format.value, limits, null) : recoded;
}

/** What of the clip is kept, counted from its first frame. */
function windowOf(
  lengthMs: number,
  { startedAtMs }: RecordedClip,
  { receiver, blink }: ClipFitting,
): Result<ClipMoment, Failure> {
  const known = blink !== null && startedAtMs !== undefined;
  const moment = known ? { fromMs: blink.fromMs - startedAtMs, toMs: blink.toMs - startedAtMs } : null;
  const window = clipWindow(lengthMs, receiver.bestSeconds * 1_000, moment);
  if (!receiver.needsBlink || (moment && holds(window, moment))) return ok(window);
  return refuse(moment ? 'the blink is not in the clip' : 'a blink is needed, and none was asked for');
}

function refuse(detail: string): Result<never, Failure> {
  return err(failure('capture.clip-unavailable', detail));
}
