import type { PixelBox } from '../../../../shared/domain/liveness.ts';
import type { JudgedDocument } from '../contract.ts';
import { scoreAgainst } from './cue.ts';
import { fieldLook, strangeness } from './edited-field.ts';
import type { LumaPlane } from './luma-plane.ts';
import { quantile } from './smooth-surface.ts';
import { CUE_LIMITS } from './warning-limits.ts';

/** 0..1: how much a field or the portrait looks as if it had been put there afterwards. */
export function editedScore({ fields, face }: JudgedDocument, luma: LumaPlane): number {
  const looks = Object.entries(fields).flatMap(([name, { box }]) => (box && fieldLook(luma, name, box)) ?? []);
  return Math.max(
    scoreAgainst(strangeness(looks) ** 3, CUE_LIMITS.fieldStrangeness ** 3),
    face === null ? 0 : scoreAgainst(frameStep(luma, face), CUE_LIMITS.portraitStep),
  );
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
