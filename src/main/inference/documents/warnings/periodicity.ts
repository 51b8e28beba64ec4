import type { RectifiedCard } from '../contract.ts';
import type { Frame } from '../../frame.ts';
import { HANN, PATCH_SIDE, powerSpectra } from './spectrum.ts';
import { sourcePlaces } from './source-places.ts';

/** What repeats at the same frequency all over the card. */
export interface Periodicity {
  /** Strongest common peak of the brightness beyond the card's own fine lines: log10 of power over its surroundings. */
  readonly fine: number;
  /** The same of red less blue, at all frequencies that a pattern of dots or stripes leaves. */
  readonly coloured: number;
  /** log10 of that coloured peak's power, in squared values of 0..255. */
  readonly colouredPower: number;
}

const HALF = PATCH_SIDE / 2;
/** Patches: enough that chance peaks average out, few enough for 100 ms. */
const COLUMNS = 4;
const ROWS = 3;
/** Peaks wander with the perspective by this many steps between patches. */
const WANDER = 2;
/** Above 26/128 cycles a pixel nothing of the card's own print repeats; colours are looked at from 12/128 on. */
const FINE_FROM = 26;
const COLOURED_FROM = 12;
/** log10 of the power of rounding alone. */
const FLOOR = -1;

/** Looks for common peaks in the spectra of patches of the source, before any resampling could have hidden them. */
export function periodicityOf(card: RectifiedCard): Periodicity {
  const sums = [new Float32Array(HALF * PATCH_SIDE), new Float32Array(HALF * PATCH_SIDE)] as const;
  const powers = new Float32Array(HALF * PATCH_SIDE);
  const places = sourcePlaces(card, COLUMNS, ROWS);
  for (const [x, y] of places) {
    const [brightness, colour] = powerSpectra(...patchAt(card.source, x, y));
    addExcess(brightness, sums[0], null);
    addExcess(colour, sums[1], powers);
  }
  const fine = highest(sums[0], FINE_FROM);
  const coloured = highest(sums[1], COLOURED_FROM);
  return {
    fine: fine.value / places.length,
    coloured: coloured.value / places.length,
    colouredPower: powers[coloured.at]! / places.length,
  };
}

/** Green and red less blue of a patch around a place, without their means, under the window. */
function patchAt({ width, height, rgb }: Frame, x: number, y: number): readonly [Float64Array, Float64Array] {
  const left = Math.max(0, Math.min(width - PATCH_SIDE, Math.round(x) - HALF));
  const top = Math.max(0, Math.min(height - PATCH_SIDE, Math.round(y) - HALF));
  const green = new Float64Array(PATCH_SIDE * PATCH_SIDE);
  const colour = new Float64Array(PATCH_SIDE * PATCH_SIDE);
  let [greenSum, colourSum] = [0, 0];
  for (let row = 0, to = 0; row < PATCH_SIDE; row++) {
    const start = (Math.min(height - 1, top + row) * width + left) * 3;
    for (let column = 0; column < PATCH_SIDE; column++, to++) {
      const at = start + Math.min(width - 1 - left, column) * 3;
      green[to] = rgb[at + 1]!;
      colour[to] = rgb[at]! - rgb[at + 2]!;
      greenSum += green[to]!;
      colourSum += colour[to]!;
    }
  }
  const [greenMean, colourMean] = [greenSum / green.length, colourSum / colour.length];
  for (let row = 0, to = 0; row < PATCH_SIDE; row++) {
    for (let column = 0; column < PATCH_SIDE; column++, to++) {
      const window = HANN[row]! * HANN[column]!;
      green[to] = (green[to]! - greenMean) * window;
      colour[to] = (colour[to]! - colourMean) * window;
    }
  }
  return [green, colour];
}

/** The window's energy: the power of a wave doesn't depend on it. */
const ENERGY = HANN.reduce((sum, value) => sum + value * value, 0) ** 2;

