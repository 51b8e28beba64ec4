import sharp from 'sharp';
import type { Frame } from '../../../../src/main/inference/frame.ts';
import { seeded, type Seeded } from '../../liveness/seeded.ts';

/** What happens to a rectified card's picture; `moderate` is a little of several, as at a counter. */
export const BANK_CARD_DEGRADATIONS = [
  'none',
  'moderate',
  'blur',
  'motion',
  'noise',
  'dark',
  'shadow',
  'glare',
  'skew',
  'small',
  'compressed',
] as const;
export type BankCardDegradation = (typeof BANK_CARD_DEGRADATIONS)[number];

/** @returns the picture degraded, and how many pixels of the camera lay along the card's longer side. */
export async function degraded(
  card: Frame,
  kind: BankCardDegradation,
  seed: number,
): Promise<{ readonly frame: Frame; readonly sourceWidth: number }> {
  const draw = seeded(seed, 'degradation', kind);
  const long = Math.max(card.width, card.height);
  switch (kind) {
    case 'none':
      return { frame: card, sourceWidth: long };
    case 'moderate':
      return moderate(card, draw, long);
    case 'blur':
      return { frame: await softened(card, draw.between(1.2, 2)), sourceWidth: long };
    case 'motion':
      return { frame: moved(card, Math.round(draw.between(3, 6)), draw.chance(0.5)), sourceWidth: long };
    case 'noise':
      return { frame: noisy(card, draw.between(8, 16), draw), sourceWidth: long };
    case 'dark':
      return { frame: noisy(lit(card, evenly(draw.between(0.25, 0.4))), 4, draw), sourceWidth: long };
    case 'shadow':
      return { frame: lit(card, shadowOf(card, draw)), sourceWidth: long };
    case 'glare':
      return { frame: glared(card, draw), sourceWidth: long };
    case 'skew':
      return { frame: await skewed(card, draw, 1), sourceWidth: long };
    case 'small': {
      const width = Math.round(draw.between(480, 640));
      return { frame: await through(card, width), sourceWidth: width };
    }
    case 'compressed':
      return { frame: await compressed(card, Math.round(draw.between(25, 45))), sourceWidth: long };
  }
}

async function moderate(
  card: Frame,
  draw: Seeded,
  long: number,
): Promise<{ readonly frame: Frame; readonly sourceWidth: number }> {
  const sourceWidth = Math.round(draw.between(0.7, 1) * long);
  let frame = await skewed(card, draw, 0.5);
  frame = lit(frame, draw.chance(0.5) ? shadowOf(frame, draw) : evenly(draw.between(0.6, 1.1)));
  if (draw.chance(0.3)) frame = glared(frame, draw);
  frame = await softened(await through(frame, sourceWidth), draw.between(0.5, 1));
  frame = noisy(frame, draw.between(2, 6), draw);
  return { frame: await compressed(frame, Math.round(draw.between(60, 90))), sourceWidth };
}

type Picture = ReturnType<typeof sharp>;

function raw({ rgb, width, height }: Frame): Picture {
  return sharp(rgb, { raw: { width, height, channels: 3 } });
}

async function pixels(picture: Picture): Promise<Frame> {
  const { data, info } = await picture.removeAlpha().raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: new Uint8Array(data) };
}

async function softened(card: Frame, sigma: number): Promise<Frame> {
  return pixels(raw(card).blur(sigma));
}

async function compressed(card: Frame, quality: number): Promise<Frame> {
  return pixels(sharp(await raw(card).jpeg({ quality }).toBuffer()));
}

/** The card as a camera resolves it with `long` pixels along its longer side, drawn large again. */
async function through(card: Frame, long: number): Promise<Frame> {
  const share = long / Math.max(card.width, card.height);
  const small = await pixels(
    raw(card).resize(Math.round(card.width * share), Math.round(card.height * share), { fit: 'fill' }),
  );
  return pixels(raw(small).resize(card.width, card.height, { fit: 'fill', kernel: 'cubic' }));
}

