import type { FaceBox } from '../../../shared/ipc/kiosk-guidance.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A place on the screen, in pixels of the element that shows the picture. */
export interface Placement extends Size {
  readonly left: number;
  readonly top: number;
}

/**
 * Where a box of a picture appears when the picture fills an element, its aspect kept and cut off evenly
 * (`object-fit: cover`), and is mirrored. Of one that is too high `cutAt` is the share that is cut off above, 0–1, as in
 * `object-position`. Null while the picture or the element has no size.
 */
export function mirroredCoverPlacement(box: FaceBox, picture: Size, element: Size, cutAt = 0.5): Placement | null {
  if (!(picture.width > 0 && picture.height > 0 && element.width > 0 && element.height > 0)) return null;
  const scale = Math.max(element.width / picture.width, element.height / picture.height);
  const shown = { width: picture.width * scale, height: picture.height * scale };
  return {
    left: (element.width - shown.width) / 2 + (1 - box.x - box.width) * shown.width,
    top: (element.height - shown.height) * cutAt + box.y * shown.height,
    width: box.width * shown.width,
    height: box.height * shown.height,
  };
}
