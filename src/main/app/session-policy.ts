import type { Session, WebContents } from 'electron';
import { APP_SCHEME, ORIGINS } from './app-protocol.ts';

/** Denies a session everything but the application's own pages and, on them, the camera. */
export function restrictSession(session: Session): void {
  const isOurs = (url: string): boolean => Object.values(ORIGINS).some((origin) => url.startsWith(`${origin}/`));
  const allowed = (permission: string, url: string, media: readonly string[]): boolean =>
    permission === 'media' && isOurs(url) && !media.includes('audio');
  session.setPermissionRequestHandler((contents, permission, decide, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    decide(allowed(permission, contents.getURL(), media));
  });
  session.setPermissionCheckHandler((_contents, permission, origin, details) =>
    allowed(permission, `${origin.replace(/\/$/, '')}/`, details.mediaType === 'audio' ? ['audio'] : []),
  );
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
