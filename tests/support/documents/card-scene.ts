import { seededRandom } from '../../../src/main/comparison/seeded-random.ts';
import { CARD_SIZES_MM, type Point, type Quad } from '../../../src/main/inference/documents/contract.ts';
import { fromRectangle } from '../../../src/main/inference/documents/outline/homography.ts';
import type { Frame } from '../../../src/main/inference/frame.ts';
import { drawFace, sizeOfFace, type CardFace } from './card-faces.ts';
import { paintGround, type Colour, type Ground, type Paint } from './grounds.ts';

/** How a card lies before a camera. Angles in degrees; the place relative to the picture. */
export interface Pose {
  readonly x: number;
  readonly y: number;
  /** Length of the card's width in the picture, as a share of the picture's width, were it not tilted. */
  readonly width: number;
  readonly turn: number;
  readonly tiltX: number;
  readonly tiltY: number;
}

export interface SceneCard extends Pose {
  readonly face: CardFace;
  /** Fingers over the sides. */
  readonly fingers?: number;
  /** It is shown by a telephone, whose bezel is so many millimetres wide at the card's long ends. */
  readonly onPhone?: boolean;
  /** A white, saturated reflection: centre and radius relative to the card's width. */
  readonly glare?: { readonly x: number; readonly y: number; readonly radius: number };
}

export interface Scene {
  readonly seed: number;
  readonly width: number;
  readonly height: number;
  readonly ground: Ground;
  readonly cards: readonly SceneCard[];
  /** Standard deviation in levels. */
  readonly noise?: number;
  /** Pixels. */
  readonly blur?: number;
  /** 1 is full light. */
  readonly light?: number;
  /** Focal length as a multiple of the picture's long side. */
  readonly focal?: number;
}

export interface RenderedScene {
  readonly picture: Frame;
  /** The corners of each card, clockwise from its own upper left one. */
  readonly quads: readonly Quad[];
}

/** Where the corners of a rectangle in millimetres around a card's middle come to lie. */
export function projected(pose: Pose, halfWidth: number, halfHeight: number, cardWidth: number, scene: Scene): Quad {
  const { width, height, focal = 0.9 } = scene;
  const f = focal * Math.max(width, height);
  const distance = (f * cardWidth) / (pose.width * width);
  const [a, b, c] = [pose.turn, pose.tiltX, pose.tiltY].map((degrees) => (degrees * Math.PI) / 180) as [
    number,
    number,
    number,
  ];
  const corner = (sx: number, sy: number): Point => {
    const [x0, y0] = [sx * halfWidth, sy * halfHeight];
    const [x1, y1] = [x0 * Math.cos(a) - y0 * Math.sin(a), x0 * Math.sin(a) + y0 * Math.cos(a)];
    const [y2, z2] = [y1 * Math.cos(b), y1 * Math.sin(b)];
    const [x3, z3] = [x1 * Math.cos(c) + z2 * Math.sin(c), -x1 * Math.sin(c) + z2 * Math.cos(c)];
    const [ox, oy] = [((pose.x - 0.5) * width * distance) / f, ((pose.y - 0.5) * height * distance) / f];
    const z = z3 + distance;
    return [width / 2 + (f * (x3 + ox)) / z, height / 2 + (f * (y2 + oy)) / z];
  };
  return [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
}

const PLACES = 3;
const RADIUS_MM = 3.18;
const BEZEL: Colour = [18, 18, 20];

interface Sheet {
  /** Colour at a place in millimetres from the upper left corner; null where the sheet is round. */
  at(x: number, y: number): Colour | null;
  readonly quad: Quad;
  readonly width: number;
  readonly height: number;
}

/** Renders a scene: exact corners, soft shadows, supersampled edges, fingers, blur, noise. */
export async function renderScene(scene: Scene): Promise<RenderedScene> {
  const { width, height, seed } = scene;
  const random = seededRandom(104729 * (seed + 3));
  const ground = paintGround(scene.ground, seed, width, height);
  const canvas = new Float32Array(width * height * 3);
  paintAll(canvas, width, height, ground);
  const quads: Quad[] = [];
  for (const [index, card] of scene.cards.entries()) {
    const { width: w, height: h } = CARD_SIZES_MM[sizeOfFace(card.face)];
    const quad = projected(card, w / 2, h / 2, w, scene);
    quads.push(quad);
    if (card.onPhone) {
      const phone = projected(card, w / 2 + 32, h / 2 + 9, w, scene);
      drawSheet(canvas, scene, plain(phone, w + 64, h + 18, BEZEL, 8), random);
    }
    const face = await drawFace(card.face, seed * 10 + index);
    drawSheet(canvas, scene, faceSheet(face, quad, w, h, card), random, card.onPhone !== true);
    drawFingers(canvas, scene, quad, card.fingers ?? 0, random);
  }
  return { picture: developed(canvas, scene, random), quads };
}

function paintAll(canvas: Float32Array, width: number, height: number, paint: Paint): void {
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) canvas.set(paint(x, y), (y * width + x) * 3);
}

