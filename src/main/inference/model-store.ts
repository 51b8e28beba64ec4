import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type * as Runtime from 'onnxruntime-node';
import type { ThresholdCurve } from '../../shared/domain/comparison.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import {
  MODEL_IDS,
  modelManifestSchema,
  type ModelEntry,
  type ModelId,
  type ModelInput,
  type ModelManifest,
} from './model-manifest.ts';
import { loadRuntime } from './runtime.ts';
import { selfTestProblem } from './model-self-test.ts';
import { createSampler, type Sampler } from './resize.ts';
import { loadVoiceModel, type VoiceModel } from './voice-activity.ts';

/** A model with its input buffer. One run at a time: the buffer is reused. */
export interface LoadedModel {
  readonly id: ModelId;
  readonly input: ModelInput;
  /** What the outputs mean, for the models that need it said. */
  readonly meaning: ModelEntry['meaning'];
  /** Planar input values; fill it, then run. */
  readonly tensor: Float32Array;
  /** The outputs in the order of the manifest. */
  run(): Promise<readonly Float32Array[]>;
}

export interface ModelStore {
  readonly models: Readonly<Record<ModelId, LoadedModel>>;
  readonly hashes: readonly { readonly id: ModelId; readonly sha256: string }[];
  readonly thresholds: readonly ThresholdCurve[];
  /** Null when the manifest lists none. */
  readonly voice: VoiceModel | null;
  release(): Promise<void>;
}

/** Reads a whole file; null when it isn't there or can't be read. */
export type ReadFile = (path: string) => Promise<Uint8Array | null>;

interface Loaded {
  readonly model: LoadedModel;
  readonly release: () => Promise<void>;
}

/**
 * Loads every model of `manifest.json` in `folder`. A file that is missing, differs from the manifest by one bit or
 * has other inputs and outputs than promised, or fails its self-test, is refused with `inference.model-refused`, which names the file; the
 * bytes that were checked are the bytes that are loaded.
 *
 * @param threads threads within one model; one is the measured optimum for a kiosk that also draws.
 */
export async function loadModels(
  folder: string,
  threads: number,
  readFile: ReadFile,
): Promise<Result<ModelStore, Failure>> {
  const manifest = await readManifest(folder, readFile);
  if (!manifest.ok) return manifest;
  const loaded: Loaded[] = [];
  const source: ModelSource = { folder, threads, readFile, sampler: createSampler(), runtime: await loadRuntime() };
  for (const entry of manifest.value.models) {
    const result = await loadModel(entry, source);
    if (!result.ok) {
      await Promise.all(loaded.map(({ release }) => release()));
      return result;
    }
    loaded.push(result.value);
  }
  const voice = manifest.value.voice ? await loadVoiceModel(manifest.value.voice, folder, source) : ok(null);
  if (!voice.ok) {
    await Promise.all(loaded.map(({ release }) => release()));
    return voice;
  }
  const byId = Object.fromEntries(loaded.map(({ model }) => [model.id, model])) as Record<ModelId, LoadedModel>;
  return ok({
    models: byId,
    hashes: MODEL_IDS.map((id) => ({ id, sha256: manifest.value.models.find((entry) => entry.id === id)!.sha256 })),
    thresholds: manifest.value.models.find((entry) => entry.id === 'feature')?.thresholds ?? [],
    voice: voice.value,
    release: async () =>
      void (await Promise.all([...loaded, ...(voice.value ? [voice.value] : [])].map((model) => model.release()))),
  });
}

/** Reads and checks `manifest.json`. */
export async function readManifest(folder: string, readFile: ReadFile): Promise<Result<ModelManifest, Failure>> {
  const bytes = await readFile(join(folder, 'manifest.json'));
  if (!bytes) return refused('manifest.json is missing');
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return refused('manifest.json is not JSON');
  }
  const parsed = modelManifestSchema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  return refused(`manifest.json: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
}

interface ModelSource {
  readonly folder: string;
  readonly threads: number;
  readonly readFile: ReadFile;
  /** Draws the pictures of self-tests. */
  readonly sampler: Sampler;
  readonly runtime: typeof Runtime;
}

async function loadModel(entry: ModelEntry, source: ModelSource): Promise<Result<Loaded, Failure>> {
  const { folder, threads, readFile, runtime } = source;
  const bytes = await readFile(join(folder, entry.file));
  if (!bytes) return refused(`${entry.file} is missing`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== entry.sha256) return refused(`${entry.file} does not match the manifest`);
  let session: Runtime.InferenceSession;
  try {
    session = await runtime.InferenceSession.create(bytes, {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
    });
  } catch {
    return refused(`${entry.file} can't be loaded`);
  }
  const fits =
    session.inputNames.includes(entry.input.name) &&
    entry.outputs.every(({ name }) => session.outputNames.includes(name));
  if (!fits) {
    await session.release();
    return refused(`${entry.file} has other inputs or outputs than the manifest says`);
  }
  const model = modelOf(entry, session, runtime);
  if (!(await runsAsPromised(model))) {
    await session.release();
    return refused(`${entry.file} has other shapes than the manifest says`);
  }
  const problem = await selfTestProblem(entry, model, source.sampler, folder, readFile);
  if (problem !== null) {
    await session.release();
    return refused(`${entry.file} fails its self-test: ${problem}`);
  }
  return ok({ model, release: () => session.release() });
}

function modelOf(entry: ModelEntry, session: Runtime.InferenceSession, runtime: typeof Runtime): LoadedModel {
  const tensor = new Float32Array(entry.input.shape.reduce((product, side) => product * side, 1));
  const feeds = { [entry.input.name]: new runtime.Tensor('float32', tensor, entry.input.shape) };
  const lengths = entry.outputs.map(({ shape }) => shape.reduce((product, side) => product * side, 1));
  return {
    id: entry.id,
    input: entry.input,
    meaning: entry.meaning,
    tensor,
    run: async () => {
      const results = await session.run(feeds);
      return entry.outputs.map(({ name }, index) => {
        const values = results[name]?.data;
        if (!(values instanceof Float32Array) || values.length !== lengths[index]) {
          throw new Error(`${entry.file}: output ${name} is not float32 of ${lengths[index]} values`);
        }
        return values;
      });
    },
  };
}

/** Runs the model once on zeroes, which also takes the cost of a first run out of the first frame. */
async function runsAsPromised(model: LoadedModel): Promise<boolean> {
  try {
    await model.run();
    return true;
  } catch {
    return false;
  }
}

function refused(detail: string): Result<never, Failure> {
  return err(failure('inference.model-refused', detail));
}
