import type { PixelBox } from '../../shared/domain/liveness.ts';

/** A decoded picture: sRGB bytes row by row, three a pixel, no padding; `rgb.length === width * height * 3`. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/**
 * The square that the models behind the detector expect: side = height of the box, same centre, clipped to the
 * frame, whole pixels. Near an edge it is no longer square.
 */
export function squareAround(box: PixelBox, frame: Frame): PixelBox {
  const half = box.height / 2;
  const centreX = box.x + box.width / 2;
  const centreY = box.y + half;
  const left = Math.trunc(Math.max(0, centreX - half));
  const top = Math.trunc(Math.max(0, centreY - half));
  const right = Math.trunc(Math.min(frame.width - 1, centreX + half));
  const bottom = Math.trunc(Math.min(frame.height - 1, centreY + half));
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}

/** `box` enlarged around its centre by `scale`, with that scale reduced and the box shifted until it fits the frame. */
export function enlargedWithin(box: PixelBox, scale: number, frame: Frame): PixelBox {
  const fitting = Math.min((frame.height - 1) / box.height, (frame.width - 1) / box.width, scale);
  const width = box.width * fitting;
  const height = box.height * fitting;
  const left = shifted(box.x + box.width / 2 - width / 2, width, frame.width - 1);
  const top = shifted(box.y + box.height / 2 - height / 2, height, frame.height - 1);
  return {
    x: Math.trunc(left),
    y: Math.trunc(top),
    width: Math.max(1, Math.trunc(width)),
    height: Math.max(1, Math.trunc(height)),
  };
}

function shifted(start: number, length: number, limit: number): number {
  return Math.max(0, Math.min(start, limit - length));
}
