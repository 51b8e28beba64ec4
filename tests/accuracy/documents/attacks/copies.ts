import sharp from 'sharp';
import type { Frame } from '../../../../src/main/inference/frame.ts';
import type { Seeded } from '../../liveness/seeded.ts';
import { CARD_HEIGHT_MM, CARD_WIDTH_MM, latticeNoise, LINEAR, onCard, type Channel, type Surface } from './surface.ts';

/** How a copier puts ink on paper. */
export const COPY_SCREENS = ['halftone', 'fine-halftone', 'line-screen', 'inkjet'] as const;
export type CopyScreen = (typeof COPY_SCREENS)[number];

/** Lines an inch: usual for office copiers, for their fine mode, and for laser printers' line screens. */
const RULINGS: Readonly<Record<Exclude<CopyScreen, 'inkjet'>, readonly [number, number]>> = {
  halftone: [85, 133],
  'fine-halftone': [141, 175],
  'line-screen': [120, 170],
};

/** The scanner in a copier: a little soft, with more contrast, whites driven to paper. */
async function scanned(picture: Frame, random: Seeded): Promise<Frame> {
  const contrast = random.between(1.08, 1.3);
  const saturation = random.between(0.7, 0.95);
  const { width, height, rgb } = picture;
  const out = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .blur(random.between(1.2, 2))
    .modulate({ saturation })
    .linear(contrast, 255 * (1 - contrast) * random.between(0.5, 0.9))
    .raw()
    .toBuffer();
  return { width, height, rgb: out };
}

interface Sheet {
  readonly random: Seeded;
  /** What the sheet lies on, and how far it goes beyond the card; 0 when it was cut out. */
  readonly ground: Surface;
  readonly marginMm: number;
}

/** Paper: a warm or a cool white with fibres. */
function paperLight(random: Seeded): (x: number, y: number, channel: Channel) => number {
  const tone = random.pick([
    [0.84, 0.83, 0.8],
    [0.82, 0.83, 0.86],
    [0.86, 0.86, 0.85],
  ] as const);
  const fibres = latticeNoise(Math.floor(random.between(0, 1e6)));
  const depth = random.between(0.008, 0.025);
  return (x, y, channel) => tone[channel] * (1 + depth * (fibres(x / 0.25, y / 0.12) + fibres(x / 1.1, y / 0.9)));
}

function cutOutOf(print: Surface['light'], paper: Surface['light'], { ground, marginMm }: Sheet): Surface {
  return {
    light: (x, y, channel) => {
      if (onCard(x, y)) return print(x, y, channel);
      const onSheet = x > -marginMm && y > -marginMm && x < CARD_WIDTH_MM + marginMm && y < CARD_HEIGHT_MM + marginMm;
      return onSheet && marginMm > 0 ? paper(x, y, channel) : ground.light(x, y, channel);
    },
  };
}

/** A colour copy: cyan, magenta, yellow and black dots, each on a grid of its own angle, on paper. */
export async function colourCopy(card: Frame, screen: CopyScreen, sheet: Sheet): Promise<Surface> {
  const { random } = sheet;
  const inks = separated(await scanned(card, random));
  const { width, height } = card;
  const [scaleX, scaleY] = [width / CARD_WIDTH_MM, height / CARD_HEIGHT_MM];
  const paper = paperLight(random);
  const dots = dotsOf(screen, random);
  const black = random.between(0.04, 0.08);
  const print = (x: number, y: number, channel: Channel): number => {
    const at = (Math.min(height - 1, (y * scaleY) | 0) * width + Math.min(width - 1, (x * scaleX) | 0)) * 4;
    const ink = dots(x, y, channel, inks[at + channel]!);
    const keyed = inks[at + 3]! > 0 ? dots(x, y, 3, inks[at + 3]!) : 0;
    // A primary leaves a tenth of its own light, and real inks take a little of the others' too: the gamut shrinks.
    const through = (1 - 0.88 * ink) * (1 - (1 - black) * keyed);
    return paper(x, y, channel) * through;
  };
  return cutOutOf(print, paper, sheet);
}

