import type { PixelBox } from '../../../../shared/domain/liveness.ts';
import type { CardBox } from '../../../../shared/domain/document-reading.ts';
import type { JudgedDocument } from '../contract.ts';
import { scoreAgainst } from './cue.ts';
import type { LumaPlane } from './luma-plane.ts';
import { quantile } from './smooth-surface.ts';
import { CUE_LIMITS } from './warning-limits.ts';

/** 0..1: how much a field or the portrait looks as if it had been put there afterwards. */
export function editedScore({ fields, face }: JudgedDocument, luma: LumaPlane): number {
  const boxes = Object.values(fields).flatMap(({ box }) => (box === null ? [] : [box]));
  return Math.max(
    scoreAgainst(smoothness(luma, boxes), CUE_LIMITS.fieldSmoothness),
    face === null ? 0 : scoreAgainst(frameStep(luma, face), CUE_LIMITS.portraitStep),
  );
}

/** A window's side, and how far apart windows lie. */
const WINDOW = 5;
const STRIDE = 2;
/** Between the strokes of a text a share of the windows like this sees nothing but ground. */
const GROUND_SHARE = 0.2;
/** A patch covers at least so many of the parts, which lie half over each other; fewer are quiet by chance. */
const PATCHED_PARTS = 3;
/** Quieter ground than this can't be told from a patch: noise and lines of less than a grey value. */
const QUIETEST = 0.8;

/**
 * How many times quieter the ground is in the quietest parts of the fields than in the fields on the whole, less 1: a
 * patch that was put over a text has neither the card's fine lines nor the camera's noise. 0 where the whole card is
 * quiet.
 */
export function smoothness(luma: LumaPlane, boxes: readonly CardBox[]): number {
  const sections = boxes
    .flatMap((box) => sectionsOf(luma, box))
    .map((section) => groundNoise(luma, section))
    .sort((a, b) => a - b);
  const usual = quantile(sections, 0.6);
  if (sections.length < 2 * PATCHED_PARTS || usual < 1.5 * QUIETEST) return 0;
  return Math.max(0, usual / Math.max(QUIETEST / 2, sections[PATCHED_PARTS - 1]!) - 1);
}

/** Parts of a field, half as wide again as its lines are high, half over each other. */
function sectionsOf({ width, height }: LumaPlane, box: CardBox): readonly PixelBox[] {
  const high = Math.min(box.height * height, LINE_PX);
  const side = 1.5 * high;
  const sections: PixelBox[] = [];
  for (let y = box.y * height; y + high * 0.8 <= (box.y + box.height) * height; y += high) {
    for (let x = box.x * width; x + side * 0.7 <= (box.x + box.width) * width; x += side / 2) {
      sections.push({ x: Math.round(x), y: Math.round(y), width: Math.round(side), height: Math.round(high) });
    }
  }
  return sections;
}

/** Height of a line with what is around it, on the card 1012 pixels wide. */
const LINE_PX = 44;

/** Deviation of the quietest windows of a part. */
function groundNoise({ width, height, values }: LumaPlane, part: PixelBox): number {
  const deviations: number[] = [];
  const right = Math.min(width, part.x + part.width) - WINDOW;
  const bottom = Math.min(height, part.y + part.height) - WINDOW;
  for (let y = Math.max(0, part.y); y <= bottom; y += STRIDE) {
    for (let x = Math.max(0, part.x); x <= right; x += STRIDE) {
      let [sum, squares] = [0, 0];
      for (let row = 0; row < WINDOW; row++) {
        for (let at = (y + row) * width + x, end = at + WINDOW; at < end; at++) {
          sum += values[at]!;
          squares += values[at]! * values[at]!;
        }
      }
      const mean = sum / WINDOW / WINDOW;
      deviations.push(Math.sqrt(Math.max(0, squares / WINDOW / WINDOW - mean * mean)));
    }
  }
  return deviations.length === 0 ? Infinity : quantile(deviations, GROUND_SHARE);
}

/**
 * The step, in grey values, of the straight upright edges that stand on both sides of a portrait that was put in as a
 * rectangle; the printed one has no frame.
 */
export function frameStep(luma: LumaPlane, face: PixelBox): number {
  const top = face.y - 0.2 * face.height;
  const bottom = face.y + 0.7 * face.height;
  const left = steepestColumn(luma, face.x - 1.1 * face.width, face.x - 0.12 * face.width, top, bottom);
  const from = face.x + face.width;
  const right = steepestColumn(luma, from + 0.12 * face.width, from + 1.1 * face.width, top, bottom);
  return Math.min(left, right);
}

/** The largest median step over the rows of a column, as far as it is a step and not a ramp. */
function steepestColumn(
  { width, height, values }: LumaPlane,
  from: number,
  to: number,
  top: number,
  bottom: number,
): number {
  let most = 0;
  for (let x = Math.max(RAMP_PX, Math.round(from)); x < Math.min(width - RAMP_PX, to); x++) {
    const steps: number[] = [];
    const ramps: number[] = [];
    for (let y = Math.max(0, Math.round(top)); y < Math.min(height, bottom); y += 3) {
      const at = y * width + x;
      steps.push(values[at + 2]! - values[at - 2]!);
      ramps.push(values[at + RAMP_PX]! - values[at - RAMP_PX]!);
    }
    if (steps.length < 8) continue;
    const [step, ramp] = [Math.abs(quantile(steps, 0.5)), Math.abs(quantile(ramps, 0.5))];
    most = Math.max(most, step - ramp / 2);
  }
  return most;
}

/** Printed portraits fade into the card over more than this. */
const RAMP_PX = 8;
