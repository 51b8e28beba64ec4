import type { WebContents as ElectronWebContents } from 'electron';
import { chromium } from './chromium.ts';
import { toPageAddress } from './protocol.ts';
import type { Session } from './session.ts';

interface AskedPermission {
  readonly chromiumName: string;
  readonly electronName: 'media' | 'geolocation' | 'notifications' | 'clipboard-read' | 'midi';
  readonly mediaType?: 'video' | 'audio';
}

const ASKED: readonly AskedPermission[] = [
  { chromiumName: 'camera', electronName: 'media', mediaType: 'video' },
  { chromiumName: 'microphone', electronName: 'media', mediaType: 'audio' },
  { chromiumName: 'geolocation', electronName: 'geolocation' },
  { chromiumName: 'notifications', electronName: 'notifications' },
  { chromiumName: 'clipboard-read', electronName: 'clipboard-read' },
  { chromiumName: 'midi', electronName: 'midi' },
];

async function isGranted(
  session: Session,
  contents: object,
  asked: AskedPermission,
  address: string,
): Promise<boolean> {
  const page = contents as ElectronWebContents;
  const { electronName, mediaType } = asked;
  const { origin } = new URL(toPageAddress(address));
  const facts = { isMainFrame: true, requestingUrl: address, securityOrigin: `${address.split('/', 3).join('/')}/` };
  const checked = session.checkHandler?.(page, electronName, origin === 'null' ? '' : facts.securityOrigin, {
    ...facts,
    ...(mediaType ? { mediaType } : {}),
  });
  if (checked === false) return false;
  const handler = session.requestHandler;
  if (!handler) return true;
  return new Promise((resolve) =>
    handler(page, electronName, resolve, { ...facts, ...(mediaType ? { mediaTypes: [mediaType] } : {}) }),
  );
}

/**
 * Asks the application's permission handlers on behalf of the page at `address` and tells Chromium the answers for its
 * origin. Chromium can't be made to ask at the moment of use, so this happens before each document is loaded.
 */
export async function settlePermissions(session: Session, contents: object, address: string): Promise<void> {
  const { origin } = new URL(toPageAddress(address));
  if (origin === 'null') return;
  for (const asked of ASKED) {
    const setting = (await isGranted(session, contents, asked, address)) ? 'granted' : 'denied';
    await chromium().browser.send('Browser.setPermission', {
      permission: { name: asked.chromiumName },
      setting,
      origin,
    });
  }
}
