import sharp, { type Sharp } from 'sharp';

/** Pictures are kept at a quarter of the screen's size, in grey: enough to see a word change, little to store. */
export const SCALE = 0.25;
/** How far a grey may lie outside of what the former picture has around the place: anti-aliasing and compression stay below. */
const TOLERANCE = 36;
/** So many pixels together are a change and no noise: a letter has more. */
const LEAST_CHANGE = 5;
const NEAR = 3;

export interface Grey {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** A screenshot as it is kept. */
export async function keptPicture(screenshot: Buffer, width: number): Promise<Buffer> {
  return sharp(screenshot)
    .resize({ width: Math.round(width * SCALE), kernel: 'cubic' })
    .greyscale()
    .webp({ quality: 72, effort: 4 })
    .toBuffer();
}

/** A screenshot as it is compared: what is kept of it, without the loss of its compression. */
export async function greyScreenshot(screenshot: Buffer, width: number): Promise<Grey> {
  const small = sharp(screenshot).resize({ width: Math.round(width * SCALE), kernel: 'cubic' });
  return greyPixels(small.greyscale());
}

async function greyPixels(picture: Sharp): Promise<Grey> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  const pixels =
    info.channels === 1 ? new Uint8Array(data) : new Uint8Array(data.filter((_, at) => at % info.channels === 0));
  return { width: info.width, height: info.height, pixels };
}

export async function greyOf(picture: Buffer): Promise<Grey> {
  return greyPixels(sharp(picture).greyscale());
}

/** Whether a pixel is darker or lighter than everything that the other picture has at and beside its place. */
function stands(one: Grey, other: Grey, x: number, y: number): boolean {
  const value = one.pixels[y * one.width + x]!;
  let [least, most] = [255, 0];
  for (let dy = -1; dy <= 1; dy += 1) {
    for (let dx = -1; dx <= 1; dx += 1) {
      const [px, py] = [
        Math.min(Math.max(x + dx, 0), other.width - 1),
        Math.min(Math.max(y + dy, 0), other.height - 1),
      ];
      const near = other.pixels[py * other.width + px]!;
      least = Math.min(least, near);
      most = Math.max(most, near);
    }
  }
  return value < least - TOLERANCE || value > most + TOLERANCE;
}

function differing(before: Grey, after: Grey): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  for (let y = 0; y < before.height; y += 1) {
    for (let x = 0; x < before.width; x += 1) {
      // Most pixels are the very same; only where they aren't is it worth to look around.
      const at = y * before.width + x;
      if (Math.abs(before.pixels[at]! - after.pixels[at]!) <= TOLERANCE / 2) continue;
      if (stands(after, before, x, y) || stands(before, after, x, y)) found.push([x, y]);
    }
  }
  return found;
}

/** The most pixels of those that lie within a few pixels of each other. */
function largestGroup(points: readonly (readonly [number, number])[]): number {
  const left = new Set(points.map(([x, y]) => `${x},${y}`));
  let largest = 0;
  while (left.size > 0) {
    const [first] = left;
    const queue = [first!];
    left.delete(first!);
    let size = 0;
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      size += 1;
      const [x, y] = next.split(',').map(Number) as [number, number];
      for (let dy = -NEAR; dy <= NEAR; dy += 1) {
        for (let dx = -NEAR; dx <= NEAR; dx += 1) {
          const key = `${x + dx},${y + dy}`;
          if (left.delete(key)) queue.push(key);
        }
      }
    }
    largest = Math.max(largest, size);
  }
  return largest;
}

/** What has changed between two pictures; null where nothing has that a person would see. */
export function changeBetween(one: Grey, other: Grey): string | null {
  if (one.width !== other.width || one.height !== other.height) {
    return `${one.width} × ${one.height} has become ${other.width} × ${other.height}`;
  }
  const points = differing(one, other);
  const largest = largestGroup(points);
  return largest < LEAST_CHANGE ? null : `${points.length} pixels differ, ${largest} of them together`;
}
