import type { Clock } from '../../shared/clock.ts';
import type { FramedChallenge, RecordedSession } from '../../shared/domain/challenge.ts';
import type { ComparisonOutcome, FaceComparison, PairKind, ThresholdCurve } from '../../shared/domain/comparison.ts';
import type { FramedJudge } from '../../shared/domain/framed-judge.ts';
import type { VoiceDetector } from '../../shared/domain/voice-detector.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Handlers } from '../worker-process/rpc.ts';
import { MAX_BEST_FRAMES } from './best-frames.ts';
import type { InferenceContract, RecordedChallengeFiles } from './contract.ts';
import { createDocumentCalls } from './documents/document-calls.ts';
import { createExclusive } from './exclusive.ts';
import type { Embedding } from './face-embedder.ts';
import { createFacePipeline, inspectFrame, warmUp, type FacePipeline } from './face-pipeline.ts';
import { decodeImage } from './image-codec.ts';
import { loadModels, type ModelStore, type ReadFile } from './model-store.ts';
import { embedPair } from './portrait.ts';
import { comparePhotoWithSeveralFaces } from './several-faces.ts';
import { createSessionRecorder, type ChallengeRecording, type SessionRecorder } from './session-recorder.ts';
import { verifierPicture, wholePicture } from './verifier-picture.ts';
import { createCaptureSession, type CaptureSession, type LightRecordingPort } from './session.ts';

/** Evidence frames of one capture that may wait; more come back as `queue-full`. */
export const EVIDENCE_QUEUE = 32;

/** Light frames of one capture that may wait, a fifth of a second, before fewer meshes are made of them. */
const BUSY_LIGHT_QUEUE = 6;

/** What similarities mean; the comparison feature knows. */
export interface ComparisonPort {
  compare(similarity: number, kind: PairKind): FaceComparison;
  decide(similarity: number, kind: PairKind, far: number): ComparisonOutcome;
}

export interface InferenceParts {
  readonly clock: Clock;
  readonly readFile: ReadFile;
  readonly cosine: (a: Embedding, b: Embedding) => number;
  readonly createThresholdTable: (curves: readonly ThresholdCurve[]) => ComparisonPort;
  readonly createLightRecording: () => LightRecordingPort;
  /** Called anew for every challenge that is judged frame by frame; `voice` is null without such a model. */
  readonly createFramedJudge: (challenge: FramedChallenge, voice: VoiceDetector | null) => FramedJudge;
  /** The files of a recorded session, in the form that the liveness feature replays. */
  readonly sessionFiles: (
    recording: ChallengeRecording,
    camera: RecordedSession['camera'],
  ) => RecordedChallengeFiles['files'];
}

interface Prepared {
  readonly store: ModelStore;
  readonly pipeline: FacePipeline;
  readonly comparison: ComparisonPort;
}

interface OpenCapture {
  readonly session: CaptureSession;
  /** Null unless recording was asked for. */
  readonly recorder: SessionRecorder | null;
  waitingEvidence: number;
  waitingLight: number;
}

/**
 * The calls of the inference process. They run one after the other, because all of them share the models' buffers.
 * The handlers own the bytes they are given: frames are zeroed once they are analysed.
 */
