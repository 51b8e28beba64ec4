/** What a page asks Chromium for: a permission by its name and, for `media`, which kinds of it. */
export interface MediaRequest {
  readonly permission: string;
  readonly media: readonly string[];
  /** Which of the application's pages asks; null for everything else. */
  readonly page: 'kiosk' | 'admin' | null;
  /** A challenge runs in which the person reads aloud. */
  readonly microphoneWanted: boolean;
}

/**
 * The application's own pages may use the camera. The microphone is for the kiosk's page alone, without a camera in the same request, and
 * only while the person in front of it has been asked to read aloud. There is nothing else that may be used.
 */
export function mayUse({ permission, media, page, microphoneWanted }: MediaRequest): boolean {
  if (permission !== 'media' || page === null) return false;
  if (!media.includes('audio')) return true;
  return page === 'kiosk' && microphoneWanted && media.every((kind) => kind === 'audio');
}
