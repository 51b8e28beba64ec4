/** From … to; drawn evenly. */
export type Range = readonly [low: number, high: number];

export const LEVELS = ['none', 'mild', 'moderate', 'severe'] as const;
export type Level = (typeof LEVELS)[number];

/** How bad a photograph can be. One table, and the only place where a level is defined. */
export interface LevelNumbers {
  /** Width and height of the camera's pictures; one is drawn. */
  readonly cameras: readonly (readonly [width: number, height: number])[];
  /** Card's width in the picture, as part of the largest that fits. */
  readonly fill: Range;
  /** Degrees between the camera's axis and the card's normal. */
  readonly tilt: Range;
  /** Degrees in the picture's plane, either way, beside whole quarter turns. */
  readonly rotation: Range;
  /** Radius of the disc that a point becomes, pixels. */
  readonly defocus: Range;
  /** Length of the streak that a point becomes, pixels. */
  readonly motion: Range;
  /** Standard deviation at mid grey, of 255. */
  readonly noise: Range;
  /** How often there is a reflection, what it adds in the middle (white = 1, linear) and its radius (of the card's width). */
  readonly glare: { readonly chance: number; readonly peak: Range; readonly radius: Range };
  /** How often a shadow's edge crosses the card, and what is left of the light. */
  readonly shadow: { readonly chance: number; readonly left: Range };
  /** Fall of the light across the picture, part of it. */
  readonly gradient: Range;
  /** Gains of red and blue, either way. */
  readonly whiteBalance: Range;
  /** Stops, either way. */
  readonly exposure: Range;
  /** Strength of the camera's sharpening; 0 is none. */
  readonly sharpening: Range;
  /** Quality of the JPEG file, of 100. */
  readonly jpeg: Range;
}

export const LEVEL_NUMBERS: Readonly<Record<Level, LevelNumbers>> = {
  none: {
    cameras: [[1920, 1280]],
    fill: [0.85, 0.85],
    tilt: [0, 0],
    rotation: [0, 0],
    defocus: [0, 0],
    motion: [0, 0],
    noise: [0, 0],
    glare: { chance: 0, peak: [0, 0], radius: [0.1, 0.1] },
    shadow: { chance: 0, left: [1, 1] },
    gradient: [0, 0],
    whiteBalance: [0, 0],
    exposure: [0, 0],
    sharpening: [0, 0],
    jpeg: [95, 95],
  },
  mild: {
    cameras: [
      [1920, 1080],
      [2048, 1536],
      [4000, 3000],
    ],
    fill: [0.65, 0.92],
    tilt: [0, 6],
    rotation: [0, 4],
    defocus: [0, 0.7],
    motion: [0, 0.8],
    noise: [1, 3],
    glare: { chance: 0.15, peak: [0.05, 0.2], radius: [0.04, 0.1] },
    shadow: { chance: 0.25, left: [0.75, 0.95] },
    gradient: [0, 0.15],
    whiteBalance: [0, 0.05],
    exposure: [0, 0.2],
    sharpening: [0, 0.5],
    jpeg: [88, 95],
  },
  moderate: {
    cameras: [
      [1280, 720],
      [1280, 960],
      [1920, 1080],
    ],
    fill: [0.6, 0.9],
    tilt: [0, 12],
    rotation: [0, 10],
    defocus: [0.3, 1.3],
    motion: [0, 2.5],
    noise: [2, 5],
    glare: { chance: 0.35, peak: [0.15, 0.5], radius: [0.04, 0.12] },
    shadow: { chance: 0.5, left: [0.55, 0.9] },
    gradient: [0, 0.3],
    whiteBalance: [0, 0.12],
    exposure: [0, 0.4],
    sharpening: [0, 1],
    jpeg: [75, 90],
  },
  severe: {
    cameras: [
      [640, 480],
      [1280, 720],
    ],
    fill: [0.75, 0.92],
    tilt: [8, 22],
    rotation: [0, 20],
    defocus: [0.8, 2.2],
    motion: [1, 5],
    noise: [4, 11],
    glare: { chance: 0.6, peak: [0.4, 1.5], radius: [0.06, 0.2] },
    shadow: { chance: 0.8, left: [0.35, 0.8] },
    gradient: [0.2, 0.5],
    whiteBalance: [0.05, 0.2],
    exposure: [0.2, 0.8],
    sharpening: [0, 2],
    jpeg: [50, 75],
  },
};

/** Shares of the quarter turns 0–3: a guided card lies upright more often than not. */
export const QUARTER_TURN_SHARES = [0.7, 0.1, 0.1, 0.1] as const;

/** One cause at a time: what it takes over from `severe` while everything else stays `mild`. */
export const CAUSES = {
  perspective: ['tilt', 'rotation'],
  defocus: ['defocus'],
  motion: ['motion'],
  noise: ['noise'],
  glare: ['glare'],
  shadow: ['shadow', 'gradient'],
  colour: ['whiteBalance', 'exposure'],
  resolution: ['cameras', 'fill'],
  compression: ['jpeg', 'sharpening'],
} as const satisfies Record<string, readonly (keyof LevelNumbers)[]>;
export type Cause = keyof typeof CAUSES;

/** The numbers of a single cause. */
export function numbersOfCause(cause: Cause): LevelNumbers {
  const severe = LEVEL_NUMBERS.severe;
  const taken: Partial<LevelNumbers> = Object.fromEntries(CAUSES[cause].map((key) => [key, severe[key]]));
  return { ...LEVEL_NUMBERS.mild, ...taken };
}