export function createInferenceHandlers(parts: InferenceParts): Handlers<InferenceContract> {
  const exclusively = createExclusive();
  const captures = new Map<string, OpenCapture>();
  let prepared: Prepared | null = null;
  const documents = createDocumentCalls({
    clock: parts.clock,
    readFile: parts.readFile,
    findFaces: async (picture) => (prepared ? prepared.pipeline.detect(picture) : []),
  });

  const withModels = <T>(work: (ready: Prepared) => Promise<Result<T, Failure>>): Promise<Result<T, Failure>> =>
    exclusively(async () =>
      prepared ? work(prepared) : err(failure('inference.unavailable', 'models are not loaded')),
    );
  const withCapture = <T>(
    captureId: string,
    work: (capture: OpenCapture) => Promise<Result<T, Failure>>,
  ): Promise<Result<T, Failure>> =>
    exclusively(async () => {
      const capture = captures.get(captureId);
      return capture ? work(capture) : err(failure('request.invalid', 'no such capture is open'));
    });
  const compared = (comparison: ComparisonPort, a: Embedding, b: Embedding, kind: PairKind, far: number) => {
    const similarity = parts.cosine(a, b);
    return { ...comparison.compare(similarity, kind), outcome: comparison.decide(similarity, kind, far) };
  };
  const close = (captureId: string): void => {
    captures.get(captureId)?.session.wipe();
    captures.get(captureId)?.recorder?.wipe();
    captures.delete(captureId);
  };

  return {
    prepare: ({ modelsFolder, threads }) =>
      exclusively(async () => {
        for (const captureId of [...captures.keys()]) close(captureId);
        await prepared?.store.release();
        prepared = null;
        const startMs = parts.clock.monotonicMs();
        const store = await loadModels(modelsFolder, threads, parts.readFile);
        if (!store.ok) return store;
        const { models, hashes, thresholds } = store.value;
        const pipeline = createFacePipeline(models);
        await warmUp(pipeline);
        prepared = {
          store: store.value,
          pipeline,
          comparison: parts.createThresholdTable(thresholds),
        };
        await documents.reset(modelsFolder, threads);
        const voice = store.value.voice !== null;
        return ok({ models: hashes, thresholds, voice, loadMs: parts.clock.monotonicMs() - startMs });
      }),
    inspect: ({ image }) => withModels(({ pipeline }) => inspectImage(pipeline, image, parts.clock)),
    compareImages: ({ a, b, kind, far }) =>
      withModels(async ({ pipeline, comparison }) => {
        const pair = await embedPair(pipeline, a, b, kind);
        return pair.ok ? ok(compared(comparison, ...pair.value, kind, far)) : pair;
      }),
    comparePhotoWithSeveralFaces: ({ far, ...images }) =>
      withModels(({ pipeline, comparison }) =>
        comparePhotoWithSeveralFaces(pipeline, images, (a, b) => compared(comparison, a, b, images.kind, far)),
      ),
    openCapture: ({ captureId, limits = {}, record = false }) =>
      withModels(async ({ pipeline, store }) => {
        close(captureId);
        const createFramedJudge = (challenge: FramedChallenge): FramedJudge =>
          parts.createFramedJudge(challenge, store.voice?.createDetector() ?? null);
        captures.set(captureId, {
          session: createCaptureSession({ ...parts, createFramedJudge, pipeline, limits }),
          recorder: record ? createSessionRecorder() : null,
          waitingEvidence: 0,
          waitingLight: 0,
        });
        return ok(null);
      }),
    closeCapture: ({ captureId }) =>
      exclusively(async () => {
        close(captureId);
        return ok(null);
      }),
    guide: (frame) =>
      withCapture(frame.captureId, ({ session }) => session.guide(frame)).finally(() => frame.jpeg.fill(0)),
    addEvidence: async ({ captureId, ...frame }) => {
      const queue = captures.get(captureId);
      if (queue && queue.waitingEvidence >= EVIDENCE_QUEUE) return ok({ accepted: false, reason: 'queue-full' });
      if (queue) queue.waitingEvidence++;
      return withCapture(captureId, ({ session, recorder }) => {
        recorder?.evidence(frame);
        return session.addEvidence(frame);
      }).finally(() => {
        if (queue) queue.waitingEvidence--;
        frame.jpeg.fill(0);
      });
    },
    lightFrame: ({ captureId, ...frame }) => {
      const queue = captures.get(captureId);
      if (queue) queue.waitingLight++;
      return withCapture(captureId, async ({ session, recorder, waitingLight }) => {
        const busy = waitingLight > BUSY_LIGHT_QUEUE;
        recorder?.lightFrame(frame, busy);
        await session.addLightFrame(frame, busy);
        return ok(null);
      }).finally(() => {
        if (queue) queue.waitingLight--;
        frame.rgb.fill(0);
      });
    },
    judgeLight: ({ captureId, challenge, display, calibration = null }) =>
      withCapture(captureId, async ({ session, recorder }) => {
        recorder?.lightJudged(challenge, display, calibration);
        return ok(session.judgeLight(challenge, display, calibration));
      }),
    beginChallenge: ({ captureId, challenge }) =>
      withCapture(captureId, async ({ session, recorder }) => {
        recorder?.challengeBegun(challenge);
        session.beginChallenge(challenge);
        return ok(null);
      }),
    challengeFrame: ({ captureId, ...frame }) =>
      withCapture(captureId, ({ session, recorder }) => {
        recorder?.challengeFrame(frame);
        return session.challengeFrame(frame);
      }).finally(() => frame.jpeg.fill(0)),
    challengeAudio: ({ captureId, pcm, startedAtMs }) =>
      withCapture(captureId, ({ session, recorder }) => {
        recorder?.challengeSound(pcm, startedAtMs);
        return session.challengeAudio(pcm, startedAtMs);
      }).finally(() => pcm.fill(0)),
    judgeChallenge: ({ captureId }) =>
      withCapture(captureId, async ({ session, recorder }) => {
        recorder?.challengeJudged();
        return ok(await session.judgeChallenge());
      }),
    summarise: ({ captureId }) => withCapture(captureId, async ({ session }) => ok(await session.summarise())),
    bestFrames: ({ captureId, count }) =>
      withCapture(captureId, async ({ session }) =>
        Number.isInteger(count) && count >= 1 && count <= MAX_BEST_FRAMES
          ? ok({ frames: session.bestFrames(count) })
          : err(failure('request.invalid', `1 to ${MAX_BEST_FRAMES} pictures`)),
      ),
    verifierPicture: ({ image, upright }) =>
      withModels(({ pipeline }) => makeVerifierPicture(pipeline, image, upright)).finally(() => image.fill(0)),
    takeRecording: ({ captureId, camera }) =>
      withCapture(captureId, async ({ recorder }) => {
        if (!recorder) return err(failure('request.invalid', 'this capture is not recorded'));
        const taken = await recorder.take();
        if (!taken.ok) return taken;
        const sessions = taken.value.map((recording) => ({
          kind: recording.challenge.kind,
          files: parts.sessionFiles(recording, camera),
        }));
        return ok({ sessions });
      }),
    findCardPortrait: ({ captureId, ...frame }) =>
      withCapture(captureId, ({ session }) => session.findCardPortrait(frame)).finally(() => frame.jpeg.fill(0)),
    readDocument: (asked) => withModels(() => documents.readDocument(asked)),
    watchDocument: (frame) => exclusively(() => documents.watchDocument(frame)),
    endWatch: ({ watchId }) => exclusively(() => documents.endWatch({ watchId })),
    comparePortrait: ({ captureId, portrait }) =>
      withCapture(captureId, ({ session }) => session.comparePortrait(portrait)).finally(() => portrait.fill(0)),
    faceTemplate: ({ captureId }) => withCapture(captureId, async ({ session }) => session.faceTemplate()),
  };
}

async function makeVerifierPicture(pipeline: FacePipeline, image: Uint8Array, upright: boolean) {
  const decoded = await decodeImage(image);
  if (!decoded.ok) return decoded;
  try {
    if (!upright) return ok(await wholePicture(decoded.value));
    const [face] = await pipeline.detect(decoded.value);
    return face ? await verifierPicture(decoded.value, face.box) : err(failure('capture.no-face', 'picture to send'));
  } finally {
    decoded.value.rgb.fill(0);
  }
}

async function inspectImage(pipeline: FacePipeline, image: Uint8Array, clock: Clock) {
  const startMs = clock.monotonicMs();
  const decoded = await decodeImage(image);
  if (!decoded.ok) return decoded;
  const inspection = await inspectFrame(pipeline, decoded.value, clock, clock.monotonicMs() - startMs);
  return ok(inspection);
}
