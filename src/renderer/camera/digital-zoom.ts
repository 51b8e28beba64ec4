import type { FaceBox } from '../../shared/ipc/kiosk-guidance.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A part of the camera's picture, in its pixels. */
export interface Region extends Size {
  readonly x: number;
  readonly y: number;
}

/** Pixels between the eyes that the models want in a picture of evidence. */
export const WANTED_INTER_OCULAR_PIXELS = 60;
/** Height of the detector's box over the distance of the eyes: the largest of three people's medians. */
const BOX_HEIGHT_PER_INTER_OCULAR = 3.2;
/** With less around it the spoof model would lose the surroundings that it judges by. */
const LARGEST_FACE_SHARE = 0.4;
/** In an upright picture even the largest part may be too low for its face; the whole picture is better then. */
const TIGHT_FACE_SHARE = 0.7;

function fitting(part: Size, into: Size): number {
  return Math.min(1, into.width / part.width, into.height / part.height);
}

function clamped(value: number, most: number): number {
  return Math.round(Math.min(Math.max(0, value), most));
}

/**
 * The part of a camera's picture to reduce into `target`: the whole picture while the face has pixels enough in it,
 * and for a face further away a part around it, of `target`'s shape, from which no pixel is thrown away without need.
 * A picture no larger than `target` is never cut: that would win nothing.
 *
 * @param face relative to the picture; null when there is none.
 */
export function zoomRegion(picture: Size, face: FaceBox | null, target: Size): Region {
  const whole: Region = { x: 0, y: 0, width: picture.width, height: picture.height };
  const scale = fitting(picture, target);
  if (!face || scale === 1) return whole;
  const faceHeight = face.height * picture.height;
  if ((faceHeight * scale) / BOX_HEIGHT_PER_INTER_OCULAR >= WANTED_INTER_OCULAR_PIXELS) return whole;
  const shape = target.width / target.height;
  const most = Math.min(picture.height, picture.width / shape);
  if (faceHeight > TIGHT_FACE_SHARE * most) return whole;
  const height = Math.floor(Math.min(most, Math.max(target.height, faceHeight / LARGEST_FACE_SHARE)));
  const width = Math.floor(height * shape);
  return {
    x: clamped((face.x + face.width / 2) * picture.width - width / 2, picture.width - width),
    y: clamped((face.y + face.height / 2) * picture.height - height / 2, picture.height - height),
    width,
    height,
  };
}