/** Shares of cyan, magenta, yellow and black, dot gain included; black takes over where all three are dark. */
function separated({ width, height, rgb }: Frame): Float32Array {
  const inks = new Float32Array(width * height * 4);
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
    const key = 1 - Math.max(rgb[from]!, rgb[from + 1]!, rgb[from + 2]!) / 255;
    const black = Math.max(0, (key - 0.45) / 0.55);
    for (let k = 0; k < 3; k++) inks[to + k] = tone(1 - rgb[from + k]! / 255 - 0.5 * black);
    inks[to + 3] = tone(black);
  }
  return inks;
}

/** Dot gain: a printed tone is darker than its area. */
function tone(share: number): number {
  const clipped = Math.min(1, Math.max(0, share));
  return Math.min(1, clipped + 0.18 * clipped * (1 - clipped) * 2);
}

type Dots = (x: number, y: number, ink: 0 | 1 | 2 | 3, share: number) => number;

const ANGLES = [15, 75, 0, 45] as const;

function dotsOf(screen: CopyScreen, random: Seeded): Dots {
  if (screen === 'inkjet') return sprayed(random);
  const [coarsest, finest] = RULINGS[screen];
  const ruling = random.between(coarsest, finest) / 25.4;
  const turn = (random.between(-2, 2) * Math.PI) / 180;
  const grids = ANGLES.map((angle) => {
    const radians = (angle * Math.PI) / 180 + turn;
    return [2 * Math.PI * ruling * Math.cos(radians), 2 * Math.PI * ruling * Math.sin(radians)] as const;
  });
  return (x, y, ink, share) => {
    if (share <= 0.015) return 0;
    const [u, v] = grids[ink]!;
    const along = Math.cos(x * u + y * v);
    const height = screen === 'line-screen' ? along / 2 : (along + Math.cos(y * u - x * v)) / 4;
    // Soft thresholds: toner edges are not sharp.
    return 1 / (1 + Math.exp(-(share - 0.5 - height) * 14));
  };
}

/** Droplets in no grid, 600 to an inch. */
function sprayed(random: Seeded): Dots {
  const seeds = [0, 1, 2, 3].map(() => Math.floor(random.between(0, 1e6)));
  const noises = seeds.map(latticeNoise);
  const pitch = 25.4 / random.between(300, 600);
  return (x, y, ink, share) => {
    if (share <= 0.01) return 0;
    const noise = noises[ink]!(x / pitch, y / pitch);
    return 1 / (1 + Math.exp(-(share - 0.5 - 0.5 * noise) * 12));
  };
}

/** A grey copy: one black toner on a grid of 45°, or a plain grey print. */
export async function greyCopy(card: Frame, screen: 'dots' | 'continuous', sheet: Sheet): Promise<Surface> {
  const { random } = sheet;
  const { width, height, rgb } = await scanned(card, random);
  const [scaleX, scaleY] = [width / CARD_WIDTH_MM, height / CARD_HEIGHT_MM];
  const paper = paperLight(random);
  const dots = dotsOf(random.chance(0.5) ? 'halftone' : 'fine-halftone', random);
  const shares = Float32Array.from({ length: width * height }, (_, i) =>
    tone(1 - (0.25 * rgb[3 * i]! + 0.65 * rgb[3 * i + 1]! + 0.1 * rgb[3 * i + 2]!) / 255),
  );
  const print = (x: number, y: number, channel: Channel): number => {
    const share = shares[Math.min(height - 1, (y * scaleY) | 0) * width + Math.min(width - 1, (x * scaleX) | 0)]!;
    const ink = screen === 'dots' ? dots(x, y, 3, share) : share;
    return (
      paper(x, y, channel) * (screen === 'dots' ? 1 - 0.94 * ink : Math.max(0.05, LINEAR[Math.round(255 * (1 - ink))]!))
    );
  };
  return cutOutOf(print, paper, sheet);
}
