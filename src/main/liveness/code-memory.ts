import type { Srgb } from '../../shared/domain/challenge.ts';
import { toLinear } from '../../shared/domain/linear-light.ts';

/** The colour sequences that a device has used lately. */
export interface CodeMemory {
  /** Whether a sequence is near to a remembered one, or to its opposite. */
  resembles(colours: readonly Srgb[]): boolean;
  /** Remembers a sequence and forgets the oldest beyond the capacity. */
  remember(colours: readonly Srgb[]): void;
}

/** Two sequences resemble each other from this correlation on, whatever its sign. */
export const NEAR_DUPLICATE = 0.6;
export const REMEMBERED_CODES = 200;

/** Linear light of each colour less each channel's mean, scaled to length 1. */
function unitCode(colours: readonly Srgb[]): Float64Array {
  const code = Float64Array.from(colours.flatMap((rgb) => toLinear(rgb)));
  for (let channel = 0; channel < 3; channel++) {
    let sum = 0;
    for (let i = channel; i < code.length; i += 3) sum += code[i]!;
    for (let i = channel; i < code.length; i += 3) code[i]! -= sum / colours.length;
  }
  const length = Math.sqrt(code.reduce((sum, value) => sum + value * value, 0));
  return length > 0 ? code.map((value) => value / length) : code;
}

/** An empty memory, in this process only: a restart forgets, and the code is random all the same. */
export function createCodeMemory(capacity = REMEMBERED_CODES): CodeMemory {
  const codes: Float64Array[] = [];
  return {
    resembles(colours) {
      const code = unitCode(colours);
      return codes.some((earlier) => {
        if (earlier.length !== code.length) return false;
        return Math.abs(earlier.reduce((sum, value, i) => sum + value * code[i]!, 0)) > NEAR_DUPLICATE;
      });
    },
    remember(colours) {
      codes.push(unitCode(colours));
      if (codes.length > capacity) codes.shift();
    },
  };
}
