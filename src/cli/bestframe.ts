import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Command } from 'commander';
import { failure } from '../shared/reasons.ts';
import { bestFrame, rankFrames, type RankedFrame } from './frame-ranking.ts';
import { openFrameRater, type FrameRater } from './frame-rater.ts';
import { modelsFolder } from './models-folder.ts';
import { emitError, emitJson, emitText, setExitCode, usageProblem } from './output.ts';
import { createProgress } from './progress.ts';
import { withVideoFrames } from './video-frames.ts';

interface BestFrameOptions {
  readonly json?: boolean;
  readonly models?: string;
  readonly fps: string;
}

/** A still picture, or a moment of a video. */
interface Source {
  readonly path: string;
  readonly named: { readonly file: string; readonly atSeconds?: number };
}
interface NamedFrame extends RankedFrame {
  readonly file: string;
  readonly atSeconds?: number;
}
interface RefusedFile {
  readonly file: string;
  readonly atSeconds?: number;
  readonly error: { readonly code: string; readonly message: string };
}

const STILL_TYPES: ReadonlySet<string> = new Set(['.jpg', '.jpeg', '.png', '.webp', '.bmp']);
const VIDEO_TIME_LIMIT_MS = 120_000;
const MAX_FRAMES_PER_SECOND = 60;
/** Of the ranking, as text for people; JSON has all of it. */
const SHOWN_FRAMES = 10;

/** Adds `face bestframe`. */
export function registerBestFrameCommand(face: Command): void {
  face
    .command('bestframe')
    .description('rank the frames of a video, or the stills of a folder, by the quality of the main face')
    .argument('<source>', 'a folder of JPEG, PNG, WebP or BMP files, or a video (needs ffmpeg)')
    .option('--fps <rate>', 'frames a second that are taken from a video', '5')
    .option('--json', 'one JSON value on standard output')
    .option('--models <folder>', 'folder with manifest.json and the models')
    .action(async (source: string, _options: unknown, command: Command) =>
      findBestFrame(source, command.optsWithGlobals<BestFrameOptions>()),
    );
}

async function findBestFrame(source: string, options: BestFrameOptions): Promise<void> {
  const json = options.json === true;
  const framesPerSecond = Number(options.fps);
  if (!(framesPerSecond > 0 && framesPerSecond <= MAX_FRAMES_PER_SECOND)) {
    const hint = `Frames a second, up to ${MAX_FRAMES_PER_SECOND}.`;
    return emitError(usageProblem('--fps has to be a number above 0', hint), json);
  }
  const kind = await stat(source).catch(() => null);
  if (!kind) return emitError(usageProblem(`${source} can't be read`, 'Give a folder of stills or a video.'), json);
  const rater = await openFrameRater(modelsFolder(options.models));
  if (!rater.ok) return emitError(rater.error, json);
  if (kind.isDirectory()) return reportStills(source, rater.value, json);
  const shown = await withVideoFrames(
    { video: source, framesPerSecond, timeLimitMs: VIDEO_TIME_LIMIT_MS },
    async (frames) => {
      const moments = frames.map(({ file, atSeconds }) => ({ path: file, named: { file: source, atSeconds } }));
      report(await rateAll(moments, rater.value), json);
    },
  );
  if (!shown.ok) emitError(shown.error, json);
}

async function reportStills(folder: string, rater: FrameRater, json: boolean): Promise<void> {
  const names = (await readdir(folder)).filter((name) => STILL_TYPES.has(extname(name).toLowerCase())).sort();
  if (names.length === 0) {
    return emitError(usageProblem(`${folder} holds no stills`, 'JPEG, PNG, WebP and BMP files are looked at.'), json);
  }
  const stills = names.map((name) => ({ path: join(folder, name), named: { file: join(folder, name) } }));
  report(await rateAll(stills, rater), json);
}

async function rateAll(sources: readonly Source[], rater: FrameRater): Promise<(NamedFrame | RefusedFile)[]> {
  const progress = createProgress('frames', sources.length);
  const rated: (NamedFrame | RefusedFile)[] = [];
  for (const { path, named } of sources) {
    const rating = await rater(path);
    if (rating.ok) {
      const { quality, sharpness, reasons } = rating.value;
      const findings = reasons.map((found) => ({ ...found, value: round(found.value, 3) }));
      rated.push({ ...named, quality, sharpness: round(sharpness, 1), reasons: findings });
    } else {
      const { code, detail } = rating.error;
      rated.push({ ...named, error: { code, message: detail === undefined ? code : `${code}: ${detail}` } });
    }
    progress.step();
  }
  progress.wipe();
  return rated;
}

/** A file that is no picture stands last in the list and makes the exit code 2; no face anywhere makes it 1. */
function report(all: readonly (NamedFrame | RefusedFile)[], json: boolean): void {
  const refused = all.filter((frame): frame is RefusedFile => 'error' in frame);
  const ranked = rankFrames(all.filter((frame): frame is NamedFrame => !('error' in frame)));
  const best = bestFrame(ranked);
  if (refused.length > 0) setExitCode(2);
  if (json) emitJson({ best, frames: [...ranked, ...refused] });
  else for (const line of [...ranked.slice(0, SHOWN_FRAMES).map(described), ...refused.map(refusal)]) emitText(line);
  if (best) return;
  if (json) setExitCode(1);
  else emitError(failure('capture.no-face', 'in none of the frames'), json);
}

function described(frame: NamedFrame): string {
  const found = frame.reasons.map(({ reason }) => reason).join(', ') || 'nothing to object';
  return `${placeOf(frame)}: quality ${frame.quality}, sharpness ${frame.sharpness} (${found})`;
}

function refusal(file: RefusedFile): string {
  return `${placeOf(file)}: ${file.error.message}`;
}

function placeOf({ file, atSeconds }: { readonly file: string; readonly atSeconds?: number }): string {
  return atSeconds === undefined ? file : `${file} at ${atSeconds.toFixed(2)} s`;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
