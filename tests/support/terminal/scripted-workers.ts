import sharp from 'sharp';
import type { DeviceContract } from '../../../src/main/card-reader/contract.ts';
import type { InferenceContract } from '../../../src/main/inference/contract.ts';
import type { SpeechContract } from '../../../src/main/speech/contract.ts';
import type {
  MessageEndpoint,
  StartWorker,
  WorkerName,
  WorkerProcess,
} from '../../../src/main/worker-process/endpoint.ts';
import { serve, type Contract, type Handlers } from '../../../src/main/worker-process/rpc.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok, type Result } from '../../../src/shared/result.ts';
import type { Failure } from '../../../src/shared/reasons.ts';
import { readingOf } from './printed-card.ts';
import type { SceneBeforeCamera } from './scene-before-camera.ts';

type Answers<C extends Contract> = { readonly [M in keyof C]?: Handlers<C>[M] };

/**
 * Worker processes without models and devices: they answer by what a test has put before the terminal, over the real
 * channel. Whatever they aren't told to answer fails as a crashed process would.
 */
export async function scriptedWorkers(
  scene: SceneBeforeCamera,
): Promise<{ readonly start: StartWorker; called(method: string): number }> {
  const picture = await pictureOfSize(720, 960);
  const counts = new Map<string, number>();
  const start: StartWorker = (name) => {
    const { end, worker } = channel();
    serve(end, counted(counts, answersOf(name, scene, picture)), () => undefined);
    return worker;
  };
  return { start, called: (method) => counts.get(method) ?? 0 };
}

/** A plain picture as a JPEG file. */
export async function pictureOfSize(width: number, height: number): Promise<Uint8Array> {
  const background = { r: 120, g: 100, b: 90 };
  return new Uint8Array(
    await sharp({ create: { width, height, channels: 3, background } })
      .jpeg()
      .toBuffer(),
  );
}

function answersOf(name: WorkerName, scene: SceneBeforeCamera, picture: Uint8Array): Handlers<Contract> {
  if (name === 'inference') return filled<InferenceContract>(inferenceAnswers(scene, picture));
  if (name === 'device') return filled<DeviceContract>(deviceAnswers(scene));
  if (name === 'speech') return filled<SpeechContract>(speechAnswers(scene));
  return {};
}

function filled<C extends Contract>(answers: Answers<C>): Handlers<Contract> {
  return answers as unknown as Handlers<Contract>;
}

function counted(counts: Map<string, number>, handlers: Handlers<Contract>): Handlers<Contract> {
  return Object.fromEntries(
    Object.entries(handlers).map(([method, handler]) => [
      method,
      (params: unknown) => {
        counts.set(method, (counts.get(method) ?? 0) + 1);
        return handler(params);
      },
    ]),
  );
}

/** Two ends of a channel that clones what goes through it, like one between processes. */
function channel(): { readonly end: MessageEndpoint; readonly worker: WorkerProcess } {
  const toWorker: ((message: unknown) => void)[] = [];
  const toOwner: ((message: unknown) => void)[] = [];
  const exits: ((code: number | null) => void)[] = [];
  let alive = true;
  const deliver = (listeners: readonly ((message: unknown) => void)[], message: unknown): void => {
    const copy: unknown = structuredClone(message);
    setImmediate(() => {
      if (alive) for (const listener of listeners) listener(copy);
    });
  };
  const worker: WorkerProcess = {
    post: (message) => deliver(toWorker, message),
    onMessage: (listener) => void toOwner.push(listener),
    onExit: (listener) => void exits.push(listener),
    kill: () => {
      alive = false;
      for (const exit of exits) exit(null);
    },
  };
  const end: MessageEndpoint = {
    post: (message) => deliver(toOwner, message),
    onMessage: (listener) => void toWorker.push(listener),
  };
  return { end, worker };
}

const MEASURED_CURVES = (['live-live', 'live-chip'] as const).map((kind) => ({
  kind,
  points: [
    { far: 1e-1, cosine: 0.1 },
    { far: 1e-2, cosine: 0.2 },
    { far: 1e-3, cosine: 0.3 },
    { far: 1e-4, cosine: 0.4 },
    { far: 1e-5, cosine: 0.5 },
  ],
}));

