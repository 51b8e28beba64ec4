import { BrowserWindow, screen } from 'electron';
import { join } from 'node:path';
import { PAGES, type WindowName } from './app-protocol.ts';
import { restrictContents } from './session-policy.ts';

/** Keys that would lead out of the kiosk window as far as a window can hold them back. */
const BLOCKED_KEYS = new Set(['F5', 'F11', 'F12']);
const BLOCKED_WITH_CONTROL = new Set(['r', 'w', 'q', 'p', 's', 'o', 'n', 't', 'u', 'j', '+', '-', '=', '0']);
const BLOCKED_WITH_ALT = new Set(['F4', 'ArrowLeft', 'ArrowRight', ' ']);

/** The same for people to read. */
export const BLOCKED_KEY_NAMES: readonly string[] = [
  ...BLOCKED_KEYS,
  ...[...BLOCKED_WITH_CONTROL].map((key) => `Ctrl+${key.toUpperCase()}`),
  ...[...BLOCKED_WITH_ALT].map((key) => `Alt+${key === ' ' ? 'Space' : key}`),
];

function createWindow(
  name: WindowName,
  preloadFolder: string,
  options: Electron.BrowserWindowConstructorOptions,
): BrowserWindow {
  const window = new BrowserWindow({
    backgroundColor: '#faf8f4',
    autoHideMenuBar: true,
    ...options,
    webPreferences: {
      preload: join(preloadFolder, `${name}.cjs`),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      backgroundThrottling: false,
    },
  });
  restrictContents(window.webContents);
  return window;
}

/** Room for a title bar and a tool bar, on systems that count them into the window. */
const WINDOW_FRAME_PX = 120;

/** The largest size in the proportions of a portrait kiosk that fits beside other windows. */
function windowedSize(area: { readonly width: number; readonly height: number }): { width: number; height: number } {
  const height = Math.max(768, area.height - WINDOW_FRAME_PX);
  return { width: Math.min(area.width, Math.max(1080, Math.round((height * 9) / 16))), height };
}

/** The public window: the whole primary display, without a frame or a way out. */
export function createKioskWindow(
  preloadFolder: string,
  mode: { readonly windowed: boolean; readonly hidden: boolean },
): BrowserWindow {
  const { bounds, workArea } = screen.getPrimaryDisplay();
  const window = createWindow('kiosk', preloadFolder, {
    ...(mode.windowed ? windowedSize(workArea) : { width: bounds.width, height: bounds.height }),
    useContentSize: true,
    show: !mode.hidden,
    kiosk: !mode.windowed && !mode.hidden,
    title: 'Countersign',
  });
  window.webContents.on('before-input-event', (event, input) => {
    const control = input.control || input.meta;
    const held =
      BLOCKED_KEYS.has(input.key) ||
      (input.alt && BLOCKED_WITH_ALT.has(input.key)) ||
      (control && !input.alt && BLOCKED_WITH_CONTROL.has(input.key.toLowerCase()));
    if (held) {
      event.preventDefault();
    }
  });
  void window.webContents.setVisualZoomLevelLimits(1, 1);
  void window.loadURL(`${PAGES.kiosk}index.html`);
  return window;
}

/**
 * An ordinary window that begins to load its page at once; its content is 1280 × 800 device-independent pixels.
 *
 * @param preloadFolder where `admin.cjs` is
 */
export function createAdminWindow(preloadFolder: string): BrowserWindow {
  const window = createWindow('admin', preloadFolder, {
    width: 1280,
    height: 800,
    useContentSize: true,
    title: 'Countersign · 管理',
  });
  void window.loadURL(`${PAGES.admin}index.html`);
  return window;
}

/** Room beside the kiosk's own window where a clerk has no display of their own. */
const CLERK_SIZE = { width: 1366, height: 768 };

/** The staff's window: it fills a second display, and is an ordinary window where there is only one. */
export function createClerkWindow(preloadFolder: string): BrowserWindow {
  const primary = screen.getPrimaryDisplay();
  const other = screen.getAllDisplays().find(({ id }) => id !== primary.id);
  const { x, y, width, height } = other?.workArea ?? { ...primary.workArea, ...CLERK_SIZE };
  const window = createWindow('clerk', preloadFolder, {
    x,
    y,
    width,
    height,
    minWidth: 480,
    minHeight: 560,
    title: 'Countersign · 柜台',
  });
  void window.loadURL(`${PAGES.clerk}index.html`);
  return window;
}
