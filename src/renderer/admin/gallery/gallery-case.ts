/** How the terminal of the gallery is doing. */
export const GALLERY_CASES = ['normal', 'empty', 'troubled', 'failing', 'loading', 'searching'] as const;
export type GalleryCase = (typeof GALLERY_CASES)[number];
