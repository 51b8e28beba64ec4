import type { BrowserWindowConstructorOptions, WebPreferences } from 'electron';
import { notProvided } from './not-provided.ts';

// Options with no meaning for a page in Chromium; they can't change what the application does.
const COSMETIC_OPTIONS: readonly (keyof BrowserWindowConstructorOptions)[] = [
  ...(['title', 'icon', 'frame', 'autoHideMenuBar', 'backgroundColor', 'resizable', 'movable', 'minimizable'] as const),
  ...(['maximizable', 'closable', 'focusable', 'alwaysOnTop', 'skipTaskbar', 'center', 'useContentSize'] as const),
  ...(['minWidth', 'minHeight', 'maxWidth', 'maxHeight', 'fullscreenable', 'simpleFullscreen', 'hasShadow'] as const),
  ...(['titleBarStyle', 'darkTheme', 'thickFrame', 'paintWhenInitiallyHidden', 'acceptFirstMouse'] as const),
  ...(['enableLargerThanScreen', 'disableAutoHideCursor', 'roundedCorners', 'hiddenInMissionControl'] as const),
];

const PROVIDED_OPTIONS: readonly (keyof BrowserWindowConstructorOptions)[] = [
  ...(['width', 'height', 'x', 'y', 'show', 'kiosk', 'fullscreen', 'webPreferences'] as const),
];

const KNOWN_OPTIONS = new Set<string>([...COSMETIC_OPTIONS, ...PROVIDED_OPTIONS]);

// The only values that are true of a page in Chromium with its preload in an isolated world.
const FIXED_PREFERENCES: Readonly<Partial<WebPreferences>> = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  experimentalFeatures: false,
};

const KNOWN_PREFERENCES = new Set<string>([
  ...Object.keys(FIXED_PREFERENCES),
  ...['preload', 'additionalArguments', 'devTools', 'spellcheck', 'backgroundThrottling', 'navigateOnDragDrop'],
  ...['autoplayPolicy', 'disableDialogs', 'safeDialogs', 'enableWebSQL', 'webgl'],
  ...[
    'disableHtmlFullscreenWindowResize',
    'textAreasAreResizable',
    'scrollBounce',
    'v8CacheOptions',
    'minimumFontSize',
  ],
  ...['defaultEncoding', 'accessibleTitle'],
]);

/** Throws if the window asks for something that would be silently different here. */
export function checkWindowOptions(options: BrowserWindowConstructorOptions): void {
  const unknown = Object.keys(options).find((key) => !KNOWN_OPTIONS.has(key));
  if (unknown) throw notProvided(`the BrowserWindow option ${unknown}`);
  for (const [key, value] of Object.entries(options.webPreferences ?? {})) {
    if (!KNOWN_PREFERENCES.has(key)) throw notProvided(`the web preference ${key}`);
    const fixed = FIXED_PREFERENCES[key as keyof WebPreferences];
    if (fixed !== undefined && value !== fixed) throw notProvided(`${key}: ${String(value)}`);
  }
}
