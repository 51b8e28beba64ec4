import { useEffect, useState } from 'react';
import { FRAME_MS, MOVES_FOR_MS, pictureAt, untilNext } from './attract-pictures.ts';

/**
 * The picture of the motion that is shown now. It stands still under reduced motion, while nothing is shown on the
 * display, and when nobody has touched anything for minutes.
 */
export function useMotion(): number {
  const [picture, setPicture] = useState(0);
  useEffect(() => {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    let frames = 0;
    let movedMs = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const step = (): void => {
      const waitMs = untilNext(frames);
      timer = setTimeout(() => {
        movedMs += waitMs;
        frames += Math.round(waitMs / FRAME_MS);
        setPicture(pictureAt(frames));
        if (movedMs < MOVES_FOR_MS || pictureAt(frames) !== 0) step();
        else timer = undefined;
      }, waitMs);
    };
    const look = (): void => {
      clearTimeout(timer);
      timer = undefined;
      if (document.visibilityState === 'visible') step();
    };
    const touched = (): void => {
      movedMs = 0;
      if (timer === undefined) look();
    };
    look();
    document.addEventListener('visibilitychange', look);
    window.addEventListener('pointerdown', touched);
    window.addEventListener('keydown', touched);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('pointerdown', touched);
      window.removeEventListener('keydown', touched);
    };
  }, []);
  return picture;
}
