import sharp from 'sharp';
import type { Frame } from '../../../../src/main/inference/frame.ts';
import type { Point, Quad } from '../../../../src/main/inference/documents/contract.ts';
import type { Seeded } from '../../liveness/seeded.ts';
import { CARD_HEIGHT_MM, CARD_WIDTH_MM, encoded, type Channel, type Surface } from './surface.ts';

/** A photograph and where the card is in it. */
export interface Photo {
  readonly frame: Frame;
  /** The card's corners in pixels, clockwise from its own upper left; may lie outside. */
  readonly corners: Quad;
}

/** How a photograph is taken. */
export interface Shot {
  readonly width: number;
  readonly height: number;
  readonly corners: Quad;
  /** Deviation of the defocus in pixels. */
  readonly defocus: number;
  /** Path of the picture during the exposure, in pixels. */
  readonly motion: Point;
  /** Gains of red, green and blue, exposure and white balance together. */
  readonly gains: readonly [number, number, number];
  /** Deviation of the noise of a mid grey, in sRGB values. */
  readonly noise: number;
  /** Share of the unsharp mask that the camera adds. */
  readonly sharpening: number;
  /** 1..100; null keeps the raw pixels. */
  readonly jpegQuality: number | null;
}

/** An ordinary photograph of a card at a counter: some light, some noise, nearly straight from above. */
export function ordinaryShot(random: Seeded, changes: Partial<Shot> = {}): Shot {
  const width = changes.width ?? 1280;
  const height = changes.height ?? 960;
  const across = width * random.between(0.64, 0.86);
  const down = (across * CARD_HEIGHT_MM) / CARD_WIDTH_MM;
  const turn = random.normal(0, 0.025);
  const centre: Point = [width / 2 + random.normal(0, 0.01) * width, height / 2 + random.normal(0, 0.02) * height];
  const corner = (x: number, y: number): Point => {
    const [dx, dy] = [x * across + random.normal(0, 0.008) * across, y * down + random.normal(0, 0.008) * across];
    return [
      centre[0] + dx * Math.cos(turn) - dy * Math.sin(turn),
      centre[1] + dx * Math.sin(turn) + dy * Math.cos(turn),
    ];
  };
  const warmth = random.normal(0, 0.08);
  const exposure = random.between(0.55, 0.92);
  return {
    width,
    height,
    corners: [corner(-0.5, -0.5), corner(0.5, -0.5), corner(0.5, 0.5), corner(-0.5, 0.5)],
    defocus: random.between(0.3, 0.85),
    motion: [random.normal(0, 0.4), random.normal(0, 0.4)],
    gains: [exposure * (1 + warmth), exposure, exposure * (1 - warmth)],
    noise: random.between(0.8, 3.5),
    sharpening: random.chance(0.6) ? random.between(0.2, 0.9) : 0,
    jpegQuality: Math.round(random.between(78, 95)),
    ...changes,
  };
}

const APERTURE = 3;
/** A prime number of draws is gone through again and again; no row begins where the one above did. */
const NOISE_DRAWS = 99_991;
/** Beyond the card's surroundings fewer samples do. */
const NEAR_MM = 8;

/**
 * Photographs a surface: light through lens and pixel area, a Bayer mosaic (red, green, green, blue) that is
 * interpolated again, noise that grows with the light's root, sRGB, sharpening, JPEG.
 */
export async function photograph(surface: Surface, shot: Shot, random: Seeded): Promise<Photo> {
  const mosaic = exposed(surface, shot, random);
  const values = interpolated(mosaic, shot.width, shot.height);
  const rgb = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) rgb[i] = Math.round(encoded(values[i]!));
  const sharpened =
    shot.sharpening > 0 ? await unsharpMasked({ width: shot.width, height: shot.height, rgb }, shot.sharpening) : rgb;
  const frame = { width: shot.width, height: shot.height, rgb: sharpened };
  return {
    frame: shot.jpegQuality === null ? frame : await throughJpeg(frame, shot.jpegQuality),
    corners: shot.corners,
  };
}

/** A picture after one more JPEG compression with halved colour. */
export async function throughJpeg({ width, height, rgb }: Frame, quality: number): Promise<Frame> {
  const jpeg = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .jpeg({ quality, chromaSubsampling: '4:2:0' })
    .toBuffer();
  return { width, height, rgb: await sharp(jpeg).removeAlpha().raw().toBuffer() };
}

async function unsharpMasked({ width, height, rgb }: Frame, share: number): Promise<Uint8Array> {
  const soft = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .blur(1.2)
    .raw()
    .toBuffer();
  return Uint8Array.from(rgb, (value, i) => Math.min(255, Math.max(0, value + share * (value - soft[i]!))));
}

/** One channel a pixel, linear. */
function exposed(surface: Surface, shot: Shot, random: Seeded): Float32Array {
  const { width, height, gains, noise } = shot;
  const toCard = homography(shot.corners, cardQuadMm());
  const mosaic = new Float32Array(width * height);
  const offsets = apertureOffsets(shot, random);
  const draws = Float32Array.from({ length: NOISE_DRAWS }, () => random.normal(0, 1));
  let draw = 0;
  // A deviation in sRGB values at mid grey (0.21 linear), where sRGB has a slope of 255 × 1.06.
  const shotNoise = noise / (255 * 1.06) / Math.sqrt(0.214);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const channel = ((y & 1) + (x & 1)) as Channel;
      let sum = 0;
      const samples = nearCard(toCard, x, y) ? offsets.length : Math.min(4, offsets.length);
      for (let k = 0; k < samples; k += 2) {
        const px = x + 0.5 + offsets[k]!;
        const py = y + 0.5 + offsets[k + 1]!;
        const w = toCard[6]! * px + toCard[7]! * py + 1;
        sum += surface.light(
          (toCard[0]! * px + toCard[1]! * py + toCard[2]!) / w,
          (toCard[3]! * px + toCard[4]! * py + toCard[5]!) / w,
          channel,
        );
      }
      const light = (gains[channel] * sum * 2) / samples;
      mosaic[y * width + x] = light + shotNoise * Math.sqrt(Math.max(0.002, light)) * draws[draw]!;
      draw = (draw + 1 + (light > 0.2 ? 1 : 0)) % NOISE_DRAWS;
    }
  }
  return mosaic;
}

