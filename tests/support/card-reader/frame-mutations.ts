import { dataFrame } from '../../../src/main/card-reader/simulator/simulated-reader.ts';
import type { Random } from './seeded-random.ts';

type Mutation = (frame: Uint8Array, random: Random, other: () => Uint8Array) => Uint8Array;

/** One to three kinds of damage in a row. */
export function mutated(frame: Uint8Array, random: Random, other: () => Uint8Array): Uint8Array {
  let damaged = frame;
  for (let n = 1 + random.below(3); n > 0; n--) damaged = random.pick(MUTATIONS)(damaged, random, other);
  return damaged;
}

/** The same bytes in chunks of 1 to 1,500 bytes; sometimes every byte alone. */
export function splitAtRandom(bytes: Uint8Array, random: Random): Uint8Array[] {
  const largest = random.pick([1, 7, 64, 64, 512, 1500, 1500]);
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 1 + random.below(largest);
    // Transports hand out memory of their own, so a chunk is a copy.
    chunks.push(bytes.slice(at, end));
    at = end;
  }
  return chunks;
}

const MUTATIONS: readonly Mutation[] = [
  flippedBits,
  overwritten,
  cutOut,
  cutShort,
  withNoiseInside,
  withNoiseBefore,
  withRepeat,
  splicedWithAnother,
  withOtherLength,
  withFalseStart,
  withStatusInside,
  swappedBytes,
];

function flippedBits(frame: Uint8Array, random: Random): Uint8Array {
  const flipped = frame.slice();
  for (let n = 1 + random.below(4); n > 0; n--) flipped[random.below(frame.length)]! ^= 1 << random.below(8);
  return flipped;
}

function overwritten(frame: Uint8Array, random: Random): Uint8Array {
  const changed = frame.slice();
  const from = random.below(frame.length);
  return changed.fill(random.pick([0x00, 0xff, 0xaa, 0x20]), from, from + 1 + random.below(40));
}

function cutOut(frame: Uint8Array, random: Random): Uint8Array {
  const from = random.below(frame.length);
  return joined(frame.subarray(0, from), frame.subarray(from + 1 + random.below(16)));
}

function cutShort(frame: Uint8Array, random: Random): Uint8Array {
  return frame.slice(0, random.below(frame.length));
}

function withNoiseInside(frame: Uint8Array, random: Random): Uint8Array {
  const at = random.below(frame.length);
  return joined(frame.subarray(0, at), noise(random, 16), frame.subarray(at));
}

function withNoiseBefore(frame: Uint8Array, random: Random): Uint8Array {
  return joined(noise(random, 200), frame);
}

function withRepeat(frame: Uint8Array, random: Random): Uint8Array {
  const from = random.below(frame.length);
  const to = from + random.below(64);
  return joined(frame.subarray(0, to), frame.subarray(from));
}

function splicedWithAnother(frame: Uint8Array, random: Random, other: () => Uint8Array): Uint8Array {
  return joined(frame.subarray(0, random.below(frame.length)), other().subarray(random.below(1295)));
}

function withOtherLength(frame: Uint8Array, random: Random): Uint8Array {
  const changed = frame.slice();
  if (changed.length > 6) changed.set([random.pick([0, 1, 5, 9, 0x0f, 0x10, 0xff]), random.below(256)], 5);
  return changed;
}

function withFalseStart(frame: Uint8Array, random: Random): Uint8Array {
  return joined([0xaa, 0xaa, 0xaa, 0x96, 0x69, random.below(17), random.below(256)], frame);
}

function withStatusInside(frame: Uint8Array, random: Random): Uint8Array {
  const at = random.below(frame.length);
  return joined(frame.subarray(0, at), dataFrame(random.below(256), new Uint8Array(0)), frame.subarray(at));
}

function swappedBytes(frame: Uint8Array, random: Random): Uint8Array {
  const swapped = frame.slice();
  const [a, b] = [random.below(frame.length), random.below(frame.length)];
  [swapped[a], swapped[b]] = [frame[b] ?? 0, frame[a] ?? 0];
  return swapped;
}

function noise(random: Random, most: number): Uint8Array {
  const favourites = [0xaa, 0x96, 0x69, 0x00];
  return Uint8Array.from({ length: 1 + random.below(most) }, () =>
    random.below(3) === 0 ? random.pick(favourites) : random.below(256),
  );
}

function joined(...parts: readonly ArrayLike<number>[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
