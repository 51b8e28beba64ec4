import type { ComparisonSummary } from '../../shared/domain/certification.ts';
import type { FaceInference } from '../certification/ports/face-inference.ts';
import { cosineSimilarity } from '../comparison/similarity.ts';
import { createThresholdTable, type ThresholdTable } from '../comparison/threshold-table.ts';
import type { InferenceContract } from '../inference/contract.ts';
import type { VerifierPicture } from '../inference/verifier-picture.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Caller } from '../worker-process/rpc.ts';
import type { EvidenceSource } from './evidence-keeper.ts';
import type { SpeechService } from './speech-service.ts';
import { judgedFramed, judgedLight } from './judged-challenge.ts';

/** One frame's analysis takes tens of milliseconds; this long means that the process hangs. */
const CALL_TIMEOUT_MS = 10_000;
const PREPARE_TIMEOUT_MS = 60_000;
/** Faces are compared with many others here, so mistaking one for another has to be rare. */
const SAME_FACE_FAR = 1e-5;

/** The inference process as the certification sees it, with the models' own thresholds. */
export interface PreparedInference extends FaceInference, EvidenceSource {
  /** Loads the models; until it has succeeded every capture ends with `inference.unavailable`. */
  prepare(): Promise<Result<{ loadMs: number }, Failure>>;
  /** `loading`, `ready`, or why the models were refused. */
  state(): 'loading' | 'ready' | Failure;
  /** A picture as verifiers take it; with `upright` cut around its main face. The bytes are handed over. */
  verifierPicture(image: Uint8Array, upright: boolean): Promise<Result<VerifierPicture, Failure>>;
  /** What the face of an open capture is like, for comparing it with other captures of this process. */
  faceTemplate(captureId: string): Promise<Result<Float32Array, Failure>>;
  /** Whether two templates are of one person, of two, or neither for certain. */
  compareFaces(a: Float32Array, b: Float32Array): 'same' | 'different' | 'unsure';
  guide(
    captureId: string,
    frame: { jpeg: Uint8Array; capturedAtMs: number },
  ): Promise<Result<InferenceContract['guide']['result'], Failure>>;
  /** How similarities are judged; null until the models are loaded. */
  thresholds(): ThresholdTable | null;
  /** Whether voices can be told from noise: without that nobody can be asked to speak. */
  hearsVoices(): boolean;
}

/**
 * Captures wait for models that are still loading; until they are there any other call fails with
 * `inference.unavailable`, and with the cause once they were refused. A call ends after 10 s, loading after 60 s.
 */
export function createFaceInference(
  caller: Caller<InferenceContract>,
  options: { readonly modelsFolder: string; readonly threads: number },
  speech: Pick<SpeechService, 'begin' | 'hear' | 'complete'>,
): PreparedInference {
  let state: 'loading' | 'ready' | Failure = 'loading';
  let table: ThresholdTable | null = null;
  let voice = false;
  // Before the first load has begun it is waited for too.
  let began: (loading: Promise<unknown>) => void = () => undefined;
  let loaded: Promise<unknown> = new Promise((resolve) => (began = resolve));

  const call = <M extends keyof InferenceContract>(
    method: M,
    params: InferenceContract[M]['params'],
  ): Promise<Result<InferenceContract[M]['result'], Failure>> =>
    state === 'ready'
      ? caller.call(method, params, CALL_TIMEOUT_MS)
      : Promise.resolve(err(state === 'loading' ? failure('inference.unavailable', 'models are loading') : state));

  return {
    prepare: async () => {
      state = 'loading';
      const preparing = caller.call('prepare', options, PREPARE_TIMEOUT_MS);
      loaded = preparing;
      began(preparing);
      const prepared = await preparing;
      if (!prepared.ok) {
        state = prepared.error;
        return prepared;
      }
      table = createThresholdTable(prepared.value.thresholds);
      voice = prepared.value.voice;
      state = 'ready';
      return ok({ loadMs: prepared.value.loadMs });
    },
    state: () => state,
    thresholds: () => table,
    hearsVoices: () => voice,
    openCapture: async (captureId, limits, record) => {
      // Somebody who is quicker than the models waits for them; the card takes its time anyway.
      await loaded;
      return call('openCapture', { captureId, limits, record });
    },
    closeCapture: (captureId) => call('closeCapture', { captureId }),
    guide: (captureId, frame) => call('guide', { captureId, ...frame }),
    addEvidence: (captureId, frame) => call('addEvidence', { captureId, ...frame }),
    addLightFrame: (captureId, frame) => call('lightFrame', { captureId, ...frame }),
    judge: async (captureId, challenge, { display, calibration, alone }) => {
      if (challenge.kind === 'light') {
        const light = await call('judgeLight', { captureId, challenge, display, calibration });
        if (!light.ok) return light;
        const summary = await call('summarise', { captureId });
        return summary.ok ? ok(judgedLight(challenge, light.value, summary.value, calibration)) : summary;
      }
      const framed = await call('judgeChallenge', { captureId });
      if (!framed.ok) return framed;
      const evidence =
        challenge.kind === 'digits' ? await speech.complete(framed.value, challenge, alone) : framed.value;
      const summary = await call('summarise', { captureId });
      return summary.ok ? ok(judgedFramed(challenge, evidence, summary.value)) : summary;
    },
    beginChallenge: (captureId, challenge) => {
      speech.begin();
      return call('beginChallenge', { captureId, challenge });
    },
    challengeFrame: (captureId, frame) => call('challengeFrame', { captureId, ...frame }),
    challengeAudio: (captureId, sound) => {
      // Before the call: it hands the bytes over.
      speech.hear(sound.pcm, sound.startedAtMs);
      return call('challengeAudio', { captureId, ...sound });
    },
    verifierPicture: (image, upright) => call('verifierPicture', { image, upright }),
    takeRecording: (captureId, camera) => call('takeRecording', { captureId, camera }),
    bestFrames: (captureId, count) => call('bestFrames', { captureId, count }),
    faceTemplate: async (captureId) => {
      const found = await call('faceTemplate', { captureId });
      return found.ok ? ok(found.value.template) : found;
    },
    compareFaces: (a, b) => {
      const outcome = table?.decide(cosineSimilarity(a, b), 'live-live', SAME_FACE_FAR) ?? 'grey';
      return outcome === 'match' ? 'same' : outcome === 'grey' ? 'unsure' : 'different';
    },
    findCardPortrait: (captureId, frame) => call('findCardPortrait', { captureId, ...frame }),
    compare: async (captureId, portrait, far) => {
      const compared = await call('comparePortrait', { captureId, portrait });
      if (!compared.ok) return compared;
      const { faceFound, similarity } = compared.value;
      if (!faceFound) return ok({ outcome: 'no-face' });
      if (similarity === null || table === null) return err(failure('capture.too-few-frames', 'nothing to compare'));
      return ok(comparisonOf(table, similarity, far));
    },
  };
}

function comparisonOf(table: ThresholdTable, similarity: number, far: number): ComparisonSummary {
  const { score } = table.compare(similarity, 'live-chip');
  return { similarity, score, far, kind: 'live-chip', outcome: table.decide(similarity, 'live-chip', far) };
}