function plain(quad: Quad, width: number, height: number, colour: Colour, radius: number): Sheet {
  return { quad, width, height, at: (x, y) => (isRoundedOff(x, y, width, height, radius) ? null : colour) };
}

function faceSheet(face: Frame, quad: Quad, width: number, height: number, card: SceneCard): Sheet {
  const dots = face.width / width;
  const radius = card.face === 'passport' || card.onPhone ? 0.01 : RADIUS_MM;
  return {
    quad,
    width,
    height,
    at: (x, y) => {
      if (isRoundedOff(x, y, width, height, radius)) return null;
      const i = Math.min(face.width - 1, Math.max(0, Math.floor(x * dots)));
      const j = Math.min(face.height - 1, Math.max(0, Math.floor(y * dots)));
      const at = (j * face.width + i) * 3;
      const colour: Colour = [face.rgb[at]!, face.rgb[at + 1]!, face.rgb[at + 2]!];
      if (!card.glare) return colour;
      const { x: gx, y: gy, radius: size } = card.glare;
      const far = Math.hypot(x / width - gx, (y - gy * height) / width) / size;
      const shine = far < 1 ? 1 : Math.max(0, 1 - (far - 1) * 3);
      return [colour[0] + 700 * shine, colour[1] + 700 * shine, colour[2] + 700 * shine];
    },
  };
}

function isRoundedOff(x: number, y: number, width: number, height: number, radius: number): boolean {
  const dx = Math.max(radius - x, x - (width - radius), 0);
  const dy = Math.max(radius - y, y - (height - radius), 0);
  return dx * dx + dy * dy > radius * radius;
}

/** Supersampled, with a soft shadow to one side. */
function drawSheet(canvas: Float32Array, scene: Scene, sheet: Sheet, random: () => number, shadow = true): void {
  const { width, height } = scene;
  const { quad } = sheet;
  const inverse = inverseOf(fromRectangle(sheet.width, sheet.height, quad));
  const reach = shadow ? 0.02 * width : 1;
  const [shadowX, shadowY] = [(random() - 0.3) * 0.008 * width, random() * 0.008 * width];
  const xs = quad.map(([x]) => x);
  const ys = quad.map(([, y]) => y);
  const [left, right] = [
    Math.max(0, Math.floor(Math.min(...xs) - reach)),
    Math.min(width - 1, Math.max(...xs) + reach),
  ];
  const [top, bottom] = [
    Math.max(0, Math.floor(Math.min(...ys) - reach)),
    Math.min(height - 1, Math.max(...ys) + reach),
  ];
  const soft = 3;
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const at = (y * width + x) * 3;
      let [red, green, blue, inside] = [0, 0, 0, 0];
      for (let place = 0; place < PLACES * PLACES; place++) {
        const px = x + ((place % PLACES) + 0.5) / PLACES;
        const py = y + (Math.floor(place / PLACES) + 0.5) / PLACES;
        const [u, v] = inverse(px, py);
        if (u < 0 || v < 0 || u > sheet.width || v > sheet.height) continue;
        const colour = sheet.at(u, v);
        if (!colour) continue;
        inside++;
        red += colour[0];
        green += colour[1];
        blue += colour[2];
      }
      const share = inside / (PLACES * PLACES);
      let dim = 1;
      if (shadow && share < 1) {
        const [u, v] = inverse(x + 0.5 - shadowX, y + 0.5 - shadowY);
        const out = Math.max(-u, -v, u - sheet.width, v - sheet.height);
        dim = 1 - 0.3 * Math.max(0, Math.min(1, (soft - out) / soft));
      }
      for (const [channel, sum] of [red, green, blue].entries()) {
        const covered = inside > 0 ? (sum / inside) * share : 0;
        canvas[at + channel] = canvas[at + channel]! * dim * (1 - share) + covered;
      }
    }
  }
}

