import { app, type BrowserWindow } from 'electron';
import type { KioskHost } from '../composition/upkeep.ts';
import { BLOCKED_KEY_NAMES } from './windows.ts';

/**
 * The way out of the kiosk, for its staff only: while the window is a kiosk, nothing that somebody presses closes it.
 * The operating system's own shutdown is not held up.
 */
export function kioskHost(kiosk: BrowserWindow, { kioskMode }: { readonly kioskMode: boolean }): KioskHost {
  let leaving = false;
  app.on('before-quit', () => {
    leaving = true;
  });
  kiosk.on('close', (event) => {
    if (kioskMode && !leaving) event.preventDefault();
  });
  const { electron = '', chrome = '', node } = process.versions;
  return {
    packaged: app.isPackaged,
    kioskMode,
    blockedKeys: BLOCKED_KEY_NAMES,
    runtime: { electron, chromium: chrome, node },
    leave: (how) => {
      leaving = true;
      if (how === 'restart') app.relaunch();
      if (how === 'shut-window') kiosk.close();
      else app.quit();
    },
  };
}
