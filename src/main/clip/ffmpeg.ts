import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { access, open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { MAX_CLIP_BYTES, type ClipFormat, type ClipParts } from '../../shared/domain/clip.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { makeClipFolder, MEMORY_FOLDER } from './clip-folders.ts';
import { encodeArguments, H264_ENCODERS, recodeArguments, type ClipCut, type H264Encoder } from './ffmpeg-arguments.ts';
import { atEvenRate } from './frame-pace.ts';

/** A program of the operating system that makes MP4 files of pictures and sound. */
export interface ClipProgram {
  /** The parts as an MP4 file; fails with `capture.clip-unavailable`. */
  encode(parts: ClipParts, format: ClipFormat): Promise<Result<Uint8Array, Failure>>;
  /** A piece of an MP4 file as one of another format; fails with `capture.clip-unavailable`. */
  recode(file: Uint8Array, cut: ClipCut, format: ClipFormat): Promise<Result<Uint8Array, Failure>>;
}

export interface FfmpegOptions {
  /** Looked for in PATH where it isn't an absolute path. */
  readonly program?: string;
  /** Instead of `MEMORY_FOLDER`. */
  readonly memoryFolder?: string;
}

const PROBE_TIMEOUT_MS = 5_000;
const ENCODE_TIMEOUT_MS = 30_000;

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
  const tool = { program, memoryFolder, h264 };
  return {
    encode: (parts, format) => encode(tool, parts, format),
    recode: (file, cut, format) => recode(tool, file, cut, format),
  };
}

function encodersOf(program: string): Promise<ReadonlySet<string>> {
  return new Promise((resolve) => {
    execFile(program, ['-hide_banner', '-encoders'], { timeout: PROBE_TIMEOUT_MS }, (error, stdout) => {
      const names = stdout.split('\n').map((line) => /^ [VA][A-Z.]{5} (\S+)/.exec(line)?.[1]);
      resolve(new Set(error ? [] : names.filter((name) => name !== undefined)));
    });
  });
}

interface Tool {
  readonly program: string;
  readonly memoryFolder: string;
  readonly h264: H264Encoder;
}

function encode(
  { program, memoryFolder, h264 }: Tool,
  { frames, pcm }: ClipParts,
  format: ClipFormat,
): Promise<Result<Uint8Array, Failure>> {
  return inMemory(memoryFolder, (folder) => {
    const file = join(folder, 'clip.mp4');
    const stdio = ['pipe', 'ignore', 'ignore', 'pipe'] as const;
    const child = spawn(program, encodeArguments(h264, format, pcm !== null, file), { stdio: [...stdio] });
    const ended = endOf(child);
    feed(child.stdio[3] as Writable, pcm ? [pcm] : []);
    const paced = atEvenRate(frames, format.framesPerSecond);
    feed(
      child.stdin!,
      paced.map(({ jpeg }) => jpeg),
    );
    return ended;
  });
}

function recode(
  { program, memoryFolder, h264 }: Tool,
  bytes: Uint8Array,
  cut: ClipCut,
  format: ClipFormat,
): Promise<Result<Uint8Array, Failure>> {
  return inMemory(memoryFolder, async (folder) => {
    const source = join(folder, 'source.mp4');
    await writeFile(source, bytes, { mode: 0o600 });
    // An MP4 file has to be sought in, so nothing ends this program when its parent dies but the end of its work.
    const options = recodeArguments(h264, format, cut, source, join(folder, 'clip.mp4'));
    return endOf(spawn(program, options, { stdio: 'ignore' }));
  });
}

/** Runs the program with a folder of its own in memory, and reads the `clip.mp4` that it leaves there. */
async function inMemory(
  memoryFolder: string,
  run: (folder: string) => Promise<string | null>,
): Promise<Result<Uint8Array, Failure>> {
  const folder = await makeClipFolder(memoryFolder).catch(() => null);
  if (folder === null) return err(failure('capture.clip-unavailable', 'no room in memory'));
  try {
    const problem = await run(folder);
    if (problem !== null) return err(failure('capture.clip-unavailable', problem));
    const bytes = await readFileBounded(join(folder, 'clip.mp4'));
    // Where ffmpeg stops at the limit it cuts the clip, and the index after it makes the file larger than that.
    return bytes ? ok(bytes) : err(failure('capture.clip-unavailable', `more than ${MAX_CLIP_BYTES} bytes`));
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

/** Null for a file that is larger than any clip may be. */
async function readFileBounded(path: string): Promise<Uint8Array | null> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    return size > MAX_CLIP_BYTES ? null : await file.readFile();
  } finally {
    await file.close();
  }
}
