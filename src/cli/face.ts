import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { PAIR_KINDS, type PairKind } from '../shared/domain/comparison.ts';
import type { Failure } from '../shared/reasons.ts';
import { ok, type Result } from '../shared/result.ts';
import type { FaceInspection } from '../main/inference/face-inspection.ts';
import { registerBestFrameCommand } from './bestframe.ts';
import { openFaceSession, type FaceSession } from './face-session.ts';
import { modelsFolder } from './models-folder.ts';
import { emitError, emitJson, emitText, setExitCode, usageProblem } from './output.ts';
import { parsePairList } from './pair-list.ts';
import { createProgress } from './progress.ts';

interface CommonOptions {
  readonly json?: boolean;
  readonly models?: string;
}
interface CompareOptions extends CommonOptions {
  readonly pairs?: string;
  readonly multi?: boolean;
  readonly kind: PairKind;
  readonly far: string;
}

/** Adds `face inspect`, `face compare` and `face bestframe`. */
export function registerFaceCommands(program: Command): void {
  const face = program.command('face').description('look at faces in image files');
  withCommonOptions(face.command('inspect'))
    .description('find and measure the faces of each image')
    .argument('<image...>', 'JPEG, PNG, WebP or BMP files')
    .action(async (images: string[], _options: unknown, command: Command) =>
      inspect(images, command.optsWithGlobals<CommonOptions>()),
    );
  withCommonOptions(face.command('compare'))
    .description('compare the main faces of two images, or of each pair in a list')
    .argument('[a]', 'first image')
    .argument('[b]', 'second image; the chip portrait for live-chip')
    .option('--pairs <csv>', 'a CSV file with the columns a and b; paths from here, or else from the file')
    .option('--multi', 'compare every face of the first image with the second')
    .addOption(new Option('--kind <kind>', 'what is compared').choices([...PAIR_KINDS]).default('live-live'))
    .option('--far <rate>', 'false accept rate that a match is decided at', '1e-4')
    .action(async (a: string | undefined, b: string | undefined, _options: unknown, command: Command) =>
      compare(a, b, command.optsWithGlobals<CompareOptions>()),
    );
  registerBestFrameCommand(face);
}

function withCommonOptions(command: Command): Command {
  return command
    .option('--json', 'one JSON value per line on standard output')
    .option('--models <folder>', 'folder with manifest.json and the models');
}

async function inspect(images: readonly string[], options: CommonOptions): Promise<void> {
  const json = options.json === true;
  const session = await opened(options);
  if (!session) return;
  for (const file of images) {
    const inspected = await session.inspect(file);
    if (!inspected.ok) {
      setExitCode(2);
      if (json) emitJson({ file, error: errorOf(inspected.error) });
      else emitText(`${file}: ${errorOf(inspected.error).message}`);
      continue;
    }
    if (json) emitJson({ file, ...rounded(inspected.value) });
    else emitText(described(file, inspected.value));
  }
}

async function compare(a: string | undefined, b: string | undefined, options: CompareOptions): Promise<void> {
  const json = options.json === true;
  const far = Number(options.far);
  if (!(far > 0 && far < 1)) {
    emitError(usageProblem('--far has to be between 0 and 1', 'For example 1e-4.'), json);
    return;
  }
  const single = a !== undefined && b !== undefined;
  const listed = options.pairs !== undefined;
  if (single === listed || (listed && (a !== undefined || options.multi === true))) {
    emitError(usageProblem('two images or --pairs FILE.csv are needed; --multi takes two images', 'See --help.'), json);
    return;
  }
  if (options.pairs !== undefined) return compareList(options.pairs, options, far);
  const session = await opened(options);
  if (!session) return;
  const result = options.multi
    ? await compareEach(session, a!, b!, options.kind, far)
    : await compareMain(session, a!, b!, options.kind, far);
  if (result.ok) report({ a: a!, b: b!, ...result.value }, json);
  else emitError(result.error, json, result.error.code === 'inference.image-invalid' ? 2 : 1);
}

type Compared = Promise<Result<Readonly<Record<string, unknown>>, Failure>>;

