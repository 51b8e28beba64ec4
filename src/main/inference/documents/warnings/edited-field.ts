import type { CardBox } from '../../../../shared/domain/document-reading.ts';
import type { LumaPlane } from './luma-plane.ts';
import { quantile } from './smooth-surface.ts';

/** How a field's print lies on its ground. */
export interface FieldLook {
  /**
   * Deviation, in grey values, of the quietest windows: the ground's fine lines and the camera's noise. Already as a
   * multiple of what such a field has beside others.
   */
  readonly groundNoise: number;
  /** The steepest slopes a pixel, as a share of the contrast between ground and ink. */
  readonly sharpness: number;
}

/** A window's side, and how far apart windows lie. */
const WINDOW = 5;
const STRIDE = 2;
/** Even between dense strokes a share of the windows like this sees nothing but ground. */
const GROUND_SHARE = 0.15;

/** A date has wide gaps with nothing but ground: the even seeds' cards are so much quieter there. */
const USUAL_NOISE: Readonly<Record<string, number>> = { birthDate: 0.75, validTo: 0.85 };

/** A field of a single character shows too little ground: it says nothing, of itself or of others. */
const LEAST_ASPECT = 1.5;

/** Measures one field on the rectified card; null where it is too short to say anything. */
export function fieldLook(luma: LumaPlane, name: string, box: CardBox): FieldLook | null {
  const { width, height, values } = luma;
  if (box.width * width < LEAST_ASPECT * box.height * height) return null;
  const left = Math.max(1, Math.round(box.x * width));
  const top = Math.max(1, Math.round(box.y * height));
  const right = Math.min(width - 1, Math.round((box.x + box.width) * width));
  const bottom = Math.min(height - 1, Math.round((box.y + box.height) * height));
  const [deviations, levels, slopes]: [number[], number[], number[]] = [[], [], []];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = y * width + x;
      levels.push(values[at]!);
      const across = Math.abs(values[at + 1]! - values[at - 1]!);
      slopes.push(Math.max(across, Math.abs(values[at + width]! - values[at - width]!)) / 2);
      const inside = x + WINDOW <= right && y + WINDOW <= bottom;
      if (inside && (x - left) % STRIDE === 0 && (y - top) % STRIDE === 0) deviations.push(deviationAt(luma, at));
    }
  }
  const contrast = quantile(levels, 0.75) - quantile(levels, 0.01);
  return {
    groundNoise: deviations.length === 0 ? Infinity : quantile(deviations, GROUND_SHARE) / (USUAL_NOISE[name] ?? 1),
    sharpness: quantile(slopes, 0.99) / Math.max(1, contrast),
  };
}

/** Deviation of the window that begins at an index. */
function deviationAt({ width, values }: LumaPlane, start: number): number {
  let [sum, squares] = [0, 0];
  for (let row = 0; row < WINDOW; row++) {
    for (let at = start + row * width, end = at + WINDOW; at < end; at++) {
      sum += values[at]!;
      squares += values[at]! * values[at]!;
    }
  }
  const mean = sum / WINDOW / WINDOW;
  return Math.sqrt(Math.max(0, squares / WINDOW / WINDOW - mean * mean));
}

/** Ground quieter than this everywhere can't be told from a patch: rounding and what a JPEG leaves. */
const QUIETEST = 1.2;
/** A patch isn't quieter than a file's rounding. */
const ROUNDING = 0.4;
/** Sharper print counts up to here, and squared: the fields of a card differ by 5 %, what was written later by 15 %. */
const SHARPER_AT_MOST = 1.25;

/**
 * How much the strangest field stands out from the others of the same card: how many times quieter its ground is than any other's, times
 * the square of how many times sharper its print is. A patch put over a text has neither the card's fine lines nor the camera's noise,
 * and what is written on it went through no lens. Two edited fields hide each other. 0 where there is nothing to compare or
 * the whole card is quiet.
 */
export function strangeness(fields: readonly FieldLook[]): number {
  if (fields.length < 3) return 0;
  const values = fields.map(({ groundNoise, sharpness }, index) => {
    const others = fields.filter((_, other) => other !== index);
    const usualNoise = Math.min(...others.map((other) => other.groundNoise));
    if (usualNoise < QUIETEST || usualNoise === Infinity) return 0;
    const sharper =
      sharpness /
      Math.max(
        0.01,
        quantile(
          others.map((other) => other.sharpness),
          0.4,
        ),
      );
    return (usualNoise / Math.max(ROUNDING, groundNoise)) * Math.min(SHARPER_AT_MOST, Math.max(1, sharper)) ** 2;
  });
  return Math.max(...values);
}
