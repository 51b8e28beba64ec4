import {
  recordedSessionSchema,
  type Challenge,
  type DisplayLog,
  type RecordedAudio,
  type RecordedSession,
} from '../../shared/domain/challenge.ts';
import type { PixelBox } from '../../shared/domain/liveness.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { TerminalCalibration } from '../../shared/domain/terminal-calibration.ts';

/** The folder of one recorded session; names are relative to it. */
export interface SessionFolder {
  /** Null when the file isn't there or can't be read. */
  read(name: string): Promise<Uint8Array | null>;
  write(name: string, bytes: Uint8Array): Promise<void>;
}

export const SESSION_FILE = 'session.json';

function parseJson(bytes: Uint8Array): Result<unknown, Failure> {
  try {
    return ok(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return err(failure('request.invalid', `${SESSION_FILE} is not JSON`));
  }
}

/** Reads and checks `session.json`; the frames are left to the caller. */
export async function readRecordedSession(folder: SessionFolder): Promise<Result<RecordedSession, Failure>> {
  const bytes = await folder.read(SESSION_FILE);
  if (!bytes) return err(failure('request.invalid', `${SESSION_FILE} can't be read`));
  const json = parseJson(bytes);
  if (!json.ok) return json;
  const parsed = recordedSessionSchema.safeParse(json.value);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  return err(failure('request.invalid', `${SESSION_FILE}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`));
}

export interface EncodedFrame {
  /** A whole JPEG or PNG file. */
  readonly image: Uint8Array;
  readonly extension: 'jpg' | 'png';
  readonly capturedAtMs: number;
  /** Where the face is, in the frame's pixels; left out where nobody said. */
  readonly face?: PixelBox;
  readonly busy?: boolean;
}

/** A larger picture of the same clip, as JPEG. */
export interface EvidencePicture {
  readonly image: Uint8Array;
  readonly capturedAtMs: number;
  readonly phase: 'neutral' | 'light';
}

/** 16-bit little-endian samples, one channel, 16 kHz. */
export interface SoundPiece {
  readonly pcm: Uint8Array;
  readonly startedAtMs: number;
  /** Frames that had come before it. */
  readonly afterFrames: number;
}

/** One challenge as it was played, with everything that it was judged by. */
export interface SessionRecording {
  readonly challenge: Challenge;
  readonly display: DisplayLog;
  readonly calibration: TerminalCalibration | null;
  readonly frames: readonly EncodedFrame[];
  readonly evidence: readonly EvidencePicture[];
  readonly sound: readonly SoundPiece[];
}

export interface SessionFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const SAMPLE_RATE = 16_000;

function nameOf(folder: string, index: number, extension: string): string {
  return `${folder}/${String(index).padStart(4, '0')}.${extension}`;
}

/**
 * A recorded challenge as the files of its folder: `frames/NNNN.png|jpg`, `evidence/NNNN.jpg`, `audio/NNNN.pcm` and,
 * last, `session.json`. Numbers are kept to the bit, so that judging the folder gives what judging the frames gave.
 */
export function recordingFiles(recording: SessionRecording, camera: RecordedSession['camera']): readonly SessionFile[] {
  const { challenge, display, calibration, frames, evidence, sound } = recording;
  const pictures = evidence.map(({ image, ...about }, i) => ({ image, ...about, file: nameOf('evidence', i, 'jpg') }));
  const pieces = sound.map(({ pcm, ...about }, i) => ({ pcm, ...about, file: nameOf('audio', i, 'pcm') }));
  const audio: RecordedAudio = {
    sampleRate: SAMPLE_RATE,
    pieces: pieces.map(({ file, startedAtMs, afterFrames }) => ({ file, startedAtMs, afterFrames })),
  };
  const session = {
    challenge: recordedChallenge(challenge),
    camera,
    display,
    evidence: pictures.map(({ file, capturedAtMs, phase }) => ({ file, capturedAtMs, phase })),
    ...(calibration === null ? {} : { calibration }),
    ...(sound.length === 0 ? {} : { audio }),
  };
  const listed = frames.map((frame, i) => ({ ...frame, file: nameOf('frames', i, frame.extension) }));
  return [
    ...listed.map(({ file, image }) => ({ name: file, bytes: image })),
    ...pictures.map(({ file, image }) => ({ name: file, bytes: image })),
    ...pieces.map(({ file, pcm }) => ({ name: file, bytes: pcm })),
    { name: SESSION_FILE, bytes: encodeSession(wholeSession(session, listed)) },
  ];
}

function recordedChallenge({ expiresAtMs: _, issuedAtMs, ...challenge }: Challenge): RecordedSession['challenge'] {
  return { ...challenge, ...(issuedAtMs === undefined ? {} : { issuedAt: issuedAtMs }) };
}

/**
 * Writes a session as `frames/NNNN.jpg|png` and, last, `session.json`: a folder without it was interrupted.
 */
export async function writeRecordedSession(
  folder: SessionFolder,
  session: Omit<RecordedSession, 'version' | 'frames'>,
  frames: readonly EncodedFrame[],
): Promise<RecordedSession> {
  const listed = frames.map((frame, i) => ({ ...frame, file: nameOf('frames', i, frame.extension) }));
  for (const { file, image } of listed) await folder.write(file, image);
  const whole = wholeSession(session, listed);
  await folder.write(SESSION_FILE, encodeSession(whole));
  return whole;
}

function wholeSession(
  session: Omit<RecordedSession, 'version' | 'frames'>,
  frames: readonly (EncodedFrame & { readonly file: string })[],
): RecordedSession {
  const listed = frames.map(({ file, capturedAtMs, face, busy }) => ({
    file,
    capturedAtMs,
    ...(face && { face }),
    ...(busy && { busy }),
  }));
  return recordedSessionSchema.parse({ ...session, version: 1, frames: listed });
}

function encodeSession(session: RecordedSession): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(session, null, 2)}\n`);
}
