/** What a page asks Chromium for: a permission by its name and, for `media`, which kinds of it. */
export interface MediaRequest {
  readonly permission: string;
  readonly media: readonly string[];
  /** Which of the application's pages asks; null for everything else. */
  readonly page: 'kiosk' | 'admin' | 'clerk' | null;
  /** A challenge runs in which the person reads aloud. */
  readonly microphoneWanted: boolean;
  /** An administrator tests the microphone on the device page. Absent: no. */
  readonly microphoneTested?: boolean;
}

/**
 * The kiosk's and the admin window's pages may use the camera; the clerk's has no use for it. The microphone may be used
 * without a camera in the same request, and only on the kiosk's page while the person in front of it has been asked to
 * read aloud, or on the admin page while an administrator tests it. There is nothing else that may be used.
 */
export function mayUse(request: MediaRequest): boolean {
  const { permission, media, page, microphoneWanted, microphoneTested = false } = request;
  if (permission !== 'media' || page === null || page === 'clerk') return false;
  if (!media.includes('audio')) return true;
  const listens = page === 'kiosk' ? microphoneWanted : microphoneTested;
  return listens && media.every((kind) => kind === 'audio');
}
