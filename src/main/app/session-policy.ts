import type { Session, WebContents } from 'electron';
import { APP_SCHEME, ORIGIN, PAGES } from './app-protocol.ts';
import { mayUse } from './media-permission.ts';

/**
 * Denies a session everything but the application's own pages and, on them, the camera; and the microphone on the
 * kiosk's page while `microphoneWanted` says so.
 */
export function restrictSession(session: Session, microphoneWanted: () => boolean = () => false): void {
  const pageOf = (url: string): 'kiosk' | 'admin' | null => {
    if (url.startsWith(PAGES.kiosk)) return 'kiosk';
    return url.startsWith(PAGES.admin) ? 'admin' : null;
  };
  session.setPermissionRequestHandler((contents, permission, decide, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    decide(mayUse({ permission, media, page: pageOf(contents.getURL()), microphoneWanted: microphoneWanted() }));
  });
  session.setPermissionCheckHandler((contents, permission, origin, details) => {
    const media = details.mediaType === undefined ? [] : [details.mediaType];
    if (origin.replace(/\/$/, '') !== ORIGIN) return false;
    // Both pages may use the camera, so that their origin is enough; Chromium doesn't always name a page.
    const page = media.includes('audio') ? pageOf(contents?.getURL() ?? '') : 'kiosk';
    return mayUse({ permission, media, page, microphoneWanted: microphoneWanted() });
  });
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, decide) => {
    const scheme = details.url.slice(0, details.url.indexOf(':'));
    decide({ cancel: !(scheme === APP_SCHEME || scheme === 'blob' || scheme === 'data' || scheme === 'devtools') });
  });
}

/** Pins a page to where it is: no navigation, no new windows, no embedded pages. */
export function restrictContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