/** Means along `length` pixels of a row or a column. */
function moved({ width, height, rgb }: Frame, length: number, across: boolean): Frame {
  const out = new Uint8Array(rgb.length);
  const [dx, dy] = across ? [1, 0] : [0, 1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let k = 0; k < 3; k++) {
        let sum = 0;
        for (let at = 0; at < length; at++) {
          const from = Math.min(height - 1, y + dy * at) * width + Math.min(width - 1, x + dx * at);
          sum += rgb[3 * from + k]!;
        }
        out[3 * (y * width + x) + k] = sum / length;
      }
    }
  }
  return { width, height, rgb: out };
}

function noisy({ width, height, rgb }: Frame, deviation: number, draw: Seeded): Frame {
  return { width, height, rgb: rgb.map((value) => Math.max(0, Math.min(255, draw.normal(value, deviation)))) };
}

/** How bright it is at a place, 0..1 across and down. */
type Light = (x: number, y: number) => number;

function lit({ width, height, rgb }: Frame, light: Light): Frame {
  const out = new Uint8Array(rgb.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const share = light(x / width, y / height);
      const at = 3 * (y * width + x);
      for (let k = 0; k < 3; k++) out[at + k] = Math.min(255, rgb[at + k]! * share);
    }
  }
  return { width, height, rgb: out };
}

function evenly(share: number): Light {
  return () => share;
}

/** A shadow with a soft edge over a part of the card. */
function shadowOf(_card: Frame, draw: Seeded): Light {
  const angle = draw.between(0, 2 * Math.PI);
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const [depth, edge] = [draw.between(0.45, 0.7), draw.between(0.03, 0.2)];
  const shift = draw.between(-0.2, 0.2);
  return (x, y) => {
    const inside = Math.max(0, Math.min(1, ((x - 0.5) * cosine + (y - 0.5) * sine + shift) / edge + 0.5));
    return 1 - (1 - depth) * inside;
  };
}

/** A lamp's reflection with a white heart. */
function glared({ width, height, rgb }: Frame, draw: Seeded): Frame {
  const [left, top] = [draw.between(0.1, 0.9) * width, draw.between(0.2, 0.9) * height];
  const [radiusX, radiusY] = [draw.between(0.08, 0.2) * width, draw.between(0.08, 0.2) * height];
  const heart = draw.between(90, 190);
  const out = new Uint8Array(rgb.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const distance = ((x - left) / radiusX) ** 2 + ((y - top) / radiusY) ** 2;
      const light = heart * Math.exp(-distance);
      const at = 3 * (y * width + x);
      for (let k = 0; k < 3; k++) out[at + k] = Math.min(255, rgb[at + k]! + light);
    }
  }
  return { width, height, rgb: out };
}

/** What is left of perspective after the card was straightened: turned by up to 1.5°, and its sides not quite parallel. */
async function skewed(card: Frame, draw: Seeded, amount: number): Promise<Frame> {
  const angle = (draw.between(-1.5, 1.5) * amount * Math.PI) / 180;
  const shear = draw.between(-0.02, 0.02) * amount;
  const scale = 1 + draw.between(-0.02, 0.02) * amount;
  const [cosine, sine] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
  const { width, height } = card;
  const turned = await pixels(
    raw(card).affine([cosine, -sine + shear, sine, cosine], {
      background: '#5a5650',
      interpolator: 'bicubic',
      idx: 0,
      idy: 0,
    }),
  );
  const [w, h] = [Math.max(width, turned.width), Math.max(height, turned.height)];
  const padded = await pixels(
    raw(turned).extend({
      right: w - turned.width,
      bottom: h - turned.height,
      background: '#5a5650',
    }),
  );
  return pixels(raw(padded).extract({ left: (w - width) >> 1, top: (h - height) >> 1, width, height }));
}
