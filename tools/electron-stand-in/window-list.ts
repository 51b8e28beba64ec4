export interface ListedWindow {
  close(): void;
  destroy(): void;
  isDestroyed(): boolean;
}

/** Every open window, in the order of opening. */
export const windowList = new Set<ListedWindow>();
