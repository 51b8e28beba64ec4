import type { BrowserWindow } from 'electron';
import { CLERK_CHANGED_EVENT } from '../../shared/ipc/clerk-channels.ts';
import { CLERK_CHANNELS } from '../../shared/ipc/clerk.ts';
import { ok } from '../../shared/result.ts';
import type { Application } from '../composition/application-contract.ts';
import { routeChannels, type TrustedSenders } from './ipc-router.ts';
import { createClerkWindow } from './windows.ts';

export interface ClerkWindowParts {
  readonly application: Application;
  readonly senders: TrustedSenders;
  readonly preloadFolder: string;
  readonly openAdmin: () => void;
  readonly onBug: (channel: string, error: unknown) => void;
}

/** The window is told of changes at most this often: guidance alone changes the kiosk's view ten times a second. */
const TELL_EVERY_MS = 200;

/** Answers the clerk's window and tells it of changes. @returns what opens it, or brings it to the front */
export function serveClerkWindow(parts: ClerkWindowParts): () => void {
  const { application, senders, preloadFolder, onBug } = parts;
  let window: BrowserWindow | null = null;
  let telling: ReturnType<typeof setTimeout> | null = null;

  const tell = (): void => {
    telling = null;
    if (window && !window.isDestroyed()) window.webContents.send(CLERK_CHANGED_EVENT);
  };
  application.onClerkChange(() => {
    if (window !== null) telling ??= setTimeout(tell, TELL_EVERY_MS);
  });
  const handlers = {
    ...application.clerkHandlers,
    'clerk:open-admin': () => {
      parts.openAdmin();
      return ok(null);
    },
  };
  routeChannels('clerk', senders, CLERK_CHANNELS, handlers, onBug);
  return () => {
    if (window && !window.isDestroyed()) return window.focus();
    window = createClerkWindow(preloadFolder);
    senders.add('clerk', window.webContents);
    window.on('closed', () => {
      window = null;
      // Whoever closes it has left: the next one signs in anew.
      void application.clerkHandlers['clerk:sign-out'](null);
    });
  };
}
