import { PHOTO_BLOCK_BYTES } from './picture-size.ts';

/** The first bytes of every photo block: "WL", 102, 126 and constants, the same on all cards. */
const HEADER = [0x57, 0x4c, 0x66, 0x00, 0x7e, 0x00, 0x32, 0x00, 0x00, 0xff, 0x85];

/** A block of nobody, with the header of real ones: for finding out whether a library can be called at all. */
export function madeUpBlock(): Uint8Array {
  const block = new Uint8Array(PHOTO_BLOCK_BYTES).fill(0x51);
  block.set(HEADER);
  return block;
}
