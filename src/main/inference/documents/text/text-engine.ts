import type { Frame } from '../../frame.ts';
import type { ModelInput } from '../../model-manifest.ts';
import { createSampler } from '../../resize.ts';
import type { Point, Quad, ReadLine, TextEngine, TextRegion } from '../contract.ts';
import { classesWithin, classTexts, decodeLine } from './line-decoder.ts';
import { drawStrip, sizeOfLine } from './strip.ts';
import { regionsOf } from './text-map.ts';
import { DIRECTION_WIDTH, STRIP_HEIGHT, type TextModels } from './text-models.ts';

/** A text engine that also tells which end is up. */
export interface DirectedTextEngine extends TextEngine {
  /** Mean probability, 0..1, that these lines stand on their head; long lines tell it best. */
  upsideDown(picture: Frame, regions: readonly TextRegion[]): Promise<number>;
  /** Zeroes the working buffers. */
  wipe(): void;
}

/** What the longer side of a picture is scaled to before text is looked for; suits a card of 1012 pixels. */
export const DETECTION_LONG_SIDE = 960;
/** Pictures are enlarged at most by as much. */
const MOST_ENLARGED = 4;
/** The detector halves a picture five times. */
const SIDE_STEP = 32;
/** The strips' widths are multiples of it, so that few shapes occur; the rest is filled with grey. */
const STRIP_STEP = 32;
const LEAST_STRIP = 64;
/** Longer lines than 80 characters are none. */
const MOST_STRIP = 4096;

/** In the order of the channels blue, green, red: the detector learnt with ImageNet's values of red, green, blue. */
const DETECTION_INPUT = {
  name: 'x',
  colour: 'bgr',
  mean: [123.675, 116.28, 103.53],
  deviation: [58.395, 57.12, 57.375],
} as const;

/** Finds and reads text with PP-OCRv4. Strips are read one by one: batches of unequal strips are mostly padding. */
export function createTextEngine(models: TextModels): DirectedTextEngine {
  const sampler = createSampler();
  const texts = classTexts(models.dictionary);
  let buffer = new Float32Array(0);
  const room = (length: number): Float32Array => {
    if (buffer.length < length) buffer = new Float32Array(length);
    return buffer.subarray(0, length);
  };
  return {
    detect: async (picture, { longSide = DETECTION_LONG_SIDE } = {}) => {
      const { width, height } = detectionSize(picture, longSide);
      const tensor = room(3 * width * height);
      const input: ModelInput = {
        ...DETECTION_INPUT,
        mean: [...DETECTION_INPUT.mean],
        deviation: [...DETECTION_INPUT.deviation],
        shape: [1, 3, height, width],
      };
      sampler.fill(picture, { x: 0, y: 0, width: picture.width, height: picture.height }, { input, tensor });
      const probabilities = await models.detect(tensor, height, width);
      const scale: Point = [picture.width / width, picture.height / height];
      return regionsOf({ width, height, probabilities }).map((region) => scaled(region, scale));
    },
    recognise: async (picture, regions, { alphabet } = {}) => {
      const allowed = classesWithin(texts, alphabet);
      const lines: ReadLine[] = [];
      for (const region of regions) {
        const { width, rowLength } = stripSize(region.quad);
        const tensor = room(3 * STRIP_HEIGHT * rowLength);
        drawStrip(picture, region.quad, { width, height: STRIP_HEIGHT, rowLength }, tensor);
        const characters = decodeLine(await models.recognise(tensor, rowLength), texts, allowed, width / rowLength);
        lines.push({ region, text: characters.map(({ text }) => text).join(''), characters });
      }
      return lines;
    },
    upsideDown: async (picture, regions) => {
      let sum = 0;
      for (const { quad } of regions) {
        const { width } = stripSize(quad);
        const tensor = room(3 * STRIP_HEIGHT * DIRECTION_WIDTH);
        const size = { width: Math.min(DIRECTION_WIDTH, width), height: STRIP_HEIGHT, rowLength: DIRECTION_WIDTH };
        drawStrip(picture, quad, size, tensor);
        sum += await models.direction(tensor);
      }
      return regions.length === 0 ? 0 : sum / regions.length;
    },
    wipe: () => {
      buffer.fill(0);
      sampler.wipe();
    },
  };
}

function detectionSize(picture: Frame, longSide: number): { readonly width: number; readonly height: number } {
  const scale = Math.min(longSide / Math.max(picture.width, picture.height), MOST_ENLARGED);
  const side = (pixels: number): number => Math.max(SIDE_STEP, Math.round((pixels * scale) / SIDE_STEP) * SIDE_STEP);
  return { width: side(picture.width), height: side(picture.height) };
}

function stripSize(quad: Quad): { readonly width: number; readonly rowLength: number } {
  const { length, height } = sizeOfLine(quad);
  const width = Math.max(1, Math.min(MOST_STRIP, Math.round((STRIP_HEIGHT * length) / Math.max(1, height))));
  return { width, rowLength: Math.max(LEAST_STRIP, Math.ceil(width / STRIP_STEP) * STRIP_STEP) };
}

function scaled({ quad, score }: TextRegion, [x, y]: Point): TextRegion {
  const corner = ([px, py]: Point): Point => [px * x, py * y];
  return { quad: [corner(quad[0]), corner(quad[1]), corner(quad[2]), corner(quad[3])], score };
}
