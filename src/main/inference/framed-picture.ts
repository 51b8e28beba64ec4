import type { MeshFrame } from '../../shared/domain/framed-judge.ts';
import type { Frame } from './frame.ts';
import { luma } from './tensor.ts';

/** Brightness is read at this many points a side. */
const LATTICE = 64;

/** Tells how much each picture differs from the one before, and whether the very same one was there already. */
export interface PictureComparison {
  see(picture: Frame): Pick<MeshFrame, 'change' | 'repeated'>;
  wipe(): void;
}

/** A camera's noise makes every two of its pictures differ; frozen and looped ones repeat to the bit. */
export function createPictureComparison(): PictureComparison {
  const previous = new Uint8Array(LATTICE * LATTICE);
  const seen = new Set<string>();
  let first = true;
  return {
    see: ({ width, height, rgb }) => {
      let difference = 0;
      let hash = 0x811c9dc5;
      let crossHash = 0;
      for (let row = 0, at = 0; row < LATTICE; row++) {
        const line = Math.floor(((row + 0.5) * height) / LATTICE) * width;
        for (let column = 0; column < LATTICE; column++, at++) {
          const pixel = 3 * (line + Math.floor(((column + 0.5) * width) / LATTICE));
          const value = Math.round(luma(rgb[pixel]!, rgb[pixel + 1]!, rgb[pixel + 2]!));
          difference += Math.abs(value - previous[at]!);
          previous[at] = value;
          hash = Math.imul(hash ^ value, 0x01000193);
          crossHash = (Math.imul(crossHash, 31) + value) | 0;
        }
      }
      const key = `${hash}/${crossHash}`;
      const repeated = seen.has(key);
      seen.add(key);
      const change = first ? null : difference / previous.length;
      first = false;
      return { change, repeated };
    },
    wipe: () => {
      previous.fill(0);
      seen.clear();
    },
  };
}
