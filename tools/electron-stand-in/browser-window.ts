import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserWindow as ElectronBrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { app } from './app.ts';
import type { CapturedImage } from './captured-image.ts';
import { chromium } from './chromium.ts';
import { hostSettings } from './host-settings.ts';
import { strictEmitter } from './not-provided.ts';
import { preventableEvent } from './preventable-event.ts';
import { displayBounds } from './screen.ts';
import { WebContents } from './web-contents.ts';
import { checkWindowOptions } from './window-options.ts';
import { windowList } from './window-list.ts';

const EMITTED_EVENTS = [
  'ready-to-show',
  'show',
  'hide',
  'focus',
  'close',
  'closed',
  'enter-full-screen',
  'leave-full-screen',
];
const ACCEPTED_EVENTS = [
  ...['blur', 'resize', 'resized', 'move', 'moved', 'minimize', 'restore', 'maximize', 'unmaximize', 'unresponsive'],
  ...['responsive', 'page-title-updated', 'session-end', 'query-session-end', 'app-command', 'system-context-menu'],
  ...['always-on-top-changed', 'will-resize', 'will-move'],
];

// Electron's own defaults.
const DEFAULT_SIZE = { width: 800, height: 600 };

type Provided = Pick<
  ElectronBrowserWindow,
  | ('loadURL' | 'loadFile' | 'close' | 'destroy' | 'isDestroyed' | 'show' | 'showInactive' | 'hide' | 'isVisible')
  | ('focus' | 'isFocused' | 'getBounds' | 'setBounds' | 'getContentBounds' | 'getSize' | 'setSize' | 'getContentSize')
  | ('setContentSize' | 'setPosition' | 'setKiosk' | 'isKiosk' | 'setFullScreen' | 'isFullScreen' | 'reload')
>;

/** `BrowserWindow`: a page in a Chromium window of its own. Without a screen, the page is exactly the window's size. */
export class BrowserWindow
  extends strictEmitter('BrowserWindow', [...EMITTED_EVENTS, ...ACCEPTED_EVENTS])
  implements Provided
{
  static #focused: BrowserWindow | undefined;

  static getAllWindows(): BrowserWindow[] {
    return [...windowList] as BrowserWindow[];
  }
  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.#focused ?? null;
  }
  static fromId(id: number): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.id === id) ?? null;
  }
  static fromWebContents(contents: object): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null;
  }

  readonly webContents: WebContents;
  readonly id: number;
  #normalBounds: Rectangle;
  #isKiosk: boolean;
  #isFullScreen: boolean;
  #isVisible: boolean;
  #isReady = false;
  #isDestroyed = false;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    checkWindowOptions(options);
    chromium();
    this.#normalBounds = { x: options.x ?? 0, y: options.y ?? 0, ...DEFAULT_SIZE };
    this.#normalBounds.width = options.width ?? DEFAULT_SIZE.width;
    this.#normalBounds.height = options.height ?? DEFAULT_SIZE.height;
    this.#isKiosk = options.kiosk ?? false;
    this.#isFullScreen = options.fullscreen ?? false;
    this.#isVisible = options.show ?? true;
    this.webContents = this.#openPage(options.webPreferences ?? {});
    this.id = this.webContents.id;
    windowList.add(this);
    if (this.#isVisible) BrowserWindow.#focused = this;
    app.emit('browser-window-created', preventableEvent({}), this);
    app.emit('web-contents-created', preventableEvent({}), this.webContents);
  }

  loadURL(address: string): Promise<void> {
    return this.webContents.loadURL(address);
  }
  loadFile(path: string): Promise<void> {
    return this.loadURL(pathToFileURL(resolve(hostSettings().appDirectory, path)).href);
  }
  reload(): void {
    this.webContents.reload();
  }
  capturePage(...area: never[]): Promise<CapturedImage> {
    return this.webContents.capturePage(...area);
  }

  /** Asks the listeners of `close`, then closes. */
  close(): void {
    if (this.#isDestroyed) return;
    const event = preventableEvent({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }
  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    windowList.delete(this);
    if (BrowserWindow.#focused === this) BrowserWindow.#focused = undefined;
    this.webContents.destroy();
    this.emit('closed', preventableEvent({}));
    app.windowClosed();
  }
  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  show(): void {
    this.showInactive();
    this.focus();
  }
  showInactive(): void {
    if (this.#isVisible) return;
    this.#isVisible = true;
    this.emit('show');
  }
  hide(): void {
    if (!this.#isVisible) return;
    this.#isVisible = false;
    this.emit('hide');
  }
  isVisible(): boolean {
    return this.#isVisible;
  }
  focus(): void {
    BrowserWindow.#focused = this;
    this.webContents.focus();
    this.emit('focus');
  }
  isFocused(): boolean {
    return BrowserWindow.#focused === this;
  }

  getBounds(): Rectangle {
    return this.#isKiosk || this.#isFullScreen ? displayBounds() : { ...this.#normalBounds };
  }
  setBounds(bounds: Partial<Rectangle>): void {
    this.#normalBounds = { ...this.#normalBounds, ...bounds };
    this.webContents.moveTo(this.getBounds());
  }
  getContentBounds(): Rectangle {
    return this.getBounds();
  }
  getSize(): [number, number] {
    const { width, height } = this.getBounds();
    return [width, height];
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  getContentSize(): [number, number] {
    return this.getSize();
  }
  setContentSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }
  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }
  setKiosk(isKiosk: boolean): void {
    this.#isKiosk = isKiosk;
    this.#fillScreenOrNot();
  }
  isKiosk(): boolean {
    return this.#isKiosk;
  }
  setFullScreen(isFullScreen: boolean): void {
    this.#isFullScreen = isFullScreen;
    this.#fillScreenOrNot();
    this.emit(isFullScreen ? 'enter-full-screen' : 'leave-full-screen');
  }
  isFullScreen(): boolean {
    return this.#isFullScreen || this.#isKiosk;
  }

  // The window manager's side of a window, which Chromium's windows here don't have.
  setMenu(): void {}
  removeMenu(): void {}
  setMenuBarVisibility(): void {}
  setAutoHideMenuBar(): void {}
  setAlwaysOnTop(): void {}
  setVisibleOnAllWorkspaces(): void {}
  setContentProtection(): void {}
  setSkipTaskbar(): void {}
  setResizable(): void {}
  setMovable(): void {}
  setMinimizable(): void {}
  setMaximizable(): void {}
  setClosable(): void {}
  setFullScreenable(): void {}
  setBackgroundColor(): void {}
  setTitle(): void {}
  moveTop(): void {}

  #openPage(preferences: NonNullable<BrowserWindowConstructorOptions['webPreferences']>): WebContents {
    const contents = new WebContents({
      place: this.getBounds(),
      preload: preferences.preload,
      preloadArguments: preferences.additionalArguments ?? [],
    });
    contents.onClosedByChromium = () => this.destroy();
    contents.onRendererGone = (details) => app.emit('render-process-gone', preventableEvent({}), contents, details);
    contents.onFirstPaint = () => {
      if (!this.#isReady) this.emit('ready-to-show');
      this.#isReady = true;
    };
    if (this.isFullScreen()) contents.setFullScreen(true);
    else contents.moveTo(this.getBounds());
    return contents;
  }

  #fillScreenOrNot(): void {
    this.webContents.setFullScreen(this.isFullScreen());
    if (chromium().isHeadless || !this.isFullScreen()) this.webContents.moveTo(this.getBounds());
  }
}
