import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { access, mkdtemp, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { CLIP_SAMPLE_RATE, MAX_CLIP_BYTES, type ClipFormat, type ClipParts } from '../../shared/domain/clip.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { atEvenRate } from './frame-pace.ts';

/** A program of the operating system that makes MP4 files of pictures and sound. */
export interface ClipProgram {
  /** The parts as an MP4 file; fails with `capture.clip-unavailable`. */
  encode(parts: ClipParts, format: ClipFormat): Promise<Result<Uint8Array, Failure>>;
}

export interface FfmpegOptions {
  /** Looked for in PATH where it isn't an absolute path. */
  readonly program?: string;
  /** A folder in memory: a clip must not be on a disk in plain, and MP4 files are written back and forth. */
  readonly memoryFolder?: string;
}

const MEMORY_FOLDER = '/dev/shm';
const PROBE_TIMEOUT_MS = 5_000;
const ENCODE_TIMEOUT_MS = 30_000;
/** By preference; each with what it needs to be quick and readable everywhere. */
const H264_ENCODERS = {
  libx264: ['-preset', 'veryfast', '-profile:v', 'baseline'],
  libopenh264: ['-profile:v', 'constrained_baseline'],
} as const;
type H264Encoder = keyof typeof H264_ENCODERS;

/**
 * Looks for ffmpeg with an H.264 and an AAC encoder. Null where it is missing or lacks one of them, and where there
 * is no folder in memory: then there is no clip, and nothing else is put in its place.
 */
export async function findFfmpeg(options: FfmpegOptions = {}): Promise<ClipProgram | null> {
  const { program = 'ffmpeg', memoryFolder = MEMORY_FOLDER } = options;
  const hasFolder = await access(memoryFolder).then(
    () => true,
    () => false,
  );
  if (!hasFolder) return null;
  const encoders = await encodersOf(program);
  const h264 = (Object.keys(H264_ENCODERS) as H264Encoder[]).find((name) => encoders.has(name));
  if (!h264 || !encoders.has('aac')) return null;
  return { encode: (parts, format) => encode(program, memoryFolder, h264, parts, format) };
}

function encodersOf(program: string): Promise<ReadonlySet<string>> {
  return new Promise((resolve) => {
    execFile(program, ['-hide_banner', '-encoders'], { timeout: PROBE_TIMEOUT_MS }, (error, stdout) => {
      const names = stdout.split('\n').map((line) => /^ [VA][A-Z.]{5} (\S+)/.exec(line)?.[1]);
      resolve(new Set(error ? [] : names.filter((name) => name !== undefined)));
    });
  });
}

/** Pictures come through standard input, sound through descriptor 3: nothing of the clip is in the arguments. */
function argumentsFor(h264: H264Encoder, format: ClipFormat, hasSound: boolean, file: string): string[] {
  const { framesPerSecond, width, height, videoBitsPerSecond, audioBitsPerSecond } = format;
  const sound = hasSound ? ['-f', 's16le', '-ar', String(CLIP_SAMPLE_RATE), '-ac', '1', '-i', 'pipe:3'] : [];
  const audio = hasSound ? ['-c:a', 'aac', '-b:a', String(audioBitsPerSecond ?? 64_000), '-ar', '44100'] : ['-an'];
  return [
    ...['-nostdin', '-hide_banner', '-v', 'error', '-protocol_whitelist', 'pipe,file', '-y'],
    ...['-f', 'mjpeg', '-framerate', String(framesPerSecond), '-i', 'pipe:0', ...sound],
    ...['-vf', `scale=${width}:${height}`, '-c:v', h264, ...H264_ENCODERS[h264], '-pix_fmt', 'yuv420p'],
    ...['-b:v', String(videoBitsPerSecond), '-maxrate', String(videoBitsPerSecond)],
    ...['-bufsize', String(2 * videoBitsPerSecond), '-g', '60', ...audio],
    ...['-map_metadata', '-1', '-movflags', '+faststart', '-fs', String(MAX_CLIP_BYTES), '-f', 'mp4', file],
  ];
}

async function encode(
  program: string,
  memoryFolder: string,
  h264: H264Encoder,
  { frames, pcm }: ClipParts,
  format: ClipFormat,
): Promise<Result<Uint8Array, Failure>> {
  const folder = await mkdtemp(join(memoryFolder, 'countersign-clip-')).catch(() => null);
  if (folder === null) return err(failure('capture.clip-unavailable', 'no room in memory'));
  const file = join(folder, 'clip.mp4');
  try {
    const stdio = ['pipe', 'ignore', 'ignore', 'pipe'] as const;
    const child = spawn(program, argumentsFor(h264, format, pcm !== null, file), { stdio: [...stdio] });
    const ended = endOf(child);
    feed(child.stdio[3] as Writable, pcm ? [pcm] : []);
    const paced = atEvenRate(frames, format.framesPerSecond);
    feed(
      child.stdin!,
      paced.map(({ jpeg }) => jpeg),
    );
    const problem = await ended;
    return problem === null ? ok(await readFileBounded(file)) : err(failure('capture.clip-unavailable', problem));
  } catch {
    return err(failure('capture.clip-unavailable', 'the encoded clip can not be read'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function endOf(child: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, ENCODE_TIMEOUT_MS);
    const end = (problem: string | null): void => {
      clearTimeout(timer);
      resolve(late ? 'encoding took too long' : problem);
    };
    child.on('error', () => end('ffmpeg does not start'));
    child.on('close', (code) => end(code === 0 ? null : `ffmpeg ended with ${code ?? 'a signal'}`));
  });
}

/** Writes without waiting: a pipe that closes early is told by how the program ends. */
function feed(stream: Writable, pieces: readonly Uint8Array[]): void {
  stream.on('error', () => undefined);
  for (const piece of pieces) stream.write(piece);
  stream.end();
}

async function readFileBounded(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(Math.min((await file.stat()).size, MAX_CLIP_BYTES));
    await file.read(bytes, 0, bytes.length, 0);
    return bytes;
  } finally {
    await file.close();
  }
}
