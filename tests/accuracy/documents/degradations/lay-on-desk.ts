import sharp from 'sharp';
import type { Frame } from '../../../../src/main/inference/frame.ts';
import type { CameraView } from './camera-view.ts';
import type { Light } from './light.ts';

/** Corner radius of an ID-1 card, ISO/IEC 7810: 3.18 of 85.6 mm. */
const CORNER = 3.18 / 85.6;

const LINEAR = Float32Array.from({ length: 256 }, (_, v) =>
  v <= 10 ? v / 3294.6 : ((v / 255 + 0.055) / 1.055) ** 2.4,
);
const ENCODED = Uint8Array.from({ length: 4097 }, (_, i) => {
  const v = i / 4096;
  return Math.round(255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055));
});

/** Paints card and desk in the scene's light as a lens without faults would show them: bytes of the view's size. */
export async function layOnDesk(card: Frame, desk: Frame, view: CameraView, light: Light): Promise<Buffer> {
  const { width, height, toCard: m } = view;
  const side = Math.hypot(view.corners[1][0] - view.corners[0][0], view.corners[1][1] - view.corners[0][1]);
  const shrink = Math.min(1, (1.15 * side) / card.width);
  const near = await resized(card, shrink);
  const pixel = card.width / side;
  const radius = CORNER * card.width;
  const out = Buffer.allocUnsafe(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const w = m[6]! * x + m[7]! * y + m[8]!;
      const u = (m[0]! * x + m[1]! * y + m[2]!) / w;
      const v = (m[3]! * x + m[4]! * y + m[5]!) / w;
      const inside = insideOf(u, v, card, radius);
      const cover = Math.max(0, Math.min(1, 0.5 + inside / pixel));
      // The card's thickness throws a thin, soft shadow to the lower right.
      const contact = cover < 1 && inside > -40 ? contactShadow(insideOf(u - 8, v - 8, card, radius)) : 1;
      const falling = light.falling(x, y);
      const shine = cover > 0 ? light.mirrored(x, y) : 0;
      const at = 3 * (y * width + x);
      const under = cover > 0 ? spotOf(near, u * shrink, v * shrink) : NOWHERE;
      for (let k = 0; k < 3; k++) {
        let value = LINEAR[desk.rgb[at + k]!]! * contact;
        if (cover > 0) value += cover * (sample(near, under, k) + shine - value);
        const lit = value * falling * light.gains[k]!;
        out[at + k] = ENCODED[lit >= 1 ? 4096 : (lit * 4096) | 0]!;
      }
    }
  }
  return out;
}

/** How far inside of the card's rounded outline a point lies, in the card's pixels; negative outside. */
function insideOf(u: number, v: number, { width, height }: Frame, radius: number): number {
  const dx = Math.abs(u - width / 2) - (width / 2 - radius);
  const dy = Math.abs(v - height / 2) - (height / 2 - radius);
  return radius - Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) - Math.min(Math.max(dx, dy), 0);
}

function contactShadow(inside: number): number {
  return inside < -24 ? 1 : 1 - 0.35 * Math.min(1, (inside + 24) / 32);
}

async function resized(card: Frame, factor: number): Promise<Frame> {
  if (factor >= 1) return card;
  const [width, height] = [Math.round(card.width * factor), Math.round(card.height * factor)];
  const rgb = await sharp(card.rgb, { raw: { width: card.width, height: card.height, channels: 3 } })
    .resize(width, height, { fit: 'fill', kernel: 'lanczos3' })
    .raw()
    .toBuffer();
  return { width, height, rgb };
}

/** A place between four pixels. */
interface Spot {
  readonly at: number;
  readonly right: number;
  readonly down: number;
}
const NOWHERE: Spot = { at: 0, right: 0, down: 0 };

function spotOf({ width, height }: Frame, u: number, v: number): Spot {
  const x = Math.max(0, Math.min(width - 1.001, u - 0.5));
  const y = Math.max(0, Math.min(height - 1.001, v - 0.5));
  return { at: 3 * ((y | 0) * width + (x | 0)), right: x - (x | 0), down: y - (y | 0) };
}

/** Linear light between four pixels. */
function sample({ width, rgb }: Frame, { at, right, down }: Spot, k: number): number {
  const upper = at + k;
  const lower = upper + 3 * width;
  const above = LINEAR[rgb[upper]!]! * (1 - right) + LINEAR[rgb[upper + 3]!]! * right;
  return above * (1 - down) + (LINEAR[rgb[lower]!]! * (1 - right) + LINEAR[rgb[lower + 3]!]! * right) * down;
}
