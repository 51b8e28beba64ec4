import type { Frame } from '../../../../src/main/inference/frame.ts';
import { CARD_SIZES_MM } from '../../../../src/main/inference/documents/contract.ts';

export type Channel = 0 | 1 | 2;
export const CARD_WIDTH_MM = CARD_SIZES_MM['ID-1'].width;
export const CARD_HEIGHT_MM = CARD_SIZES_MM['ID-1'].height;

/**
 * Something that lies before the camera: linear light, 1 for a white in full light, by the place in millimetres from the
 * card's upper left corner (x to the right, y down; also outside of the card).
 */
export interface Surface {
  light(x: number, y: number, channel: Channel): number;
}

/** Linear light of the sRGB values 0..255. */
export const LINEAR = Float32Array.from({ length: 256 }, (_, value) => {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
});

const ENCODING_STEPS = 8192;
const ENCODED = Float32Array.from({ length: ENCODING_STEPS + 1 }, (_, step) => {
  const share = step / ENCODING_STEPS;
  return 255 * (share <= 0.0031308 ? 12.92 * share : 1.055 * share ** (1 / 2.4) - 0.055);
});

/** The sRGB value 0..255, not rounded, of linear light. */
export function encoded(light: number): number {
  return ENCODED[light <= 0 ? 0 : light >= 1 ? ENCODING_STEPS : (light * ENCODING_STEPS + 0.5) | 0]!;
}

/** Reads a picture between its pixels; over the edge its last pixel is repeated. */
export function textureOf({ width, height, rgb }: Frame): (x: number, y: number, channel: Channel) => number {
  return (x, y, channel) => {
    const atX = Math.min(width - 1, Math.max(0, x - 0.5));
    const atY = Math.min(height - 1, Math.max(0, y - 0.5));
    const left = Math.min(width - 2, atX | 0);
    const top = Math.min(height - 2, atY | 0);
    const right = atX - left;
    const below = atY - top;
    const at = (top * width + left) * 3 + channel;
    const under = at + width * 3;
    const upper = LINEAR[rgb[at]!]! * (1 - right) + LINEAR[rgb[at + 3]!]! * right;
    const lower = LINEAR[rgb[under]!]! * (1 - right) + LINEAR[rgb[under + 3]!]! * right;
    return upper * (1 - below) + lower * below;
  };
}

const CORNER_MM = 3.18;

/** Whether a place is on a card with its round corners (ISO/IEC 7810: radius 3.18 mm). */
export function onCard(x: number, y: number): boolean {
  if (x < 0 || y < 0 || x > CARD_WIDTH_MM || y > CARD_HEIGHT_MM) return false;
  const outX = Math.max(CORNER_MM - x, x - (CARD_WIDTH_MM - CORNER_MM), 0);
  const outY = Math.max(CORNER_MM - y, y - (CARD_HEIGHT_MM - CORNER_MM), 0);
  return outX * outX + outY * outY <= CORNER_MM * CORNER_MM;
}

/** The card itself on something. */
export function cardOn(card: Frame, ground: Surface): Surface {
  const texture = textureOf(card);
  const [scaleX, scaleY] = [card.width / CARD_WIDTH_MM, card.height / CARD_HEIGHT_MM];
  return {
    light: (x, y, channel) => (onCard(x, y) ? texture(x * scaleX, y * scaleY, channel) : ground.light(x, y, channel)),
  };
}

/** Smooth noise of about −1..1 that is the same for the same place: values on a lattice, eased between. */
export function latticeNoise(seed: number): (x: number, y: number) => number {
  const value = (i: number, j: number): number => {
    let hash = Math.imul(i, 0x27d4eb2d) ^ Math.imul(j, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1);
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
    hash ^= hash >>> 13;
    return (hash >>> 0) / 2 ** 31 - 1;
  };
  return (x, y) => {
    const [i, j] = [Math.floor(x), Math.floor(y)];
    const [fx, fy] = [x - i, y - j];
    const [ex, ey] = [fx * fx * (3 - 2 * fx), fy * fy * (3 - 2 * fy)];
    const upper = value(i, j) * (1 - ex) + value(i + 1, j) * ex;
    const lower = value(i, j + 1) * (1 - ex) + value(i + 1, j + 1) * ex;
    return upper * (1 - ey) + lower * ey;
  };
}
