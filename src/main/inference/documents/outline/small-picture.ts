import type { Frame } from '../../frame.ts';

/** The long side that edges are looked for at: small enough to be quick, and its means quieten the noise. */
const SMALL_LONG_SIDE = 480;
/** What a value of one level is in the planes. */
export const LEVEL = 16;

/** A picture made smaller by a whole factor: brightness and a difference of colours, `LEVEL` units a level. */
export interface SmallPicture {
  readonly width: number;
  readonly height: number;
  /** Pixels of the given picture along one side of a small pixel. */
  readonly factor: number;
  readonly luma: Int16Array;
  /** Red minus blue: tells a white card from a yellowish desk of the same brightness. */
  readonly chroma: Int16Array;
}

/** Makes a picture at most 480 pixels long by means over whole blocks. */
export function smallPicture({ width, height, rgb }: Frame, longSide = SMALL_LONG_SIDE): SmallPicture {
  const factor = Math.max(1, Math.ceil(Math.max(width, height) / longSide));
  const across = Math.floor(width / factor);
  const down = Math.floor(height / factor);
  const luma = new Int16Array(across * down);
  const chroma = new Int16Array(across * down);
  const sums = new Int32Array(across * 2);
  const scale = LEVEL / (factor * factor);
  for (let y = 0; y < down; y++) {
    sums.fill(0);
    for (let dy = 0; dy < factor; dy++) addRow(rgb, (y * factor + dy) * width * 3, factor, across, sums);
    for (let x = 0; x < across; x++) {
      luma[y * across + x] = (sums[2 * x]! * scale) / 4;
      chroma[y * across + x] = (sums[2 * x + 1]! * scale) / 2;
    }
  }
  return { width: across, height: down, factor, luma, chroma };
}

function addRow(rgb: Uint8Array, start: number, factor: number, across: number, sums: Int32Array): void {
  let at = start;
  for (let x = 0; x < across; x++) {
    let light = 0;
    let colour = 0;
    for (let i = 0; i < factor; i++, at = (at + 3) | 0) {
      const red = rgb[at]!;
      const blue = rgb[(at + 2) | 0]!;
      light = (light + red + 2 * rgb[(at + 1) | 0]! + blue) | 0;
      colour = (colour + red - blue) | 0;
    }
    sums[2 * x] = sums[2 * x]! + light;
    sums[2 * x + 1] = sums[2 * x + 1]! + colour;
  }
}
