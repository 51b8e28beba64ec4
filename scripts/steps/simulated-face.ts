import sharp, { type Sharp } from 'sharp';
import type { DetectedFace } from '../../src/main/inference/face-detector.ts';
import type { FacePipeline } from '../../src/main/inference/face-pipeline.ts';
import type { Frame } from '../../src/main/inference/frame.ts';
import type { PixelBox } from '../../src/shared/domain/liveness.ts';

/** The picture that a simulated person is made of, and where its face is. */
export interface SimulatedFaceFiles {
  readonly png: Buffer;
  /** `simulatedFaceSchema` of the renderer. */
  readonly json: string;
}

const PICTURE = { width: 480, height: 360 } as const;
/** A face is at least this high, in heights of the picture: as near as at a kiosk. */
const FACE_HEIGHT = 0.6;
/** Of what is around the face, this share is above it. */
const ABOVE = 0.55;
const DECIMALS = 2;

/** The part of a frame that becomes the picture: of the picture's aspect, and near enough. */
function framing(frame: { readonly width: number; readonly height: number }, face: PixelBox) {
  const whole = Math.min(frame.height, (frame.width * PICTURE.height) / PICTURE.width);
  const height = Math.min(whole, face.height / FACE_HEIGHT);
  const width = (height * PICTURE.width) / PICTURE.height;
  const within = (at: number, size: number, end: number): number => Math.max(0, Math.min(at, end - size));
  const left = within(face.x + face.width / 2 - width / 2, width, frame.width);
  const top = within(face.y - ABOVE * (height - face.height), height, frame.height);
  const [x, y] = [Math.floor(left), Math.floor(top)];
  return { left: x, top: y, width: Math.floor(width), height: Math.floor(height) };
}

async function rawFrame(picture: Sharp): Promise<Frame> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: data };
}

async function mainFace(pipeline: FacePipeline, frame: Frame): Promise<DetectedFace> {
  const [found] = await pipeline.detect(frame);
  if (!found) throw new Error('no face in the frame that a simulated person is made of');
  return found;
}

/**
 * Fills a camera's picture with a frame of a clip and finds the face mesh in it.
 *
 * @throws when there is no face in the frame.
 */
export async function simulatedFace(pipeline: FacePipeline, framePng: Buffer): Promise<SimulatedFaceFiles> {
  const whole = await rawFrame(sharp(framePng).removeAlpha());
  const { box } = await mainFace(pipeline, whole);
  const picture = sharp(framePng)
    .removeAlpha()
    .extract(framing(whole, box))
    .resize(PICTURE.width, PICTURE.height, { fit: 'fill', kernel: 'cubic' });
  const png = await picture.clone().png({ compressionLevel: 9 }).toBuffer();
  const frame = await rawFrame(picture);
  const { points } = await pipeline.mesh(frame, await pipeline.locate(frame, await mainFace(pipeline, frame)));
  const rounded = Array.from(points, (value) => Number(value.toFixed(DECIMALS)));
  return { png, json: `${JSON.stringify({ version: 1, ...PICTURE, points: rounded })}\n` };
}
