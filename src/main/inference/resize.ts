import type { PixelBox } from '../../shared/domain/liveness.ts';
import { drawCopy, drawPairs, drawTaps, interleaved, planar, type Drawing } from './drawing.ts';
import type { Frame } from './frame.ts';
import type { ModelInput } from './model-manifest.ts';
import { createPyramid } from './pyramid.ts';
import { emptyPairs, emptyTaps, fillPairs, fillTaps, fitsPairs } from './taps.ts';
import { fillTensor } from './tensor.ts';

/** Resamples parts of frames. A part may be fractional and reach over the edge, where the last pixel is repeated. */
export interface Sampler {
  /** Draws `part` in `width × height` pixels into `out`, interleaved red, green, blue values of 0..255. */
  sample(frame: Frame, part: PixelBox, width: number, height: number, out: Float32Array): void;
  /** Draws `part` into a model's input, in the size and form that the model takes. */
  fill(frame: Frame, part: PixelBox, model: { readonly input: ModelInput; readonly tensor: Float32Array }): void;
  /** Zeroes what is left of the last picture in the working buffers. */
  wipe(): void;
}

/**
 * Makes a sampler with its own working buffers. It halves the frame (means of 2 × 2 pixels) as often as fits and
 * goes on bilinear, as the models' training did; an axis that still has to be reduced by 2 or more is averaged over
 * its area.
 */
export function createSampler(): Sampler {
  const pyramid = createPyramid();
  const resampler = createResampler();
  let colours = new Float32Array(0);
  const draw = (whole: Frame, part: PixelBox, width: number, height: number, drawing: Drawing): void => {
    const { frame, factor } = pyramid.levelFor(whole, Math.min(part.width / width, part.height / height));
    const { x, y, width: across, height: down } = part;
    const onLevel = { x: x / factor, y: y / factor, width: across / factor, height: down / factor };
    if (isCopy(onLevel, width, height, frame)) {
      drawCopy(frame, { left: onLevel.x, top: onLevel.y, width, height }, drawing);
    } else {
      resampler.draw(frame, onLevel, { width, height }, drawing);
    }
  };
  return {
    sample: (frame, part, width, height, out) => draw(frame, part, width, height, interleaved(out)),
    fill: (frame, part, { input, tensor }) => {
      const [, channels, height, width] = input.shape;
      if (channels === 3) return draw(frame, part, width, height, planar(input, tensor));
      const length = width * height * 3;
      if (colours.length < length) colours = new Float32Array(length);
      draw(frame, part, width, height, interleaved(colours));
      fillTensor(colours, input, tensor, width * height);
    },
    wipe: () => {
      colours.fill(0);
      resampler.wipe();
      pyramid.wipe();
    },
  };
}

interface Resampler {
  draw(frame: Frame, part: PixelBox, size: { readonly width: number; readonly height: number }, to: Drawing): void;
  wipe(): void;
}

/** Draws with buffers of weights that are made once and grow when a larger picture comes. */
function createResampler(): Resampler {
  const pairs = { columns: emptyPairs(), rows: emptyPairs() };
  const taps = { columns: emptyTaps(), rows: emptyTaps() };
  let mixed = new Int32Array(0);
  return {
    draw: (frame, part, size, to) => {
      const across = [part.x, part.width, size.width, frame.width] as const;
      const down = [part.y, part.height, size.height, frame.height] as const;
      if (fitsPairs(...across) && fitsPairs(...down)) {
        pairs.columns = fillPairs(pairs.columns, ...across);
        pairs.rows = fillPairs(pairs.rows, ...down);
        drawPairs(frame, pairs.columns, pairs.rows, size, to);
      } else {
        taps.columns = fillTaps(taps.columns, ...across);
        taps.rows = fillTaps(taps.rows, ...down);
        if (mixed.length < frame.width * 3) mixed = new Int32Array(frame.width * 3);
        drawTaps(frame, taps.columns, taps.rows, size, mixed, to);
      }
    },
    wipe: () => void mixed.fill(0),
  };
}

/** Whether a part lies on whole pixels inside of the frame and keeps its size. */
function isCopy({ x, y, width, height }: PixelBox, toWidth: number, toHeight: number, frame: Frame): boolean {
  const keepsSize = width === toWidth && height === toHeight;
  const inside = x >= 0 && y >= 0 && x + width <= frame.width && y + height <= frame.height;
  return keepsSize && inside && Number.isInteger(x) && Number.isInteger(y);
}
