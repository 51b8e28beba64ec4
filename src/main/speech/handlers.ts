import type { Clock } from '../../shared/clock.ts';
import { SPEECH_SAMPLE_RATE } from '../../shared/domain/voice-detector.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Handlers } from '../worker-process/rpc.ts';
import type { SpeechContract } from './contract.ts';
import { digitsIn } from './digit-words.ts';
import { createTranscriber, type SherpaRuntime, type Transcribe } from './sherpa-runtime.ts';
import { checkSpeechModel, unavailable, type ReadFile, type SpeechModel } from './speech-model.ts';
import { samplesOf } from './wave-file.ts';

const MAX_PCM_BYTES = 30 * SPEECH_SAMPLE_RATE * 2;

export interface SpeechParts {
  readonly clock: Clock;
  readonly readFile: ReadFile;
  readonly loadRuntime: () => Result<SherpaRuntime, Failure>;
}

/** The calls of the speech process. Its runtime recognises while it blocks: one call after the other. */
export function createSpeechHandlers(parts: SpeechParts): Handlers<SpeechContract> {
  let ready: { readonly model: SpeechModel; readonly transcribe: Transcribe } | null = null;
  return {
    prepare: async ({ folder }) => {
      ready = null;
      const checked = await checkSpeechModel(folder, parts.readFile);
      if (!checked.ok) return checked;
      const model = checked.value;
      const runtime = parts.loadRuntime();
      if (!runtime.ok) return runtime;
      const startMs = parts.clock.monotonicMs();
      const transcribe = transcriberOf(runtime.value, model);
      if (!transcribe) return unavailable(`${model.manifest.name} can't be loaded as ${model.manifest.kind}`);
      const loadedMs = parts.clock.monotonicMs();
      const { language, digits } = model.manifest.selfTest;
      const heard = digitsIn(transcribe(model.utterance), language);
      if (heard !== digits) return unavailable(`selfTest.digits is ${digits}, the model hears ${heard || 'nothing'}`);
      ready = { model, transcribe };
      return ok({
        name: model.manifest.name,
        languages: model.manifest.languages,
        loadMs: loadedMs - startMs,
        selfTestMs: parts.clock.monotonicMs() - loadedMs,
        utteranceMs: (1_000 * model.utterance.length) / SPEECH_SAMPLE_RATE,
      });
    },
    recognise: async ({ pcm, language }) => {
      if (!ready) return unavailable('no speech model is loaded');
      if (!ready.model.manifest.languages.includes(language)) return unavailable(`the model knows no ${language}`);
      if (pcm.length === 0 || pcm.length % 2 !== 0 || pcm.length > MAX_PCM_BYTES) {
        return err(failure('request.invalid', 'no, broken or too much sound'));
      }
      const samples = samplesOf(pcm);
      try {
        return ok({ digits: digitsIn(ready.transcribe(samples), language) });
      } finally {
        samples.fill(0);
        pcm.fill(0);
      }
    },
  };
}

function transcriberOf(runtime: SherpaRuntime, model: SpeechModel): Transcribe | null {
  try {
    return createTranscriber(runtime, model);
  } catch {
    return null;
  }
}
