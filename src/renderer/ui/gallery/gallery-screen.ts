/** One screen of a window in one state. `address` is what `show` takes; `lang`, `elder`, `dark` and the like are added to it. */
export interface GalleryScreen {
  readonly group: string;
  readonly name: string;
  readonly address: string;
}

/** What every gallery page offers to tests, to the chooser and to whoever takes pictures. */
export interface GalleryPage {
  readonly screens: readonly GalleryScreen[];
  /** Shows a screen without a reload; fulfilled once nothing of it moves any more. */
  readonly show: (address: string) => Promise<void>;
}
