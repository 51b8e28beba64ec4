import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { err, ok, type Result } from '../shared/result.ts';
import { usageProblem, type UsageProblem } from './output.ts';

/** Longer videos than this many frames are cut off: twenty minutes at five frames a second. */
const MAX_FRAMES = 6_000;

export interface VideoFrame {
  readonly file: string;
  readonly atSeconds: number;
}

export interface VideoRequest {
  readonly video: string;
  readonly framesPerSecond: number;
  readonly timeLimitMs: number;
  /** The program that takes videos apart. */
  readonly ffmpeg?: string;
}

/**
 * Takes a video apart with ffmpeg into a folder that only this user can read, lets `use` see the frames, and removes
 * the folder whatever happens. Fails when ffmpeg is missing, can't read the video or takes too long.
 */
export async function withVideoFrames<T>(
  request: VideoRequest,
  use: (frames: readonly VideoFrame[]) => Promise<T>,
): Promise<Result<T, UsageProblem>> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-frames-'));
  const removeAtExit = (): void => rmSync(folder, { recursive: true, force: true });
  const interrupted = (): never => process.exit(130);
  process.once('exit', removeAtExit);
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  try {
    const problem = await takeApart(request, folder);
    if (problem) return err(problem);
    const names = (await readdir(folder)).sort();
    if (names.length === 0) return err(unreadable(request.video));
    const frames = names.map((name, i) => ({ file: join(folder, name), atSeconds: i / request.framesPerSecond }));
    return ok(await use(frames));
  } finally {
    process.removeListener('exit', removeAtExit);
    process.removeListener('SIGINT', interrupted);
    process.removeListener('SIGTERM', interrupted);
    await rm(folder, { recursive: true, force: true });
  }
}

/** The protocols are limited so that a play list posing as a video can't reach the network. */
function argumentsFor({ video, framesPerSecond }: VideoRequest, folder: string): string[] {
  return [
    ...['-nostdin', '-v', 'error', '-protocol_whitelist', 'file', '-i', `file:${video}`],
    ...['-map', '0:v:0', '-vf', `fps=${framesPerSecond}`, '-frames:v', String(MAX_FRAMES)],
    ...['-q:v', '2', join(folder, '%06d.jpg')],
  ];
}

function takeApart(request: VideoRequest, folder: string): Promise<UsageProblem | null> {
  return new Promise((resolve) => {
    let late = false;
    const child = spawn(request.ffmpeg ?? 'ffmpeg', argumentsFor(request, folder), { stdio: 'ignore' });
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, request.timeLimitMs);
    child.on('error', () => {
      clearTimeout(timer);
      resolve(
        usageProblem(
          'ffmpeg is needed to read a video and was not found',
          'Install ffmpeg so that it is in PATH, or give a folder of still pictures.',
        ),
      );
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      if (late) resolve(usageProblem(`${request.video} took too long to read`, 'Cut the video, or lower --fps.'));
      else resolve(code === 0 ? null : unreadable(request.video));
    });
  });
}

function unreadable(video: string): UsageProblem {
  return usageProblem(`${video} can't be read as a video`, 'Give a video that ffmpeg can play, or a folder of stills.');
}
