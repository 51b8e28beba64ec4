import type { GalleryPage } from './gallery-screen.ts';

declare global {
  interface Window {
    gallery: GalleryPage;
    /** Set by checks that look at places only, not at pictures. */
    quietFrames?: number;
  }
}

/** Longer than any fixture takes to answer; what is still loading then is meant to be. */
const PATIENCE_MS = 1_500;
/** A camera's first picture always comes; on a busy machine late. */
const CAMERA_PATIENCE_MS = 15_000;
/** So many frames in a row without a change of the page: answers, effects and what they set off have then passed. */
const QUIET_FRAMES = 3;

function frame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

function isBusy(): boolean {
  const images = [...document.images].some((image) => !image.complete);
  return images || document.querySelector('.loading, [aria-busy="true"]') !== null;
}

/** Whether a camera's picture is awaited, which changes nothing in the page when it comes. */
function awaitsCamera(): boolean {
  return [...document.querySelectorAll('video')].some(
    (video) => video.srcObject !== null && video.getVideoPlaybackQuality().totalVideoFrames === 0,
  );
}

/** Waits until pictures, fonts and answers are there and the page has stood still for a few frames. */
export async function settled(): Promise<void> {
  const quietFrames = window.quietFrames ?? QUIET_FRAMES;
  const began = performance.now();
  let quiet = 0;
  const watch = new MutationObserver(() => {
    quiet = 0;
  });
  watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  const wantsCamera = (): boolean => window.quietFrames === undefined && awaitsCamera();
  while (quiet < quietFrames) {
    const waitedMs = performance.now() - began;
    if (waitedMs > (wantsCamera() ? CAMERA_PATIENCE_MS : PATIENCE_MS)) break;
    await frame();
    quiet = isBusy() || wantsCamera() ? 0 : quiet + 1;
  }
  watch.disconnect();
  await document.fonts.ready;
}
