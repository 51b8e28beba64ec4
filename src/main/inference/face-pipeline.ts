import type { Clock } from '../../shared/clock.ts';
import { createFaceAligner, ALIGNED_SIDE } from './face-aligner.ts';
import { createAppearanceReader, type FaceAppearance } from './face-appearance.ts';
import { createFaceDetector, type DetectedFace } from './face-detector.ts';
import { createFaceEmbedder, type Embedding } from './face-embedder.ts';
import { coveringOf, type FaceCovering } from './face-covering.ts';
import { createMeshFinder, mouthOpening, type FaceMesh } from './face-mesh.ts';
import { createEyeStateReader, type EyeState } from './eye-state.ts';
import type { Frame } from './frame.ts';
import { createHeadPoseEstimator, type HeadPose } from './head-pose.ts';
import { createLandmarkFinder, fivePoints, interOcularPixels, rollRadians, type Landmarks } from './landmarks.ts';
import { createSampler } from './resize.ts';
import type { LoadedModel } from './model-store.ts';
import type { ModelId } from './model-manifest.ts';
import { assessQuality, type FaceMeasurements, type FacePlacement } from './quality.ts';
import { createSpoofDetector } from './spoof-detector.ts';
import type { FaceQuality } from '../../shared/domain/face-quality.ts';
import type { PixelBox } from '../../shared/domain/liveness.ts';
import type { FaceInspection, InspectedFace, InspectionTimings } from './face-inspection.ts';

/** A face that has been found and measured as far as was asked. */
export interface LocatedFace extends DetectedFace {
  readonly landmarks: Landmarks;
}

/**
 * All models as one chain. Calls must not overlap: the working buffers are shared between them, so that a frame
 * leaves no garbage behind.
 */
export interface FacePipeline {
  /** Faces of a frame, the main one first. */
  detect(frame: Frame): Promise<readonly DetectedFace[]>;
  locate(frame: Frame, face: DetectedFace): Promise<LocatedFace>;
  mesh(frame: Frame, face: LocatedFace): Promise<FaceMesh>;
  /** The mesh of a face at a known place, turned by `roll` (radians, positive clockwise). */
  meshAt(frame: Frame, face: PixelBox, roll: number): Promise<FaceMesh>;
  pose(frame: Frame, face: DetectedFace): Promise<HeadPose>;
  eyes(frame: Frame, face: LocatedFace): Promise<EyeState>;
  liveScore(frame: Frame, face: DetectedFace): Promise<number>;
  /** Draws the face upright into a buffer that the next call overwrites, for `appearance` and `embed`. */
  align(frame: Frame, face: LocatedFace): Float32Array;
  appearance(aligned: Float32Array): FaceAppearance;
  embed(aligned: Float32Array): Promise<Embedding>;
  wipe(): void;
}

/**
 * Chains loaded models, which stay their owner's to release. A model has one input buffer: two pipelines of the same
 * models must not work at once.
 */
export function createFacePipeline(models: Readonly<Record<ModelId, LoadedModel>>): FacePipeline {
  const sampler = createSampler();
  const detector = createFaceDetector(models.detect, sampler);
  const landmarks = createLandmarkFinder(models.landmark, sampler);
  const poses = createHeadPoseEstimator(models.pose, sampler);
  const eyes = createEyeStateReader(models.eye, sampler);
  const spoof = createSpoofDetector(models.spoof, sampler);
  const embedder = createFaceEmbedder(models.feature);
  const aligner = createFaceAligner(sampler);
  const meshes = createMeshFinder(models.mesh, aligner, sampler);
  const appearance = createAppearanceReader();
  const aligned = new Float32Array(ALIGNED_SIDE * ALIGNED_SIDE * 3);
  const stages = [sampler, detector, landmarks, meshes, poses, eyes, spoof, embedder, aligner, appearance];
  return {
    detect: async (frame) => mainFaceFirst(await detector.detect(frame), frame),
    locate: async (frame, face) => ({ ...face, landmarks: await landmarks.find(frame, face.box) }),
    mesh: (frame, face) => meshes.find(frame, face.box, face.landmarks),
    meshAt: (frame, face, roll) => meshes.findAt(frame, face, roll),
    pose: (frame, face) => poses.estimate(frame, face.box),
    eyes: (frame, face) => eyes.read(frame, face.landmarks),
    liveScore: (frame, face) => spoof.liveScore(frame, face.box),
    align: (frame, face) => {
      aligner.align(frame, face.landmarks, aligned);
      return aligned;
    },
    appearance: (pixels) => appearance.read(pixels),
    embed: (pixels) => embedder.embed(pixels),
    wipe: () => {
      aligned.fill(0);
      for (const stage of stages) stage.wipe();
    },
  };
}

/** What the models and the aligned picture say about one face. */
export interface FaceReadings {
  readonly appearance: FaceAppearance;
  readonly covering: FaceCovering;
  readonly mesh: FaceMesh;
  readonly pose: HeadPose;
  /** Null where they weren't read. */
  readonly eyes: EyeState | null;
}

/** Puts the measurements of the main face together. */
export function measurementsOf(
  frame: Frame,
  faces: readonly DetectedFace[],
  face: LocatedFace,
  { appearance, covering, mesh, pose, eyes }: FaceReadings,
): FaceMeasurements {
  return {
    faces: facesThatCount(faces),
    placement: placementOf(frame, face),
    appearance,
    pose,
    widestEyeOpen: eyes && Math.max(eyes.leftOpen, eyes.rightOpen),
    covering,
    mouthOpening: mouthOpening(mesh),
  };
}

