import type { ChallengeProgress, DisplayLog, FramedChallenge, LightChallenge } from '../../shared/domain/challenge.ts';
import type { FramedJudge } from '../../shared/domain/framed-judge.ts';
import type { FramedEvidence, LightEvidence, LightFrame } from '../../shared/domain/liveness.ts';
import type { TerminalCalibration } from '../../shared/domain/terminal-calibration.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { BestFrame } from './best-frames.ts';
import { createCardPortraitFinder } from './card-portrait-finder.ts';
import type {
  CaptureSummary,
  CardPortraitAnswer,
  EvidenceRefusal,
  FaceGuidance,
  PortraitComparison,
  RelativeBox,
} from './contract.ts';
import type { QualityLimits } from '../../shared/domain/face-quality.ts';
import { createEvidenceRecording, type EvidenceFrame } from './evidence.ts';
import { coveringOf } from './face-covering.ts';
import type { Embedding } from './face-embedder.ts';
import { facesThatCount, measurementsOf, type FacePipeline, type LocatedFace } from './face-pipeline.ts';
import type { Frame } from './frame.ts';
import { createFramedRun, type FramedRun } from './framed-challenge.ts';
import { createHintWatch, NOT_GUIDED, type HintWatch } from './guidance-hint.ts';
import { decodeImage } from './image-codec.ts';
import { fivePoints } from './landmarks.ts';
import { createLightMeshFinder } from './light-mesh.ts';
import { decodePortrait, embedMainFace } from './portrait.ts';
import { assessQuality } from './quality.ts';

/** What the session needs of a light recording; the liveness feature makes them. */
export interface LightRecordingPort {
  add(frame: LightFrame): void;
  noteFaceless(): void;
  judge(
    challenge: LightChallenge,
    display: DisplayLog,
    options: { readonly calibration: TerminalCalibration | null },
  ): LightEvidence;
  wipe(): void;
}

export interface SessionParts {
  readonly pipeline: FacePipeline;
  readonly cosine: (a: Embedding, b: Embedding) => number;
  readonly createLightRecording: () => LightRecordingPort;
  readonly createFramedJudge: (challenge: FramedChallenge) => FramedJudge;
  /** What the scene asks of a face, where that differs. */
  readonly limits?: QualityLimits;
}

export type EvidenceAnswer =
  { readonly accepted: true } | { readonly accepted: false; readonly reason: EvidenceRefusal };

interface EncodedFrame {
  readonly jpeg: Uint8Array;
  readonly capturedAtMs: number;
}

/** Everything that the inference process keeps for one capture. Calls must not overlap. */
export interface CaptureSession {
  guide(frame: EncodedFrame): Promise<Result<FaceGuidance, Failure>>;
  addEvidence(frame: EncodedFrame & { readonly phase: 'neutral' | 'light' }): Promise<Result<EvidenceAnswer, Failure>>;
  /** @param busy more frames are waiting than is good. */
  addLightFrame(frame: LightFrame, busy?: boolean): Promise<void>;
  judgeLight(challenge: LightChallenge, display: DisplayLog, calibration?: TerminalCalibration | null): LightEvidence;
  beginChallenge(challenge: FramedChallenge): void;
  challengeFrame(frame: EncodedFrame & { readonly face: RelativeBox }): Promise<Result<ChallengeProgress, Failure>>;
  challengeAudio(pcm: Uint8Array, startedAtMs: number): Promise<Result<null, Failure>>;
  judgeChallenge(): Promise<FramedEvidence>;
  summarise(): Promise<CaptureSummary>;
  bestFrames(count: number): readonly BestFrame[];
  /** One picture of a card that is held up. */
  findCardPortrait(frame: EncodedFrame & { readonly frame: RelativeBox }): Promise<Result<CardPortraitAnswer, Failure>>;
  comparePortrait(portrait: Uint8Array): Promise<Result<PortraitComparison, Failure>>;
  /** A copy of what a portrait would be compared with. */
  faceTemplate(): Result<{ readonly template: Float32Array }, Failure>;
  /** Zeroes and drops all that was kept. */
  wipe(): void;
}

/**
 * Pictures are decoded here: one that can't be is `inference.image-invalid`. Without an accepted neutral frame there is
 * nothing to compare with: `capture.too-few-frames`. `wipe` zeroes the pipeline's buffers too.
 */