/** Adds, for each frequency of the upper half plane, how far the highest power nearby stands over the surroundings. */
function addExcess(power: Float64Array, sums: Float32Array, powers: Float32Array | null): void {
  const logs = new Float32Array((HALF + 2 * SURROUNDING) * PATCH_SIDE);
  for (let v = -SURROUNDING; v < HALF + SURROUNDING; v++) {
    const from = ((v + PATCH_SIDE) % PATCH_SIDE) * PATCH_SIDE;
    for (let u = 0; u < PATCH_SIDE; u++) {
      // Columns from −64 on, so that neighbours lie side by side.
      const value = Math.log10(power[from + ((u + HALF) % PATCH_SIDE)]! / ENERGY + 10 ** FLOOR);
      logs[(v + SURROUNDING) * PATCH_SIDE + u] = value;
    }
  }
  const around = boxMeans(logs);
  const highest = pooled(logs);
  for (let v = 0; v < HALF; v++) {
    for (let u = 0; u < PATCH_SIDE; u++) {
      const at = (v + SURROUNDING) * PATCH_SIDE + u;
      sums[v * PATCH_SIDE + u] = sums[v * PATCH_SIDE + u]! + highest[at]! - around[at]!;
      if (powers) powers[v * PATCH_SIDE + u] = powers[v * PATCH_SIDE + u]! + highest[at]!;
    }
  }
}

/** Steps in each direction that count as a frequency's surroundings. */
const SURROUNDING = 7;

/** Mean over the surroundings; columns wrap around, as frequencies do. */
function boxMeans(logs: Float32Array): Float32Array {
  const rows = logs.length / PATCH_SIDE;
  const across = new Float32Array(logs.length);
  const side = 2 * SURROUNDING + 1;
  for (let row = 0; row < rows; row++) {
    const start = row * PATCH_SIDE;
    let sum = 0;
    for (let u = -SURROUNDING; u <= SURROUNDING; u++) sum += logs[start + ((u + PATCH_SIDE) % PATCH_SIDE)]!;
    for (let u = 0; u < PATCH_SIDE; u++) {
      across[start + u] = sum / side;
      sum +=
        logs[start + ((u + SURROUNDING + 1) % PATCH_SIDE)]! -
        logs[start + ((u - SURROUNDING + PATCH_SIDE) % PATCH_SIDE)]!;
    }
  }
  const means = new Float32Array(logs.length);
  for (let u = 0; u < PATCH_SIDE; u++) {
    let sum = 0;
    for (let row = 0; row < side; row++) sum += across[row * PATCH_SIDE + u]!;
    for (let row = SURROUNDING; row < rows - SURROUNDING; row++) {
      means[row * PATCH_SIDE + u] = sum / side;
      if (row + SURROUNDING + 1 < rows)
        sum += across[(row + SURROUNDING + 1) * PATCH_SIDE + u]! - across[(row - SURROUNDING) * PATCH_SIDE + u]!;
    }
  }
  return means;
}

/** The highest value within the steps that peaks wander; not at the first and last columns, which aren't looked at. */
function pooled(logs: Float32Array): Float32Array {
  const across = new Float32Array(logs.length);
  for (let at = WANDER; at < logs.length - WANDER; at++) {
    let most = logs[at - WANDER]!;
    for (let k = 1 - WANDER; k <= WANDER; k++) {
      const value = logs[at + k]!;
      if (value > most) most = value;
    }
    across[at] = most;
  }
  const both = new Float32Array(logs.length);
  for (let at = WANDER * PATCH_SIDE; at < logs.length - WANDER * PATCH_SIDE; at++) {
    let most = across[at - WANDER * PATCH_SIDE]!;
    for (let k = 1 - WANDER; k <= WANDER; k++) {
      const value = across[at + k * PATCH_SIDE]!;
      if (value > most) most = value;
    }
    both[at] = most;
  }
  return both;
}

/** The highest sum at a frequency that isn't JPEG's block grid, the mosaic's own or a picture's ordinary content. */
function highest(sums: Float32Array, from: number): { readonly value: number; readonly at: number } {
  let best = { value: 0, at: 0 };
  for (let v = 0; v < HALF - 3; v++) {
    for (let column = 3; column < PATCH_SIDE - 3; column++) {
      const u = column - HALF;
      if (Math.hypot(u, v) < from || isBlockGrid(u, v)) continue;
      const at = v * PATCH_SIDE + column;
      if (sums[at]! > best.value) best = { value: sums[at]!, at };
    }
  }
  return best;
}

/** Multiples of an eighth of a cycle a pixel along an axis, with what peaks wander. */
function isBlockGrid(u: number, v: number): boolean {
  const nearEighth = (k: number): boolean => Math.abs(((k + 8 + PATCH_SIDE) % 16) - 8) <= WANDER + 1;
  const onAxis = Math.abs(u) <= WANDER + 1 || v <= WANDER + 1;
  return onAxis && nearEighth(u) && nearEighth(v);
}
