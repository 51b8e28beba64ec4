import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type * as Runtime from 'onnxruntime-node';
import { SPEECH_SAMPLE_RATE, VOICE_WINDOW_SAMPLES, type VoiceDetector } from '../../shared/domain/voice-detector.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { VoiceEntry } from './model-manifest.ts';
import type { ReadFile } from './model-store.ts';

/** A loaded voice activity model; every listener gets a detector of its own. */
export interface VoiceModel {
  createDetector(): VoiceDetector;
  release(): Promise<void>;
}

/** The model sees the end of the window before too, so that an onset between two windows isn't cut. */
const CONTEXT_SAMPLES = 64;
/** The recurrent state: 2 × 1 × 128 values. */
const STATE_SHAPE = [2, 1, 128];
const STATE_VALUES = 256;
const INPUTS = ['input', 'state', 'sr'];
const OUTPUTS = ['output', 'stateN'];
/** More than this for digital silence, and it isn't the model it is said to be. */
const MAX_FOR_SILENCE = 0.2;

/**
 * Loads the voice activity model: Silero VAD from version 5 on, whose inputs are 64 + 512 samples, a state and the
 * sample rate. Refused with `inference.model-refused` like every other model.
 */
export async function loadVoiceModel(
  entry: VoiceEntry,
  folder: string,
  { readFile, runtime }: { readonly readFile: ReadFile; readonly runtime: typeof Runtime },
): Promise<Result<VoiceModel, Failure>> {
  const refused = (why: string): Result<never, Failure> =>
    err(failure('inference.model-refused', `${entry.file} ${why}`));
  const bytes = await readFile(join(folder, entry.file));
  if (!bytes) return refused('is missing');
  if (createHash('sha256').update(bytes).digest('hex') !== entry.sha256) return refused('does not match the manifest');
  let session: Runtime.InferenceSession;
  try {
    session = await runtime.InferenceSession.create(bytes, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
    });
  } catch {
    return refused("can't be loaded");
  }
  const model: VoiceModel = {
    createDetector: () => createDetector(session, runtime),
    release: () => session.release(),
  };
  const fits =
    INPUTS.every((name) => session.inputNames.includes(name)) &&
    OUTPUTS.every((name) => session.outputNames.includes(name));
  if (!fits) {
    await model.release();
    return refused('has other inputs or outputs than Silero VAD');
  }
  const silence = await probabilityOfSilence(model);
  if (silence === null || silence > MAX_FOR_SILENCE) {
    await model.release();
    return refused(silence === null ? 'does not run' : `hears speech in silence: ${silence.toFixed(2)}`);
  }
  return ok(model);
}

async function probabilityOfSilence(model: VoiceModel): Promise<number | null> {
  try {
    return await model.createDetector().detect(new Float32Array(VOICE_WINDOW_SAMPLES));
  } catch {
    return null;
  }
}

function createDetector(session: Runtime.InferenceSession, runtime: typeof Runtime): VoiceDetector {
  const samples = new Float32Array(CONTEXT_SAMPLES + VOICE_WINDOW_SAMPLES);
  const state = new Float32Array(STATE_VALUES);
  const feeds = {
    input: new runtime.Tensor('float32', samples, [1, samples.length]),
    state: new runtime.Tensor('float32', state, STATE_SHAPE),
    sr: new runtime.Tensor('int64', BigInt64Array.of(BigInt(SPEECH_SAMPLE_RATE)), []),
  };
  return {
    detect: async (window) => {
      if (window.length !== VOICE_WINDOW_SAMPLES) throw new Error(`a window of ${window.length} samples`);
      samples.copyWithin(0, VOICE_WINDOW_SAMPLES);
      samples.set(window, CONTEXT_SAMPLES);
      const { output, stateN } = await session.run(feeds);
      const probability = output?.data[0];
      const next = stateN?.data;
      if (typeof probability !== 'number' || !(probability >= 0 && probability <= 1)) {
        throw new Error('the voice activity model gave no probability');
      }
      if (!(next instanceof Float32Array) || next.length !== STATE_VALUES) {
        throw new Error('the voice activity model gave no state');
      }
      state.set(next);
      return probability;
    },
    wipe: () => {
      samples.fill(0);
      state.fill(0);
    },
  };
}
