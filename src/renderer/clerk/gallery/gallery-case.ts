/** How the kiosk and the queue of the gallery are doing. */
export const GALLERY_CASES = [
  'normal',
  'running',
  'pictures',
  'verdict',
  'called',
  'answered',
  'two-persons',
  'long',
  'troubled',
  'empty',
  'failing',
  'loading',
] as const;
export type GalleryCase = (typeof GALLERY_CASES)[number];
