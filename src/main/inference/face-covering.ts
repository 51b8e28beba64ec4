import { ALIGNED_SIDE } from './face-aligner.ts';
import { luma } from './tensor.ts';

/** What lies on a face. */
export interface FaceCovering {
  /** How surely something covers mouth and cheeks, or the eyes, or the whole face: 0..1, over 0.5 likely. */
  readonly covered: number;
  /** Share of the surroundings of the worse eye that is burnt out, beyond that of the cheeks, 0..1. */
  readonly glareShare: number;
}

interface Region {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Regions of the aligned square. The bridge of the nose stays free under masks and behind dark glasses. */
const BRIDGE: Region = { left: 50, right: 62, top: 44, bottom: 60 };
const LEFT_CHEEK: Region = { left: 28, right: 40, top: 68, bottom: 80 };
const RIGHT_CHEEK: Region = { left: 72, right: 84, top: 68, bottom: 80 };
const MOUTH: Region = { left: 44, right: 68, top: 84, bottom: 96 };
const CHIN: Region = { left: 46, right: 66, top: 98, bottom: 108 };
const EYES: readonly Region[] = [
  { left: 32, right: 46, top: 48, bottom: 56 },
  { left: 66, right: 80, top: 48, bottom: 56 },
];
const GLASSES: readonly Region[] = [
  { left: 26, right: 50, top: 42, bottom: 62 },
  { left: 62, right: 86, top: 42, bottom: 62 },
];

/**
 * Distance in chromaticity at which a lower face is as likely a mask as skin, and how light eyes are against the
 * bridge of the nose where they are as likely behind dark glass as not. Read off 200 video frames and 9 stills without
 * (at most 0.24, at least 0.44) and painted copies of the stills with masks and dark glasses.
 */
const MASK_DISTANCE = 0.27;
const DARK_EYE_SHARE = 0.3;

/** Every channel of a burnt-out pixel is at least this. */
const BURNT_OUT = 235;

/**
 * Looks for masks, dark glasses and reflections. A hand of the same colour as the face goes unseen, unless the mesh
 * model does not find the face any more.
 *
 * @param aligned 112 × 112 interleaved RGB pixels of 0..255.
 * @param presence the mesh model's probability of a face.
 */
export function coveringOf(aligned: Float32Array, presence: number): FaceCovering {
  const bridge = meanOf(aligned, BRIDGE);
  const distanceOf = (region: Region): number => chromaDistance(bridge, meanOf(aligned, region));
  const cheeks = (distanceOf(LEFT_CHEEK) + distanceOf(RIGHT_CHEEK)) / 2;
  // The smaller of mouth and chin, because lips, an open mouth or a beard differ in one place; a mask in both.
  const lower = (Math.min(distanceOf(MOUTH), distanceOf(CHIN)) + cheeks) / 2;
  const darkest = Math.min(...EYES.map((eye) => luma(...meanOf(aligned, eye)) / luma(...bridge)));
  const masked = lower / (2 * MASK_DISTANCE);
  const shaded = 1 - darkest / (2 * DARK_EYE_SHARE);
  const cheekGlare = (burntOutShare(aligned, LEFT_CHEEK) + burntOutShare(aligned, RIGHT_CHEEK)) / 2;
  const glare = Math.max(...GLASSES.map((glass) => burntOutShare(aligned, glass)));
  return {
    covered: Math.min(1, Math.max(0, masked, shaded, 1 - presence)),
    glareShare: Math.max(0, glare - cheekGlare),
  };
}

type Colour = readonly [red: number, green: number, blue: number];

/** Added to every mean, so that the colour of black doesn't count. */
const BLACK_LEVEL = 4;

function meanOf(aligned: Float32Array, { left, right, top, bottom }: Region): Colour {
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = 3 * (y * ALIGNED_SIDE + x);
      red += aligned[at]!;
      green += aligned[at + 1]!;
      blue += aligned[at + 2]!;
    }
  }
  const count = (right - left) * (bottom - top);
  return [red / count + BLACK_LEVEL, green / count + BLACK_LEVEL, blue / count + BLACK_LEVEL];
}

/** Distance of the logarithms of red and blue over green: the same in any light that falls on both. */
function chromaDistance(a: Colour, b: Colour): number {
  const logRatio = (colour: Colour, channel: 0 | 2): number => Math.log(colour[channel] / colour[1]);
  return Math.hypot(logRatio(a, 0) - logRatio(b, 0), logRatio(a, 2) - logRatio(b, 2));
}

function burntOutShare(aligned: Float32Array, { left, right, top, bottom }: Region): number {
  let count = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = 3 * (y * ALIGNED_SIDE + x);
      if (Math.min(aligned[at]!, aligned[at + 1]!, aligned[at + 2]!) >= BURNT_OUT) count++;
    }
  }
  return count / ((right - left) * (bottom - top));
}
