import type { Clock } from '../../shared/clock.ts';
import {
  digitLivenessOffer,
  type DigitLivenessOffer,
  type SpokenLanguage,
} from '../../shared/domain/digit-liveness.ts';
import type { Failure, FailureCode } from '../../shared/reasons.ts';
import type { DocumentInference } from '../certification/ports/document-inference.ts';
import type { InferenceContract } from '../inference/contract.ts';
import type { StartWorker } from '../worker-process/endpoint.ts';
import { superviseWorker } from '../worker-process/supervisor.ts';
import { createDocumentReading } from './document-reading.ts';
import { createFaceInference, type PreparedInference } from './face-inference.ts';
import { createPictureInference, type PictureInference } from './picture-inference.ts';
import { createSpeechService } from './speech-service.ts';

/** Cores that the inference process may use; one leaves the other to the preview (measured on two cores). */
const INFERENCE_THREADS = 1;

export interface RecognitionParts {
  readonly modelsFolder: string;
  readonly dataFolder: string;
  readonly startWorker: StartWorker;
  readonly clock: Clock;
  readonly backInService: () => void;
  readonly outOfService: (reason: FailureCode) => void;
  readonly log: (event: string, failure?: Failure) => void;
}

/** The models: what looks at faces, reads documents and listens to digits. */
export interface Recognition {
  readonly inference: PreparedInference;
  readonly documents: DocumentInference;
  readonly pictures: PictureInference;
  /** What reading digits aloud proves on this machine as things are. */
  digits(language: SpokenLanguage): DigitLivenessOffer;
  /** Loads the models, and the recogniser of speech where one is installed. */
  load(): Promise<void>;
  stop(): void;
}

/** Starts the inference process, and that of speech where there is one; `load` makes them useful. */
export function createRecognition(parts: RecognitionParts): Recognition {
  const { clock, startWorker, log } = parts;
  const worker = superviseWorker<InferenceContract>(
    'inference',
    startWorker,
    { crashed: 'inference.crashed', late: 'inference.unavailable' },
    clock,
    { onRestart: () => void loadModels(), onExhausted: () => parts.outOfService('inference.crashed') },
  );
  const speech = createSpeechService({ dataFolder: parts.dataFolder, startWorker, clock });
  const inference = createFaceInference(
    worker.caller,
    { modelsFolder: parts.modelsFolder, threads: INFERENCE_THREADS },
    speech,
  );

  async function loadModels(): Promise<void> {
    const prepared = await inference.prepare();
    if (prepared.ok) {
      log(`models ready in ${Math.round(prepared.value.loadMs)} ms`);
      return parts.backInService();
    }
    log('models', prepared.error);
    // A crash is followed by a restart; models that were refused stay refused.
    if (prepared.error.code === 'inference.model-refused') parts.outOfService('inference.model-refused');
  }

  async function loadSpeech(): Promise<void> {
    const loaded = await speech.start();
    if (speech.installed && loaded.state === 'off') log('speech', loaded.why);
  }

  return {
    inference,
    documents: createDocumentReading(worker.caller, inference),
    pictures: createPictureInference(worker.caller, inference),
    digits: (language) =>
      digitLivenessOffer({
        recogniser: speech.state(),
        // No verifier that this program talks to recognises speech before the verdict is due.
        verifierRecognisesSpeech: false,
        // While the models load nobody knows yet; a challenge that can't be judged then falls back by name.
        voiceDetector: inference.state() === 'loading' || inference.hearsVoices(),
        language,
      }),
    load: async () => {
      await Promise.all([loadModels(), loadSpeech()]);
    },
    stop: () => {
      worker.stop();
      speech.stop();
    },
  };
}
