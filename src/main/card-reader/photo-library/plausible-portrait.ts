import { failure, type Failure } from '../../../shared/reasons.ts';
import { PORTRAIT_HEIGHT, PORTRAIT_WIDTH } from './picture-size.ts';

/**
 * Bounds on brightness (0 to 255) that a portrait keeps and that an empty buffer, a flat colour or noise doesn't.
 * Independent random bytes differ by about 55 from pixel to pixel; a face of this size by about ten.
 */
const BOUNDS = { darkest: 30, brightest: 245, leastDeviation: 12, mostDeviation: 115, mostStep: 30 } as const;

/**
 * Whether pixels can be a portrait at all; it doesn't look for a face, which the comparison does.
 *
 * @param rgb 38,556 bytes in any order of rows or colours.
 * @returns null when they can, else `decoder.implausible`.
 */
export function implausibility(rgb: Uint8Array): Failure | null {
  const { mean, deviation, step } = brightnessOf(rgb);
  if (deviation < BOUNDS.leastDeviation) return implausible('the picture is empty or of one colour');
  if (mean < BOUNDS.darkest) return implausible(`the picture is dark: mean ${Math.round(mean)} of 255`);
  if (mean > BOUNDS.brightest) return implausible(`the picture is white: mean ${Math.round(mean)} of 255`);
  if (step > BOUNDS.mostStep) return implausible(`the picture is noise: ${Math.round(step)} from pixel to pixel`);
  if (deviation > BOUNDS.mostDeviation) return implausible('the picture is black and white');
  return null;
}

function brightnessOf(rgb: Uint8Array): { mean: number; deviation: number; step: number } {
  let sum = 0;
  let squares = 0;
  let steps = 0;
  for (let y = 0; y < PORTRAIT_HEIGHT; y++) {
    let left = 0;
    for (let x = 0; x < PORTRAIT_WIDTH; x++) {
      const at = 3 * (y * PORTRAIT_WIDTH + x);
      // The green weight of any luma is the largest, and the order of the other two isn't known here.
      const brightness = 0.2 * rgb[at]! + 0.6 * rgb[at + 1]! + 0.2 * rgb[at + 2]!;
      sum += brightness;
      squares += brightness * brightness;
      if (x > 0) steps += Math.abs(brightness - left);
      left = brightness;
    }
  }
  const count = PORTRAIT_WIDTH * PORTRAIT_HEIGHT;
  const mean = sum / count;
  return {
    mean,
    deviation: Math.sqrt(Math.max(0, squares / count - mean * mean)),
    step: steps / (count - PORTRAIT_HEIGHT),
  };
}

function implausible(detail: string): Failure {
  return failure('decoder.implausible', detail);
}