function inferenceAnswers(scene: SceneBeforeCamera, picture: Uint8Array): Answers<InferenceContract> {
  const summary = {
    frames: 14,
    framesWithoutFace: 0,
    framesWithSeveralFaces: 0,
    spoofScores: Array<number>(14).fill(0.97),
    spoofMedian: 0.97,
    embeddings: 14,
    continuityMin: 0.8,
    best: { jpeg: picture, quality: 90, capturedAtMs: 1 },
  };
  return {
    prepare: async () => ok({ models: [], thresholds: MEASURED_CURVES as never, voice: true, loadMs: 1 }),
    openCapture: async () => ok(null),
    closeCapture: async () => ok(null),
    guide: async () =>
      ok({ faces: 1, box: { x: 0.4, y: 0.3, width: 0.2, height: 0.4 }, hint: null, ready: true, quality: 90 }),
    addEvidence: async () => ok({ accepted: true }),
    lightFrame: async () => ok(null),
    judgeLight: async () => ok(lightEvidence(scene) as never),
    beginChallenge: async ({ challenge }) => {
      scene.said = challenge.kind === 'digits' ? challenge.digits : '';
      return ok(null);
    },
    challengeFrame: async () =>
      ok({ kind: 'action', action: 'blink', index: 0, count: 1, done: 1, hint: null, ended: true }),
    challengeAudio: async () => ok(null),
    judgeChallenge: async () => ok(framedEvidence(scene)),
    summarise: async () => ok(summary),
    bestFrames: async () => ok({ frames: [{ jpeg: picture, quality: 90, capturedAtMs: 1 }] as never }),
    verifierPicture: async () => ok({ jpeg: picture, width: 720, height: 960 }),
    comparePortrait: async () =>
      ok({
        faceFound: scene.similarity !== null,
        similarity: scene.similarity,
        bestFrameSimilarity: scene.similarity,
        framesFused: 5,
      }),
    compareImages: async ({ kind, far }) => compareImages(scene, kind, far),
    comparePhotoWithSeveralFaces: async ({ kind, far }) => {
      const compared = compareImages(scene, kind, far);
      if (!compared.ok) return compared;
      const box = { x: 200, y: 200, width: 300, height: 400 };
      return ok({ faces: 1, compared: [{ ...compared.value, box }], best: 0 });
    },
    inspect: async () => ok(inspection(scene) as never),
    watchDocument: async () => ok({ outline: null, hint: null, progress: 1, take: true }),
    endWatch: async () => ok(null),
    readDocument: async ({ page }) => readingOf(page, scene, picture),
    findCardPortrait: async () => ok({ hint: null, progress: 1, portrait: picture }),
    takeRecording: async () => ok({ sessions: [] }),
    faceTemplate: async () => ok({ template: new Float32Array(128).fill(0.088) }),
  };
}

function compareImages(
  { similarity }: SceneBeforeCamera,
  kind: 'live-live' | 'live-chip',
  far: number,
): Result<InferenceContract['compareImages']['result'], Failure> {
  if (similarity === null) return err(failure('picture.no-face'));
  const outcome = similarity >= 0.4 ? 'match' : similarity >= 0.3 ? 'grey' : 'no-match';
  return ok({ similarity, score: similarity >= 0.4 ? 92 : 40, far, kind, outcome });
}

function inspection({ facesInPictures }: SceneBeforeCamera): unknown {
  const face = {
    box: { x: 200, y: 200, width: 300, height: 400 },
    score: 0.99,
    landmarks: [],
    pose: { yaw: 0, pitch: 0, roll: 0 },
    eyes: { leftOpen: 1, rightOpen: 1 },
    quality: { score: 90, reasons: [] },
    spoof: { liveScore: 0.97 },
  };
  return { width: 720, height: 960, faces: Array(facesInPictures).fill(face), timingsMs: {} };
}

function framedEvidence({ liveness }: SceneBeforeCamera): InferenceContract['judgeChallenge']['result'] {
  if (liveness === 'undecided') return { state: 'unmeasured', reason: 'capture.too-few-frames', detail: 'scripted' };
  const refuted = liveness === 'spoof' ? (['liveness.still-picture'] as const) : [];
  return { state: 'measured', kind: 'silent', refuted: [...refuted], missing: [], measures: {} };
}

function lightEvidence({ liveness }: SceneBeforeCamera): unknown {
  if (liveness === 'undecided') return { state: 'unmeasured', reason: 'capture.too-few-frames', detail: 'scripted' };
  return {
    state: 'measured',
    rho: liveness === 'spoof' ? 0.02 : 0.97,
    ratioRho: null,
    chromaRho: liveness === 'spoof' ? 0.02 : 0.97,
    lagMs: 170,
    searchedLagMs: [0, 500],
    gain: [0.3, 0.3, 0.3],
    regionResponse: { forehead: 0.02, 'left-cheek': -0.05, 'right-cheek': -0.05, nose: 0.12, chin: -0.04 },
    falseAccept: 1e-6,
    relief: {
      score: 0.9,
      normalsShare: 0.8,
      normalCorrelation: 0.8,
      sideResponse: -0.3,
      noise: 0.02,
      glint: 0.4,
      points: 400,
      frames: 80,
    },
    motion: 0.02,
    faceless: 0,
    frames: 80,
    framesPerSecond: 29,
    longestGapMs: 40,
    faceLuminance: 0.2,
    saturated: 0,
  };
}

function deviceAnswers(scene: SceneBeforeCamera): Answers<DeviceContract> {
  return {
    configure: async () => ok({ samId: 'scripted', simulated: false } as never),
    readCard: async () => ('code' in scene.card ? err(scene.card) : ok(scene.card)),
    configureDocuments: async () => ok(null),
    cancelRead: async () => ok(null),
    presence: async () => ok('same'),
    simulate: async () => ok(null),
    listPorts: async () => ok([]),
  };
}

function speechAnswers(scene: SceneBeforeCamera): Answers<SpeechContract> {
  return {
    prepare: async () => ok({ name: 'scripted', languages: ['zh-CN', 'en'], loadMs: 1, selfTestMs: 1, utteranceMs: 1 }),
    recognise: async () => ok({ digits: scene.said }),
  };
}
