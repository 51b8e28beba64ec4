import type { GalleryPage } from './gallery-screen.ts';

declare global {
  interface Window {
    gallery: GalleryPage;
    /** Set by checks that look at places only, not at pictures. */
    quietFrames?: number;
  }
}

/** Fixtures answer at once and a camera's first picture always comes; on a busy machine late. */
const PATIENCE_MS = 15_000;
/** So many frames in a row without a change of the page: answers, effects and what they set off have then passed. */
const QUIET_FRAMES = 3;
/** The same for what is meant to be loading: nothing tells that it has begun to. */
const QUIET_LOADING_FRAMES = 15;

function frame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

function isBusy(meantToLoad: boolean): boolean {
  const images = [...document.images].some((image) => !image.complete);
  return images || (!meantToLoad && document.querySelector('.loading, [aria-busy="true"]') !== null);
}

/** Whether a camera's picture is awaited, which changes nothing in the page when it comes. */
function awaitsCamera(): boolean {
  return [...document.querySelectorAll('video')].some(
    (video) => video.srcObject !== null && video.getVideoPlaybackQuality().totalVideoFrames === 0,
  );
}

/** Waits until pictures, fonts and, unless it is meant to load, answers are there and the page has stood still for a time. */
export async function settled(meantToLoad = false): Promise<void> {
  const quietFrames = meantToLoad ? QUIET_LOADING_FRAMES : (window.quietFrames ?? QUIET_FRAMES);
  const began = performance.now();
  let quiet = 0;
  const watch = new MutationObserver(() => {
    quiet = 0;
  });
  watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  const wantsCamera = (): boolean => window.quietFrames === undefined && awaitsCamera();
  while (quiet < quietFrames) {
    const waitedMs = performance.now() - began;
    if (waitedMs > PATIENCE_MS) break;
    await frame();
    quiet = isBusy(meantToLoad) || wantsCamera() ? 0 : quiet + 1;
  }
  watch.disconnect();
  await document.fonts.ready;
}