/** The largest and most central face first: half of the frame away from the centre counts as half the size. */
export function mainFaceFirst(faces: readonly DetectedFace[], frame: Frame): readonly DetectedFace[] {
  const weight = ({ box }: DetectedFace): number => {
    const offset = Math.hypot(
      (box.x + box.width / 2) / frame.width - 0.5,
      (box.y + box.height / 2) / frame.height - 0.5,
    );
    return box.width * box.height * Math.max(0.1, 1 - offset);
  };
  return [...faces].sort((a, b) => weight(b) - weight(a));
}

/** Somebody further behind, less than half as tall in the picture, is a passer-by. */
const COMPANION_HEIGHT = 0.5;

/** How many faces are about as near as the main one (the first), itself included. */
export function facesThatCount(faces: readonly DetectedFace[]): number {
  const main = faces[0];
  return main ? faces.filter(({ box }) => box.height >= COMPANION_HEIGHT * main.box.height).length : 0;
}

/**
 * Where a face lies in its frame: shares of the frame, roll in degrees (positive clockwise in the image), the distance
 * of the eyes' centres in pixels.
 */
export function placementOf(frame: Frame, face: LocatedFace): FacePlacement {
  const five = fivePoints(face.landmarks);
  const { box } = face;
  return {
    heightShare: box.height / frame.height,
    offCentre: Math.max(
      Math.abs((box.x + box.width / 2) / frame.width - 0.5),
      Math.abs((box.y + box.height / 2) / frame.height - 0.5),
    ),
    rollDegrees: (rollRadians(five) * 180) / Math.PI,
    interOcularPixels: interOcularPixels(five),
  };
}

/**
 * Runs every model but the embedding on all faces of a picture.
 *
 * @param decodeMs what decoding took, for the timings.
 */
export async function inspectFrame(
  pipeline: FacePipeline,
  frame: Frame,
  clock: Clock,
  decodeMs: number,
): Promise<FaceInspection> {
  const stopwatch = startStopwatch(clock, decodeMs);
  const faces = await stopwatch.time('detect', () => pipeline.detect(frame));
  const inspected: InspectedFace[] = [];
  for (const face of faces) {
    const located = await stopwatch.time('landmark', () => pipeline.locate(frame, face));
    const pose = await stopwatch.time('pose', () => pipeline.pose(frame, face));
    const eyes = await stopwatch.time('eyes', () => pipeline.eyes(frame, located));
    const liveScore = await stopwatch.time('spoof', () => pipeline.liveScore(frame, face));
    const mesh = await stopwatch.time('mesh', () => pipeline.mesh(frame, located));
    const quality = await stopwatch.time('quality', async () => {
      const aligned = pipeline.align(frame, located);
      const appearance = pipeline.appearance(aligned);
      const covering = coveringOf(aligned, mesh.presence);
      return assessQuality(measurementsOf(frame, faces, located, { appearance, covering, mesh, pose, eyes }));
    });
    inspected.push(inspectedFace(located, pose, eyes, quality, liveScore));
  }
  return { faces: inspected, timingsMs: stopwatch.timings() };
}

/** The size of an evidence frame, and a face in the middle of it. */
const WARM_FRAME = { width: 640, height: 480 };
const WARM_FACE: DetectedFace = { box: { x: 230, y: 120, width: 180, height: 240 }, score: 1 };

/**
 * Runs the whole chain once on an empty frame, so that the first person doesn't wait for code to be compiled and
 * buffers to be made.
 */
export async function warmUp(pipeline: FacePipeline): Promise<void> {
  const { width, height } = WARM_FRAME;
  const frame: Frame = { width, height, rgb: new Uint8Array(width * height * 3).fill(128) };
  await pipeline.detect(frame);
  const face = await pipeline.locate(frame, WARM_FACE);
  await pipeline.mesh(frame, face);
  await pipeline.pose(frame, face);
  await pipeline.eyes(frame, face);
  await pipeline.liveScore(frame, face);
  const aligned = pipeline.align(frame, face);
  pipeline.appearance(aligned);
  await pipeline.embed(aligned);
  pipeline.wipe();
}

function inspectedFace(
  { box, score, landmarks }: LocatedFace,
  pose: HeadPose,
  eyes: EyeState,
  quality: FaceQuality,
  liveScore: number,
): InspectedFace {
  const points = Array.from(
    { length: landmarks.length / 2 },
    (_, i) => [landmarks[2 * i]!, landmarks[2 * i + 1]!] as const,
  );
  return { box, score, landmarks: points, pose, eyes, quality, spoof: { liveScore } };
}

type Stage = Exclude<keyof InspectionTimings, 'decode' | 'total'>;

function startStopwatch(clock: Clock, decodeMs: number) {
  const spent: Record<Stage, number> = { detect: 0, landmark: 0, mesh: 0, pose: 0, eyes: 0, spoof: 0, quality: 0 };
  const startMs = clock.monotonicMs();
  return {
    time: async <T>(stage: Stage, run: () => Promise<T>): Promise<T> => {
      const from = clock.monotonicMs();
      const value = await run();
      spent[stage] += clock.monotonicMs() - from;
      return value;
    },
    timings: (): InspectionTimings => ({
      decode: decodeMs,
      ...spent,
      total: decodeMs + clock.monotonicMs() - startMs,
    }),
  };
}
