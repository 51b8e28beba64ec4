import type { Session, WebContents } from 'electron';
import { APP_SCHEME, ORIGIN, PAGES } from './app-protocol.ts';

/** Denies a session everything but the application's own pages and, on them, the camera. */
export function restrictSession(session: Session): void {
  const isOurs = (url: string): boolean => Object.values(PAGES).some((page) => url.startsWith(page));
  const isCamera = (permission: string, media: readonly string[]): boolean =>
    permission === 'media' && !media.includes('audio');
  session.setPermissionRequestHandler((contents, permission, decide, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    decide(isCamera(permission, media) && isOurs(contents.getURL()));
  });
  session.setPermissionCheckHandler((_contents, permission, origin, details) => {
    const media = details.mediaType === undefined ? [] : [details.mediaType];
    return isCamera(permission, media) && origin.replace(/\/$/, '') === ORIGIN;
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
