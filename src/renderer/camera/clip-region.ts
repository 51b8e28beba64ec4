import { CLIP_HEIGHT, CLIP_WIDTH } from '../../shared/domain/clip.ts';
import type { FaceBox } from '../../shared/ipc/kiosk-guidance.ts';
import type { Region } from './digital-zoom.ts';

/** Height of the clip's picture over the face's: head and shoulders, with room to turn and nod. */
const HEIGHT_PER_FACE = 2.4;

/**
 * The upright part (3:4) of a camera's picture around a face, in its pixels: head and shoulders, no smaller than the
 * clip unless the picture is, and never over the edge.
 *
 * @param face relative to the picture
 */
export function portraitRegion(picture: { readonly width: number; readonly height: number }, face: FaceBox): Region {
  const shape = CLIP_WIDTH / CLIP_HEIGHT;
  const most = Math.min(picture.height, picture.width / shape);
  const height = Math.min(most, Math.max(CLIP_HEIGHT, HEIGHT_PER_FACE * face.height * picture.height));
  const width = height * shape;
  const centreX = (face.x + face.width / 2) * picture.width;
  const centreY = (face.y + face.height / 2) * picture.height;
  return {
    x: within(centreX - width / 2, picture.width - width),
    y: within(centreY - height / 2, picture.height - height),
    width,
    height,
  };
}

function within(value: number, most: number): number {
  return Math.min(Math.max(0, value), most);
}
