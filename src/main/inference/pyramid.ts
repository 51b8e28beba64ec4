import type { Frame } from './frame.ts';

/** Halvings that are kept at most; a face that needs more is larger than any camera makes it. */
const MAX_LEVELS = 5;

/**
 * Halved copies of the frame in work, made when first needed and shared by all models, so that a large frame is
 * read once and not once for every model.
 */
export interface Pyramid {
  /** The smallest copy that still has to be reduced by at least 1, and how many source pixels one of its sides is. */
  levelFor(frame: Frame, reduction: number): { readonly frame: Frame; readonly factor: number };
  /** Zeroes the copies and forgets the frame. */
  wipe(): void;
}

export function createPyramid(): Pyramid {
  const buffers: Uint8Array[] = [];
  let levels: Frame[] = [];
  const halved = (source: Frame, level: number): Frame => {
    const width = source.width >> 1;
    const height = source.height >> 1;
    const bytes = width * height * 3;
    if ((buffers[level]?.length ?? 0) < bytes) buffers[level] = new Uint8Array(bytes);
    halveInto(source, buffers[level]!);
    return { width, height, rgb: buffers[level]! };
  };
  return {
    levelFor: (frame, reduction) => {
      // Frames aren't changed while they are in work, so the same object is the same picture.
      if (levels[0] !== frame) levels = [frame];
      let level = 0;
      while (reduction >= 2 ** (level + 1) && level < MAX_LEVELS) {
        level++;
        levels[level] ??= halved(levels[level - 1]!, level);
      }
      return { frame: levels[level]!, factor: 2 ** level };
    },
    wipe: () => {
      levels = [];
      for (const buffer of buffers) buffer?.fill(0);
    },
  };
}

/** Writes the mean of each 2 × 2 pixels; an odd last row or column is left out. */
function halveInto({ rgb, width, height }: Frame, out: Uint8Array): void {
  const step = width * 3;
  const halfWidth = width >> 1;
  const halfHeight = height >> 1;
  let at = 0;
  for (let y = 0; y < halfHeight; y++) {
    let from = 2 * y * step;
    for (let x = 0; x < halfWidth; x++) {
      const below = from + step;
      out[at] = (rgb[from]! + rgb[from + 3]! + rgb[below]! + rgb[below + 3]! + 2) >> 2;
      out[at + 1] = (rgb[from + 1]! + rgb[from + 4]! + rgb[below + 1]! + rgb[below + 4]! + 2) >> 2;
      out[at + 2] = (rgb[from + 2]! + rgb[from + 5]! + rgb[below + 2]! + rgb[below + 5]! + 2) >> 2;
      at += 3;
      from += 6;
    }
  }
}