function nearCard(map: Float64Array, x: number, y: number): boolean {
  const w = map[6]! * x + map[7]! * y + 1;
  const atX = (map[0]! * x + map[1]! * y + map[2]!) / w;
  const atY = (map[3]! * x + map[4]! * y + map[5]!) / w;
  return atX > -NEAR_MM && atY > -NEAR_MM && atX < CARD_WIDTH_MM + NEAR_MM && atY < CARD_HEIGHT_MM + NEAR_MM;
}

/** Where in a pixel's surroundings light is gathered: its area, softened by lens and defocus, along the motion. */
function apertureOffsets({ defocus, motion }: Shot, random: Seeded): Float32Array {
  const wide = Math.max(defocus, Math.hypot(...motion) / 4);
  const side = wide < 1 ? APERTURE : Math.min(6, APERTURE + Math.ceil(wide));
  const offsets = new Float32Array(side * side * 2);
  for (let i = 0; i < side * side; i++) {
    const [u, v] = [((i % side) + random.uniform()) / side, (Math.floor(i / side) + random.uniform()) / side];
    const radius = defocus * Math.sqrt(-2 * Math.log(1 - u * 0.995));
    const along = random.uniform() - 0.5;
    offsets[2 * i] = radius * Math.cos(2 * Math.PI * v) + motion[0] * along + random.uniform() - 0.5;
    offsets[2 * i + 1] = radius * Math.sin(2 * Math.PI * v) + motion[1] * along + random.uniform() - 0.5;
  }
  return offsets;
}

/** Bilinear interpolation of the mosaic. */
function interpolated(mosaic: Float32Array, width: number, height: number): Float32Array {
  const out = new Float32Array(width * height * 3);
  const at = (x: number, y: number): number =>
    mosaic[Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))]!;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const own = at(x, y);
      const to = (y * width + x) * 3;
      const across = (at(x - 1, y) + at(x + 1, y)) / 2;
      const along = (at(x, y - 1) + at(x, y + 1)) / 2;
      const kind = (y & 1) + (x & 1);
      if (kind === 1) {
        out[to + 1] = own;
        out[to] = (y & 1) === 0 ? across : along;
        out[to + 2] = (y & 1) === 0 ? along : across;
      } else {
        const corners = (at(x - 1, y - 1) + at(x + 1, y - 1) + at(x - 1, y + 1) + at(x + 1, y + 1)) / 4;
        out[to + kind] = own;
        out[to + 1] = (across + along) / 2;
        out[to + 2 - kind] = corners;
      }
    }
  }
  return out;
}

function cardQuadMm(): Quad {
  return [
    [0, 0],
    [CARD_WIDTH_MM, 0],
    [CARD_WIDTH_MM, CARD_HEIGHT_MM],
    [0, CARD_HEIGHT_MM],
  ];
}

/** The nine numbers (the last is 1) that take the corners of one quad to those of another. */
export function homography(from: Quad, to: Quad): Float64Array {
  const rows: number[][] = [];
  for (let i = 0; i < 4; i++) {
    const [x, y] = from[i]!;
    const [u, v] = to[i]!;
    rows.push([x, y, 1, 0, 0, 0, -u * x, -u * y, u], [0, 0, 0, x, y, 1, -v * x, -v * y, v]);
  }
  for (let column = 0; column < 8; column++) {
    let pivot = column;
    for (let row = column + 1; row < 8; row++)
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row;
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    for (let row = 0; row < 8; row++) {
      if (row === column) continue;
      const factor = rows[row]![column]! / rows[column]![column]!;
      for (let k = column; k < 9; k++) rows[row]![k] = rows[row]![k]! - factor * rows[column]![k]!;
    }
  }
  return Float64Array.from([...rows.map((row, i) => row[8]! / row[i]!), 1]);
}

/** The card cut out of a photograph by its true corners, as wide as a rectified card. */
export function cutOut({ frame, corners }: Photo, width: number, height: number): Frame {
  const map = homography(
    [
      [0, 0],
      [width, 0],
      [width, height],
      [0, height],
    ],
    corners,
  );
  const rgb = new Uint8Array(width * height * 3);
  const row = frame.width * 3;
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [px, py] = [x + 0.5, y + 0.5];
      const w = map[6]! * px + map[7]! * py + 1;
      const fx = Math.min(frame.width - 1.001, Math.max(0, (map[0]! * px + map[1]! * py + map[2]!) / w - 0.5));
      const fy = Math.min(frame.height - 1.001, Math.max(0, (map[3]! * px + map[4]! * py + map[5]!) / w - 0.5));
      const [left, top] = [fx | 0, fy | 0];
      const [right, below] = [fx - left, fy - top];
      const at = top * row + left * 3;
      for (let k = 0; k < 3; k++, to++) {
        const upper = frame.rgb[at + k]! * (1 - right) + frame.rgb[at + k + 3]! * right;
        const lower = frame.rgb[at + row + k]! * (1 - right) + frame.rgb[at + row + k + 3]! * right;
        rgb[to] = Math.round(upper * (1 - below) + lower * below);
      }
    }
  }
  return { width, height, rgb };
}
