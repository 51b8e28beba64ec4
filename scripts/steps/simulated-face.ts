import sharp from 'sharp';
import type { FacePipeline } from '../../src/main/inference/face-pipeline.ts';
import type { Frame } from '../../src/main/inference/frame.ts';

/** The picture that a simulated person is made of, and where its face is. */
export interface SimulatedFaceFiles {
  readonly png: Buffer;
  /** `simulatedFaceSchema` of the renderer. */
  readonly json: string;
}

const PICTURE = { width: 640, height: 480 } as const;
const DECIMALS = 2;

/**
 * Fills a camera's picture with a frame of a clip and finds the face mesh in it.
 *
 * @throws when there is no face in the frame.
 */
export async function simulatedFace(pipeline: FacePipeline, framePng: Buffer): Promise<SimulatedFaceFiles> {
  const picture = sharp(framePng)
    .removeAlpha()
    .resize(PICTURE.width, PICTURE.height, { fit: 'cover', kernel: 'cubic' });
  const png = await picture.clone().png({ compressionLevel: 9 }).toBuffer();
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  const frame: Frame = { width: info.width, height: info.height, rgb: data };
  const [found] = await pipeline.detect(frame);
  if (!found) throw new Error('no face in the frame that a simulated person is made of');
  const { points } = await pipeline.mesh(frame, await pipeline.locate(frame, found));
  const rounded = Array.from(points, (value) => Number(value.toFixed(DECIMALS)));
  return { png, json: `${JSON.stringify({ version: 1, ...PICTURE, points: rounded })}\n` };
}