async function compareMain(session: FaceSession, a: string, b: string, kind: PairKind, far: number): Compared {
  const result = await session.compare(a, b, kind, far);
  return result.ok ? ok({ ...roundedComparison(result.value) }) : result;
}

async function compareEach(session: FaceSession, a: string, b: string, kind: PairKind, far: number): Compared {
  const result = await session.compareEach(a, b, kind, far);
  if (!result.ok) return result;
  const { faces, best, compared } = result.value;
  const rows = compared.map(({ box, ...face }) => ({ box: roundedEach({ ...box }, 1), ...roundedComparison(face) }));
  return ok({ faces, best, compared: rows });
}

async function compareList(file: string, options: CompareOptions, far: number): Promise<void> {
  const json = options.json === true;
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) {
    emitError(usageProblem(`${file} can't be read`, 'Give a CSV file with the columns a and b.'), json);
    return;
  }
  const pairs = parsePairList(text);
  if (!pairs.ok) {
    emitError(pairs.error, json, 2);
    return;
  }
  const session = await opened(options);
  if (!session) return;
  const progress = createProgress('pairs', pairs.value.length);
  for (const { a, b } of pairs.value) {
    const result = await session.compare(located(a, file), located(b, file), options.kind, far);
    progress.wipe();
    if (result.ok) report({ a, b, ...roundedComparison(result.value) }, json);
    else report({ a, b, kind: options.kind, error: errorOf(result.error) }, json);
    progress.step();
  }
  progress.wipe();
}

async function opened(options: CommonOptions): Promise<FaceSession | null> {
  const session = await openFaceSession(modelsFolder(options.models));
  if (session.ok) return session.value;
  emitError(session.error, options.json === true);
  return null;
}

/** A path from the list: as it is from the current folder, or else from the list's own. */
function located(path: string, list: string): string {
  return existsSync(path) ? path : resolve(dirname(list), path);
}

function report(line: Readonly<Record<string, unknown>>, json: boolean): void {
  if (json) emitJson(line);
  else
    emitText(
      Object.entries(line)
        .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
        .join(' '),
    );
}

function errorOf({ code, detail }: Failure): { code: string; message: string } {
  return { code, message: detail === undefined ? code : `${code}: ${detail}` };
}

function described(file: string, { faces }: FaceInspection): string {
  if (faces.length === 0) return `${file}: no face`;
  const lines = faces.map(({ box, quality, spoof }) => {
    const place = `${Math.round(box.width)}x${Math.round(box.height)} at ${Math.round(box.x)},${Math.round(box.y)}`;
    const found = quality.reasons.map(({ reason }) => reason).join(', ') || 'nothing to object';
    return `${file}: ${place}, quality ${quality.score} (${found}), live score ${spoof.liveScore.toFixed(2)}`;
  });
  return lines.join('\n');
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

function roundedComparison<T extends { similarity: number; score: number; far: number }>(comparison: T): T {
  const { similarity, score, far } = comparison;
  return { ...comparison, similarity: round(similarity, 6), score: round(score, 2), far: Number(far.toPrecision(3)) };
}

function roundedEach(values: Readonly<Record<string, number>>, digits: number): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, round(value, digits)]));
}

/** Pixels to a tenth, probabilities to four digits: more would only pretend. */
function rounded({ faces, timingsMs }: FaceInspection): Readonly<Record<string, unknown>> {
  return {
    faces: faces.map((face) => ({
      box: roundedEach({ ...face.box }, 1),
      score: round(face.score, 4),
      landmarks: face.landmarks.map(([x, y]) => [round(x, 1), round(y, 1)]),
      pose: roundedEach({ ...face.pose }, 1),
      eyes: roundedEach({ ...face.eyes }, 4),
      quality: {
        score: face.quality.score,
        reasons: face.quality.reasons.map((found) => ({ ...found, value: round(found.value, 3) })),
      },
      spoof: { liveScore: round(face.spoof.liveScore, 4) },
    })),
    timingsMs: roundedEach(timingsMs, 2),
  };
}
