import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type * as Runtime from 'onnxruntime-node';
import { failure, type Failure } from '../../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../../shared/result.ts';
import { TEXT_PARTS, type TextFile, type TextPart } from '../../model-manifest.ts';
import { readManifest, type ReadFile } from '../../model-store.ts';
import { loadRuntime } from '../../runtime.ts';

/** The output of the recogniser for one strip: `steps × classes` probabilities, row by row. */
export interface StripScores {
  readonly steps: number;
  readonly classes: number;
  readonly probabilities: Float32Array;
}

/** The models that text is read with. One run at a time. */
export interface TextModels {
  /** @returns the probability of text for each of `height × width` pixels; both are multiples of 32. */
  detect(values: Float32Array, height: number, width: number): Promise<Float32Array>;
  /** @param values of one strip: 3 × 48 × width. */
  recognise(values: Float32Array, width: number): Promise<StripScores>;
  /** @param values of one strip: 3 × 48 × 192. @returns the probability that it stands on its head. */
  direction(values: Float32Array): Promise<number>;
  /** The characters of the recogniser's classes 1 to n − 2; 0 is no character, the last one is a space. */
  readonly dictionary: readonly string[];
  release(): Promise<void>;
}

/** Height of the strips that lines are read from. */
export const STRIP_HEIGHT = 48;
/** Width of the strips whose direction is told. */
export const DIRECTION_WIDTH = 192;
const PROBE_SIDE = 64;

/**
 * Loads the text models that `manifest.json` in `folder` lists. A file that is missing, differs by one bit, or isn't
 * what it is said to be, is refused with `inference.model-refused`, which names it; a manifest without text models is
 * `inference.unavailable`.
 */
export async function loadTextModels(
  folder: string,
  threads: number,
  readFile: ReadFile,
): Promise<Result<TextModels, Failure>> {
  const manifest = await readManifest(folder, readFile);
  if (!manifest.ok) return manifest;
  const { text } = manifest.value;
  if (!text) return err(failure('inference.unavailable', 'the manifest lists no text models'));
  const bytes = new Map<TextPart, Uint8Array>();
  for (const part of TEXT_PARTS) {
    const checked = await readChecked(text.files[part], folder, readFile);
    if (!checked.ok) return checked;
    bytes.set(part, checked.value);
  }
  const dictionary = charactersOf(bytes.get('dictionary')!);
  if (!dictionary) return refused(text.files.dictionary, 'is not one character a line');
  const runtime = await loadRuntime();
  const sessions: Runtime.InferenceSession[] = [];
  const releaseAll = async (): Promise<void> => void (await Promise.all(sessions.map((session) => session.release())));
  for (const part of ['detect', 'recognise', 'direction'] as const) {
    const session = await sessionOf(bytes.get(part)!, threads, runtime);
    if (session) sessions.push(session);
    if (session?.inputNames.length === 1 && session.outputNames.length === 1) continue;
    await releaseAll();
    return refused(text.files[part], session ? 'has other inputs or outputs than a text model' : "can't be loaded");
  }
  const [detect, recognise, direction] = sessions;
  const models = modelsOf({ detect: detect!, recognise: recognise!, direction: direction! }, dictionary, runtime);
  const odd = await partThatFails(models);
  if (odd === null) return ok({ ...models, release: releaseAll });
  await releaseAll();
  return refused(text.files[odd], 'does not give what a text model gives');
}

async function readChecked(entry: TextFile, folder: string, readFile: ReadFile): Promise<Result<Uint8Array, Failure>> {
  const bytes = await readFile(join(folder, entry.file));
  if (!bytes) return refused(entry, 'is missing');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return sha256 === entry.sha256 ? ok(bytes) : refused(entry, 'does not match the manifest');
}

function charactersOf(bytes: Uint8Array): readonly string[] | null {
  const lines = Buffer.from(bytes).toString('utf8').replace(/\n$/, '').split(/\r?\n/);
  return lines.every((line) => [...line].length === 1) ? lines : null;
}

async function sessionOf(
  bytes: Uint8Array,
  threads: number,
  runtime: typeof Runtime,
): Promise<Runtime.InferenceSession | null> {
  try {
    return await runtime.InferenceSession.create(bytes, {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
      // Every picture has another size: a plan kept for each of them would only grow.
      enableMemPattern: false,
      logSeverityLevel: 3,
    });
  } catch {
    return null;
  }
}

type Sessions = Readonly<Record<Exclude<TextPart, 'dictionary'>, Runtime.InferenceSession>>;

function modelsOf(
  sessions: Sessions,
  dictionary: readonly string[],
  runtime: typeof Runtime,
): Omit<TextModels, 'release'> {
  const run = async (
    session: Runtime.InferenceSession,
    values: Float32Array,
    shape: readonly number[],
  ): Promise<Runtime.Tensor> => {
    const results = await session.run({ [session.inputNames[0]!]: new runtime.Tensor('float32', values, shape) });
    return results[session.outputNames[0]!]!;
  };
  return {
    dictionary,
    detect: async (values, height, width) => {
      const { data } = await run(sessions.detect, values, [1, 3, height, width]);
      return floats(data, height * width);
    },
    recognise: async (values, width) => {
      const { data, dims } = await run(sessions.recognise, values, [1, 3, STRIP_HEIGHT, width]);
      const [, steps = 0, classes = 0] = dims;
      if (classes !== dictionary.length + 2) throw new Error(`${classes} classes for ${dictionary.length} characters`);
      return { steps, classes, probabilities: floats(data, steps * classes) };
    },
    direction: async (values) => {
      const { data } = await run(sessions.direction, values, [1, 3, STRIP_HEIGHT, DIRECTION_WIDTH]);
      return floats(data, 2)[1]!;
    },
  };
}

function floats(data: unknown, length: number): Float32Array {
  if (data instanceof Float32Array && data.length === length) return data;
  throw new Error(`a text model did not give ${length} numbers`);
}

/** Runs each of them once on grey, which also takes the cost of first runs out of the first picture. */
async function partThatFails(models: Omit<TextModels, 'release'>): Promise<Exclude<TextPart, 'dictionary'> | null> {
  const grey = (width: number, height: number): Float32Array => new Float32Array(3 * width * height);
  const succeeds = (run: Promise<unknown>): Promise<boolean> =>
    run.then(
      () => true,
      () => false,
    );
  if (!(await succeeds(models.detect(grey(PROBE_SIDE, PROBE_SIDE), PROBE_SIDE, PROBE_SIDE)))) return 'detect';
  if (!(await succeeds(models.recognise(grey(PROBE_SIDE, STRIP_HEIGHT), PROBE_SIDE)))) return 'recognise';
  return (await succeeds(models.direction(grey(DIRECTION_WIDTH, STRIP_HEIGHT)))) ? null : 'direction';
}

function refused({ file }: TextFile, why: string): Result<never, Failure> {
  return err(failure('inference.model-refused', `${file} ${why}`));
}
