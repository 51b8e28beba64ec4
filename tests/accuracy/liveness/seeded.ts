import { seededRandom } from '../../../src/main/comparison/seeded-random.ts';

/** Draws that are the same for the same seed. Nothing secret may depend on them. */
export interface Seeded {
  /** 0 (included) to 1 (excluded). */
  uniform(): number;
  between(low: number, high: number): number;
  normal(mean: number, deviation: number): number;
  chance(share: number): boolean;
  pick<T>(list: readonly T[]): T;
  bytes(count: number): Uint8Array;
}

/** FNV-1a, so that neighbouring seeds give unrelated draws. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** @param seed its parts are joined: (1, 'genuine') and (1, 'print') are unrelated. */
export function seeded(...seed: readonly (string | number)[]): Seeded {
  const uniform = seededRandom(hashOf(seed.join('/')));
  const normal = (mean: number, deviation: number): number => {
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    return mean + deviation * radius * Math.cos(2 * Math.PI * uniform());
  };
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    normal,
    chance: (share) => uniform() < share,
    pick: (list) => list[Math.floor(uniform() * list.length)]!,
    bytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(uniform() * 256)),
  };
}