function inverseOf(h: ReturnType<typeof fromRectangle>): (x: number, y: number) => Point {
  const [a, b, c, d, e, f, g, i] = h;
  const m = [
    e - f * i,
    c * i - b,
    b * f - c * e,
    f * g - d,
    a - c * g,
    c * d - a * f,
    d * i - e * g,
    b * g - a * i,
    a * e - b * d,
  ];
  return (x, y) => {
    const w = m[6]! * x + m[7]! * y + m[8]!;
    return [(m[0]! * x + m[1]! * y + m[2]!) / w, (m[3]! * x + m[4]! * y + m[5]!) / w];
  };
}

/** Round-ended fingers that come from outside over a side of the card. */
function drawFingers(canvas: Float32Array, scene: Scene, quad: Quad, count: number, random: () => number): void {
  const { width, height } = scene;
  const long = Math.hypot(quad[1][0] - quad[0][0], quad[1][1] - quad[0][1]);
  const middle: Point = [quad.reduce((s, [x]) => s + x / 4, 0), quad.reduce((s, [, y]) => s + y / 4, 0)];
  for (let i = 0; i < count; i++) {
    const side = Math.floor(random() * 4);
    const [a, b] = [quad[side]!, quad[(side + 1) % 4]!];
    const share = 0.15 + 0.7 * random();
    const [x, y] = [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
    const inwards = Math.hypot(middle[0] - x, middle[1] - y);
    const [dx, dy] = [(middle[0] - x) / inwards, (middle[1] - y) / inwards];
    const [deep, thick] = [(0.05 + 0.07 * random()) * long, (0.05 + 0.03 * random()) * long];
    const skin: Colour = [190 + 30 * random(), 140 + 25 * random(), 115 + 20 * random()];
    for (let py = 0; py < height; py++) {
      for (let px = 0; px < width; px++) {
        const along = Math.min(deep - thick, (px - x) * dx + (py - y) * dy);
        if (along < -0.9 * long) continue;
        const far = Math.hypot(px - x - dx * along, py - y - dy * along);
        if (far > thick) continue;
        const shade = 0.75 + 0.25 * Math.sqrt(1 - (far / thick) ** 2);
        const at = (py * width + px) * 3;
        for (let channel = 0; channel < 3; channel++) canvas[at + channel] = skin[channel]! * shade;
      }
    }
  }
}

/** Light that falls off to one side, blur, noise, and whole levels. */
function developed(canvas: Float32Array, scene: Scene, random: () => number): Frame {
  const { width, height, noise = 2, blur = 0.6, light = 1 } = scene;
  const [fallX, fallY] = [0.25 * (random() - 0.5), 0.25 * (random() - 0.5)];
  const blurred = blur > 0 ? gaussian(canvas, width, height, blur) : canvas;
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const gain = light * (1 + fallX * (x / width - 0.5) + fallY * (y / height - 0.5));
      for (let channel = 0; channel < 3; channel++, at++) {
        const grain = (random() + random() + random() - 1.5) * 2 * noise;
        rgb[at] = Math.max(0, Math.min(255, blurred[at]! * gain + grain));
      }
    }
  }
  return { width, height, rgb };
}

function gaussian(canvas: Float32Array, width: number, height: number, sigma: number): Float32Array {
  const radius = Math.ceil(2.5 * sigma);
  const kernel = Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * sigma * sigma)));
  const sum = kernel.reduce((a, b) => a + b);
  let from = canvas;
  for (const [stepX, stepY] of [
    [1, 0],
    [0, 1],
  ] as const) {
    const to = new Float32Array(from.length);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const at = (y * width + x) * 3;
        for (let k = -radius; k <= radius; k++) {
          const px = Math.max(0, Math.min(width - 1, x + k * stepX));
          const py = Math.max(0, Math.min(height - 1, y + k * stepY));
          const weight = kernel[k + radius]! / sum;
          const source = (py * width + px) * 3;
          to[at] = to[at]! + weight * from[source]!;
          to[at + 1] = to[at + 1]! + weight * from[source + 1]!;
          to[at + 2] = to[at + 2]! + weight * from[source + 2]!;
        }
      }
    }
    from = to;
  }
  return from;
}