export function createCaptureSession(parts: SessionParts): CaptureSession {
  const { pipeline, cosine, limits = {} } = parts;
  const evidence = createEvidenceRecording();
  const hints = createHintWatch(limits);
  const light = parts.createLightRecording();
  const meshes = createLightMeshFinder(pipeline);
  const cards = createCardPortraitFinder(pipeline);
  let running: FramedRun | null = null;
  const noneRuns = err(failure('request.invalid', 'no challenge runs'));
  const embed = (aligned: Float32Array): Promise<Embedding> => pipeline.embed(aligned);
  return {
    guide: ({ jpeg, capturedAtMs }) => withDecoded(jpeg, (picture) => guidanceFor(parts, hints, picture, capturedAtMs)),
    addEvidence: (frame) =>
      withDecoded(frame.jpeg, async (picture) => {
        const analysed = await analyse(pipeline, picture, limits);
        if (typeof analysed === 'string') {
          evidence.countRefused(analysed);
          return { accepted: false, reason: analysed };
        }
        await evidence.add({ ...frame, ...analysed }, embed);
        return { accepted: true };
      }),
    addLightFrame: async (frame, busy = false) => {
      const mesh = await meshes.find(frame, busy);
      if (mesh === 'faceless') light.noteFaceless();
      light.add(mesh instanceof Float32Array ? { ...frame, mesh } : frame);
    },
    judgeLight: (challenge, display, calibration = null) => light.judge(challenge, display, { calibration }),
    beginChallenge: (challenge) => {
      running?.wipe();
      running = createFramedRun({ pipeline, cosine, judge: parts.createFramedJudge(challenge) });
    },
    challengeFrame: async ({ jpeg, ...frame }) => {
      const run = running;
      if (!run) return noneRuns;
      const seen = await withDecoded(jpeg, (picture) => run.see({ ...frame, picture }));
      return seen.ok ? seen.value : seen;
    },
    challengeAudio: async (pcm, startedAtMs) => running?.hear(pcm, startedAtMs) ?? noneRuns,
    judgeChallenge: async () => {
      if (!running) return { state: 'unmeasured', reason: 'request.invalid', detail: 'no challenge runs' };
      const judged = await running.judge();
      running.wipe();
      running = null;
      return judged;
    },
    summarise: () => evidence.summarise(embed, cosine),
    bestFrames: (count) => evidence.bestFrames(count),
    findCardPortrait: ({ jpeg, frame }) => withDecoded(jpeg, (picture) => cards.see(picture, frame)),
    comparePortrait: async (bytes) => {
      const reference = evidence.reference();
      if (!reference) return err(failure('capture.too-few-frames', 'no neutral frame'));
      const portrait = await decodePortrait(bytes);
      if (!portrait.ok) return portrait;
      const embedding = await embedMainFace(pipeline, portrait.value);
      portrait.value.rgb.fill(0);
      return ok({
        faceFound: embedding !== null,
        similarity: embedding && cosine(embedding, reference.fusion),
        bestFrameSimilarity: embedding && cosine(embedding, reference.best),
        framesFused: reference.frames,
      });
    },
    faceTemplate: () => {
      const reference = evidence.reference();
      if (!reference) return err(failure('capture.too-few-frames', 'no neutral frame'));
      return ok({ template: new Float32Array(reference.fusion) });
    },
    wipe: () => {
      running?.wipe();
      running = null;
      evidence.wipe();
      light.wipe();
      cards.wipe();
      pipeline.wipe();
    },
  };
}

/** The light analysis of a guidance frame; nothing of it is kept but the hint. */
async function guidanceFor(
  { pipeline, limits = {} }: SessionParts,
  hints: HintWatch,
  picture: Frame,
  capturedAtMs: number,
): Promise<FaceGuidance> {
  const faces = await pipeline.detect(picture);
  const main = faces[0];
  if (!main) return { faces: 0, box: null, ...hints.see(null, capturedAtMs), quality: 0 };
  const located = await pipeline.locate(picture, main);
  const pose = await pipeline.pose(picture, main);
  const mesh = await pipeline.mesh(picture, located);
  const aligned = pipeline.align(picture, located);
  const appearance = pipeline.appearance(aligned);
  const covering = coveringOf(aligned, mesh.presence);
  const measured = measurementsOf(picture, faces, located, { appearance, covering, mesh, pose, eyes: null });
  return {
    faces: facesThatCount(faces),
    ...relativeTo(picture, located),
    ...hints.see(measured, capturedAtMs),
    quality: assessQuality(measured, NOT_GUIDED, limits).score,
    measures: measured,
  };
}

/** The full analysis of an evidence frame, or why it is none. */
async function analyse(
  pipeline: FacePipeline,
  picture: Frame,
  limits: QualityLimits,
): Promise<Pick<EvidenceFrame, 'quality' | 'sharpness' | 'liveScore' | 'aligned'> | 'no-face' | 'several-faces'> {
  const faces = await pipeline.detect(picture);
  const main = faces[0];
  if (!main) return 'no-face';
  if (facesThatCount(faces) > 1) return 'several-faces';
  const located = await pipeline.locate(picture, main);
  const pose = await pipeline.pose(picture, main);
  const eyes = await pipeline.eyes(picture, located);
  const liveScore = await pipeline.liveScore(picture, main);
  const mesh = await pipeline.mesh(picture, located);
  const aligned = pipeline.align(picture, located);
  const appearance = pipeline.appearance(aligned);
  const covering = coveringOf(aligned, mesh.presence);
  const measured = measurementsOf(picture, faces, located, { appearance, covering, mesh, pose, eyes });
  const quality = assessQuality(measured, [], limits).score;
  return { quality, sharpness: appearance.sharpness, liveScore, aligned };
}

/** Decodes a picture for one analysis and zeroes its pixels afterwards. */
async function withDecoded<T>(jpeg: Uint8Array, analysis: (picture: Frame) => Promise<T>): Promise<Result<T, Failure>> {
  const decoded = await decodeImage(jpeg);
  if (!decoded.ok) return decoded;
  try {
    return ok(await analysis(decoded.value));
  } finally {
    decoded.value.rgb.fill(0);
  }
}

function relativeTo(frame: Frame, { box, landmarks }: LocatedFace): Required<Pick<FaceGuidance, 'box' | 'landmarks'>> {
  const five = fivePoints(landmarks);
  return {
    box: {
      x: box.x / frame.width,
      y: box.y / frame.height,
      width: box.width / frame.width,
      height: box.height / frame.height,
    },
    landmarks: [0, 1, 2, 3, 4].map((i) => [five[2 * i]! / frame.width, five[2 * i + 1]! / frame.height] as const),
  };
}
