import type { Session, WebContents } from 'electron';
import { APP_SCHEME, ORIGIN, PAGES, type WindowName } from './app-protocol.ts';
import { mayUse } from './media-permission.ts';

/**
 * Denies a session everything but the application's own pages and, on them, the camera; and the microphone on the
 * kiosk's page while `wanted` says so, or on the admin page while `tested` does.
 */
export function restrictSession(
  session: Session,
  microphone: { readonly wanted: () => boolean; readonly tested: () => boolean },
): void {
  const heard = () => ({ microphoneWanted: microphone.wanted(), microphoneTested: microphone.tested() });
  const pageOf = (url: string): WindowName | null => {
    const names = Object.keys(PAGES) as readonly WindowName[];
    return names.find((name) => url.startsWith(PAGES[name])) ?? null;
  };
  session.setPermissionRequestHandler((contents, permission, decide, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    decide(mayUse({ permission, media, page: pageOf(contents.getURL()), ...heard() }));
  });
  session.setPermissionCheckHandler((contents, permission, origin, details) => {
    const media = details.mediaType === undefined ? [] : [details.mediaType];
    if (origin.replace(/\/$/, '') !== ORIGIN) return false;
    // Chromium doesn't always name a page here. The origin is enough for the camera unless the page is known to need none.
    const known = pageOf(contents?.getURL() ?? '');
    const page = media.includes('audio') || known === 'clerk' ? known : 'kiosk';
    return mayUse({ permission, media, page, ...heard() });
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
