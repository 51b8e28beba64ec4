import { createRequire } from 'node:module';
import { SPEECH_SAMPLE_RATE } from '../../shared/domain/voice-detector.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import { unavailable, type SpeechModel } from './speech-model.ts';

/** What is used of sherpa-onnx-node 1.13, which comes without types of its own. */
interface Stream {
  acceptWaveform(sound: { readonly samples: Float32Array; readonly sampleRate: number }): void;
  inputFinished(): void;
}
interface Recogniser {
  createStream(): Stream;
  decode(stream: Stream): void;
  getResult(stream: Stream): { readonly text: string };
}
interface StreamingRecogniser extends Recogniser {
  isReady(stream: Stream): boolean;
}
export interface SherpaRuntime {
  readonly OfflineRecognizer: new (config: object) => Recogniser;
  readonly OnlineRecognizer: new (config: object) => StreamingRecogniser;
}

/** Writes down what is said in samples at 16 kHz. */
export type Transcribe = (samples: Float32Array) => string;

/** A streaming model needs this much silence to let go of the last word. */
const TAIL_SECONDS = 0.8;

/**
 * Loads sherpa-onnx, an optional package. It brings an ONNX runtime of its own, so it is loaded in the speech process
 * only; a model that it can't work with ends that process.
 */
export function loadSherpa(
  load: (name: string) => unknown = createRequire(import.meta.url),
): Result<SherpaRuntime, Failure> {
  try {
    return ok(load('sherpa-onnx-node') as SherpaRuntime);
  } catch {
    return unavailable('sherpa-onnx-node is not installed for this system');
  }
}

/**
 * Loads a model that `checkSpeechModel` has found good. Throws, or ends the process, when the runtime can't work with
 * it; what it gives blocks while it recognises.
 */
export function createTranscriber(runtime: SherpaRuntime, { manifest, paths }: SpeechModel): Transcribe {
  const { encoder, decoder, joiner, model, tokens } = paths;
  const configured = (architecture: object): object => ({
    featConfig: { sampleRate: SPEECH_SAMPLE_RATE, featureDim: 80 },
    modelConfig: { ...architecture, tokens, numThreads: 1, provider: 'cpu', debug: 0 },
  });
  const offline = (architecture: object): Transcribe => offlineTranscriber(runtime, configured(architecture));
  const streaming = (architecture: object): Transcribe => streamingTranscriber(runtime, configured(architecture));
  switch (manifest.kind) {
    case 'transducer':
      return offline({ transducer: { encoder, decoder, joiner } });
    case 'streaming-transducer':
      return streaming({ transducer: { encoder, decoder, joiner } });
    case 'paraformer':
      return offline({ paraformer: { model } });
    case 'streaming-paraformer':
      return streaming({ paraformer: { encoder, decoder } });
    case 'sense-voice':
      return offline({ senseVoice: { model, useInverseTextNormalization: 0 } });
    case 'zipformer-ctc':
      return offline({ zipformerCtc: { model } });
    case 'nemo-ctc':
      return offline({ nemoCtc: { model } });
  }
}

function offlineTranscriber(runtime: SherpaRuntime, config: object): Transcribe {
  const recogniser = new runtime.OfflineRecognizer(config);
  return (samples) => {
    const stream = recogniser.createStream();
    stream.acceptWaveform({ samples, sampleRate: SPEECH_SAMPLE_RATE });
    recogniser.decode(stream);
    return recogniser.getResult(stream).text;
  };
}

function streamingTranscriber(runtime: SherpaRuntime, config: object): Transcribe {
  const recogniser = new runtime.OnlineRecognizer(config);
  const tail = new Float32Array(TAIL_SECONDS * SPEECH_SAMPLE_RATE);
  return (samples) => {
    const stream = recogniser.createStream();
    stream.acceptWaveform({ samples, sampleRate: SPEECH_SAMPLE_RATE });
    stream.acceptWaveform({ samples: tail, sampleRate: SPEECH_SAMPLE_RATE });
    stream.inputFinished();
    while (recogniser.isReady(stream)) recogniser.decode(stream);
    return recogniser.getResult(stream).text;
  };
}
