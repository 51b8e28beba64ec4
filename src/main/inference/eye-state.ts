import type { Frame } from './frame.ts';
import type { Landmarks } from './landmarks.ts';
import type { LoadedModel } from './model-store.ts';
import type { Sampler } from './resize.ts';
import { softmax } from './tensor.ts';

/**
 * How sure it is that each eye is open, 0..1: the model's probability, or the eyelid aspect ratio where that is
 * surer, because the model takes some narrow open eyes for closed. Left and right are the person's own.
 */
export interface EyeState {
  readonly leftOpen: number;
  readonly rightOpen: number;
}

export interface EyeStateReader {
  read(frame: Frame, landmarks: Landmarks): Promise<EyeState>;
  wipe(): void;
}

/** First iBUG point of each eye: outer or inner corner, two points of the upper lid, corner, two of the lower. */
const PERSON_RIGHT_EYE = 36;
const PERSON_LEFT_EYE = 42;
const CROP_PER_EYE_WIDTH = 1.6;
const CLOSED_CLASS = 0;

/** Aspect ratios at which the landmarks say nothing for an open eye, and at which they are sure of one. */
const CLOSED_RATIO = 0.2;
const OPEN_RATIO = 0.28;

/**
 * For a model of one eye that gives logits, the first for a closed one; it runs twice a face. Calls must not overlap.
 */
export function createEyeStateReader(model: LoadedModel, sampler: Sampler): EyeStateReader {
  const openProbability = async (frame: Frame, landmarks: Landmarks, eye: number): Promise<number> => {
    const side = Math.max(1, CROP_PER_EYE_WIDTH * distance(landmarks, eye, eye + 3));
    const [x, y] = lidCentre(landmarks, eye);
    sampler.fill(frame, { x: x - side / 2, y: y - side / 2, width: side, height: side }, model);
    const [logits] = await model.run();
    const clearlyOpen = (aspectRatio(landmarks, eye) - CLOSED_RATIO) / (OPEN_RATIO - CLOSED_RATIO);
    return Math.max(1 - softmax(logits!)[CLOSED_CLASS]!, Math.min(1, clearlyOpen));
  };
  return {
    read: async (frame, landmarks) => ({
      leftOpen: await openProbability(frame, landmarks, PERSON_LEFT_EYE),
      rightOpen: await openProbability(frame, landmarks, PERSON_RIGHT_EYE),
    }),
    wipe: () => void model.tensor.fill(0),
  };
}

/** Height of an eye's opening over its width (Soukupová & Čech 2016). */
function aspectRatio(landmarks: Landmarks, eye: number): number {
  const heights = distance(landmarks, eye + 1, eye + 5) + distance(landmarks, eye + 2, eye + 4);
  return heights / (2 * Math.max(1, distance(landmarks, eye, eye + 3)));
}

function distance(landmarks: Landmarks, a: number, b: number): number {
  return Math.hypot(landmarks[2 * a]! - landmarks[2 * b]!, landmarks[2 * a + 1]! - landmarks[2 * b + 1]!);
}

function lidCentre(landmarks: Landmarks, eye: number): [x: number, y: number] {
  const lids = [eye + 1, eye + 2, eye + 4, eye + 5];
  return [
    lids.reduce((sum, point) => sum + landmarks[2 * point]!, 0) / lids.length,
    lids.reduce((sum, point) => sum + landmarks[2 * point + 1]!, 0) / lids.length,
  ];
}
