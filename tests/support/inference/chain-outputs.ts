import sharp from 'sharp';
import type { FacePipeline } from '../../../src/main/inference/face-pipeline.ts';
import type { Frame } from '../../../src/main/inference/frame.ts';
import { media } from './media.ts';

/** Everything that the chain says about the main face of one frame, for a comparison within tolerances. */
export interface ChainOutputs {
  readonly box: readonly number[];
  readonly landmarks: readonly number[];
  readonly pose: readonly number[];
  readonly eyes: readonly number[];
  readonly liveScore: number;
  readonly appearance: readonly number[];
  /** Unit vector of 512 values. */
  readonly embedding: readonly number[];
}

/** A still, scaled to cover `width × height` pixels as a camera at the counter would show it. */
export async function stillFrame(file: string, width: number, height: number): Promise<Frame> {
  const scaled = sharp(media(file)).resize(width, height, { fit: 'cover', position: 'top' });
  const rgb = await scaled.removeAlpha().toColourspace('srgb').raw().toBuffer();
  return { width, height, rgb: new Uint8Array(rgb) };
}

/** @throws when there is no face. */
export async function chainOutputs(pipeline: FacePipeline, frame: Frame): Promise<ChainOutputs> {
  const [face] = await pipeline.detect(frame);
  if (!face) throw new Error('no face');
  const located = await pipeline.locate(frame, face);
  const pose = await pipeline.pose(frame, face);
  const eyes = await pipeline.eyes(frame, located);
  const liveScore = await pipeline.liveScore(frame, face);
  const aligned = pipeline.align(frame, located);
  const { meanLuma, sideRatio, sharpness } = pipeline.appearance(aligned);
  return {
    box: [face.box.x, face.box.y, face.box.width, face.box.height],
    landmarks: Array.from(located.landmarks),
    pose: [pose.yaw, pose.pitch, pose.roll],
    eyes: [eyes.leftOpen, eyes.rightOpen],
    liveScore,
    appearance: [meanLuma, sideRatio, sharpness],
    embedding: Array.from(await pipeline.embed(aligned)),
  };
}
