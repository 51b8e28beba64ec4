import type { PixelBox } from '../../shared/domain/liveness.ts';
import type { CardPortraitAnswer } from './contract.ts';
import { cutOut, lookForCardPortrait } from './card-portrait.ts';
import { createCardPortraitWatch } from './card-portrait-watch.ts';
import type { FacePipeline } from './face-pipeline.ts';
import type { Frame } from './frame.ts';
import { encodePng } from './image-codec.ts';

/** Takes one picture of a card after another until its portrait can be cut out. */
export interface CardPortraitFinder {
  /** @param frame where the card should lie, relative to the picture. */
  see(picture: Frame, frame: PixelBox): Promise<CardPortraitAnswer>;
  wipe(): void;
}

/**
 * Finds the portrait of one card after another: PNG, with a margin around the face. Every hint, and a card that moved,
 * starts the row of good pictures anew. Calls must not overlap.
 */
export function createCardPortraitFinder(pipeline: FacePipeline): CardPortraitFinder {
  const watch = createCardPortraitWatch();
  return {
    wipe: () => watch.wipe(),
    see: async (picture, frame) => {
      const sight = await lookForCardPortrait(pipeline, picture, frame);
      if (sight.hint !== null) {
        watch.see(null);
        return { hint: sight.hint, progress: 0, portrait: null };
      }
      const { face, sharpness, part } = sight;
      const { progress, portrait } = watch.see({ face, sharpness, portrait: cutOut(picture, part) });
      if (!portrait) return { hint: null, progress, portrait: null };
      const png = await encodePng(portrait);
      portrait.rgb.fill(0);
      return { hint: null, progress, portrait: png };
    },
  };
}
