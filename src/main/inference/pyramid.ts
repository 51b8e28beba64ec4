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

/** Its buffers grow with the frames and stay. The copies that `levelFor` gives are overwritten for the next frame. */
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

/** Writes the mean of each 2 × 2 pixels, rounded; an odd last row or column is left out. */
export function halveInto(source: Frame, out: Uint8Array): void {
  // Rows that begin on a word can be added four bytes at a time, which takes about half the time.
  if (source.width % 4 === 0 && source.rgb.byteOffset % 4 === 0 && out.byteOffset % 2 === 0) halveWords(source, out);
  else halveBytes(source, out);
}

function halveBytes({ rgb, width, height }: Frame, out: Uint8Array): void {
  const step = width * 3;
  let at = 0;
  for (let y = 0; y < height >> 1; y++) {
    let from = 2 * y * step;
    for (let x = 0; x < width >> 1; x++) {
      const below = from + step;
      out[at] = (rgb[from]! + rgb[from + 3]! + rgb[below]! + rgb[below + 3]! + 2) >> 2;
      out[at + 1] = (rgb[from + 1]! + rgb[from + 4]! + rgb[below + 1]! + rgb[below + 4]! + 2) >> 2;
      out[at + 2] = (rgb[from + 2]! + rgb[from + 5]! + rgb[below + 2]! + rgb[below + 5]! + 2) >> 2;
      at += 3;
      from += 6;
    }
  }
}

/** Every second byte of a word, so that two sums of bytes fit beside each other. */
const EVEN_BYTES = 0x00ff00ff;

/** One half in each of the two sums, so that a quarter of it is rounded. */
const HALVES = 0x00020002;

/**
 * Four pixels of each row are three words and become two pixels, three pairs of bytes. `even` holds the column sums
 * of a word's bytes 0 and 2, `odd` of 1 and 3; each of the three sums below holds two of the six means.
 */
function halveWords({ rgb, width, height }: Frame, out: Uint8Array): void {
  const words = new Int32Array(rgb.buffer, rgb.byteOffset, (width * height * 3) >> 2);
  const pairs = new Uint16Array(out.buffer, out.byteOffset, out.length >> 1);
  const step = (width * 3) >> 2;
  let at = 0;
  for (let y = 0; y < height >> 1; y++) {
    const start = 2 * y * step;
    for (let i = start; i < start + step; i += 3) {
      const odd0 = ((words[i]! >>> 8) & EVEN_BYTES) + ((words[i + step]! >>> 8) & EVEN_BYTES);
      const odd1 = ((words[i + 1]! >>> 8) & EVEN_BYTES) + ((words[i + step + 1]! >>> 8) & EVEN_BYTES);
      const odd2 = ((words[i + 2]! >>> 8) & EVEN_BYTES) + ((words[i + step + 2]! >>> 8) & EVEN_BYTES);
      const even0 = (words[i]! & EVEN_BYTES) + (words[i + step]! & EVEN_BYTES);
      const even1 = (words[i + 1]! & EVEN_BYTES) + (words[i + step + 1]! & EVEN_BYTES);
      const even2 = (words[i + 2]! & EVEN_BYTES) + (words[i + step + 2]! & EVEN_BYTES);
      const bytes0and2 = ((even0 + ((odd0 >>> 16) | (odd1 << 16)) + HALVES) >>> 2) & EVEN_BYTES;
      const bytes1and3 = ((even1 + ((odd0 & 0xffff) | (odd2 << 16)) + HALVES) >>> 2) & EVEN_BYTES;
      const bytes5and4 = ((even2 + ((odd2 >>> 16) | (odd1 & 0xffff0000)) + HALVES) >>> 2) & EVEN_BYTES;
      const bytes0to3 = bytes0and2 | (bytes1and3 << 8);
      pairs[at] = bytes0to3;
      pairs[at + 1] = bytes0to3 >>> 16;
      pairs[at + 2] = (bytes5and4 >>> 16) | (bytes5and4 << 8);
      at += 3;
    }
  }
}
