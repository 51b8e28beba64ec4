import type { PrinterInfo, WebContents as ElectronWebContents, WebContentsPrintOptions } from 'electron';
import { capturedImage } from './captured-image.ts';
import type { CapturedImage } from './captured-image.ts';
import { chromium } from './chromium.ts';
import { notProvided, strictEmitter } from './not-provided.ts';
import { attachPage, sizePage } from './page-attachment.ts';
import type { AttachedPage, PageSettings } from './page-attachment.ts';
import { watchConsole } from './page-console.ts';
import { pageFrame } from './page-frame.ts';
import { PageIpc } from './page-ipc.ts';
import { PageLoads } from './page-loads.ts';
import type { LoadEvent } from './page-loads.ts';
import { settlePermissions } from './page-permissions.ts';
import { PageRequests } from './page-requests.ts';
import { paperParameters, type PrintOptions } from './printed-page.ts';
import type { WindowPlace } from './page-targets.ts';
import { preventableEvent } from './preventable-event.ts';
import { toAppAddress } from './protocol.ts';
import { session } from './session.ts';

type WindowOpenHandler = Parameters<ElectronWebContents['setWindowOpenHandler']>[0];

const EMITTED_EVENTS = [
  ...['did-finish-load', 'did-fail-load', 'dom-ready', 'did-navigate', 'did-navigate-in-page', 'will-navigate'],
  ...['will-redirect', 'render-process-gone', 'console-message', 'destroyed'],
];
// Listening for these is harmless: nothing here can cause them, or Chromium doesn't tell.
const ACCEPTED_EVENTS = [
  ...['before-input-event', 'context-menu', 'unresponsive', 'responsive', 'will-attach-webview', 'did-create-window'],
  ...['will-frame-navigate', 'did-start-navigation', 'did-start-loading', 'did-stop-loading', 'preload-error'],
  ...['zoom-changed', 'devtools-opened', 'certificate-error', 'select-bluetooth-device', 'will-prevent-unload'],
  ...['media-started-playing', 'media-paused', 'login', 'before-mouse-event', 'did-attach-webview'],
];

export interface RendererGone {
  readonly reason: 'crashed';
  readonly exitCode: number;
}

type Provided = Pick<
  ElectronWebContents,
  | ('send' | 'getURL' | 'isDestroyed' | 'isCrashed' | 'isLoading' | 'loadURL' | 'reload' | 'focus')
  | ('reloadIgnoringCache' | 'executeJavaScript' | 'forcefullyCrashRenderer' | 'setWindowOpenHandler')
  | ('getPrintersAsync' | 'print')
  | ('setVisualZoomLevelLimits' | 'openDevTools' | 'closeDevTools' | 'isDevToolsOpened' | 'setBackgroundThrottling')
  | 'printToPDF'
>;

// Chromium's net::ERR_FAILED, and the exit code of a segmentation fault (128 + SIGSEGV).
const FAILED = -2;
const CRASHED = 139;

// Chromium's window has a frame and bars of its own, so its page is sized apart from its place.
async function moveWindow(windowId: number, { x, y, width, height }: WindowPlace): Promise<void> {
  await chromium().browser.send('Browser.setWindowBounds', { windowId, bounds: { left: x, top: y } });
  await chromium().browser.send('Browser.setContentsSize', { windowId, width, height });
}

let lastId = 0;

/** `webContents` of one window: a page in Chromium, attached to asynchronously while the application goes on. */
export class WebContents
  extends strictEmitter('webContents', [...EMITTED_EVENTS, ...ACCEPTED_EVENTS])
  implements Provided
{
  readonly id: number = ++lastId;
  readonly session = session.defaultSession;
  readonly mainFrame = pageFrame(
    () => this.#loads?.address ?? '',
    () => this.#isDestroyed,
  );
  /** Set by the window: the page went away without being asked to. */
  onClosedByChromium: () => void = () => undefined;
  /** Set by the window: the first document is there to be shown. */
  onFirstPaint: () => void = () => undefined;
  /** Set by the window: tells the application as a whole. */
  onRendererGone: (details: RendererGone) => void = () => undefined;
  readonly #attached: Promise<AttachedPage>;
  #loads: PageLoads | undefined;
  #ipc: PageIpc | undefined;
  #pendingAddress: string | undefined;
  #isDestroyed = false;
  #isCrashed = false;
  #isLoading = false;
  #windowOpenHandler: WindowOpenHandler | undefined;

  constructor(settings: PageSettings) {
    super();
    this.#attached = this.#attach(settings);
    this.#attached.catch((error: unknown) => {
      if (!this.#isDestroyed) console.error('a window could not be opened:', error);
    });
  }

  /** Messages sent before the page is attached keep their order and follow it. */
  send(channel: string, ...args: unknown[]): void {
    if (this.#isDestroyed) throw new TypeError('Object has been destroyed');
    if (this.#ipc) this.#ipc.send(channel, args);
    else this.#attached.then(() => this.#ipc?.send(channel, args)).catch(() => undefined);
  }
  postMessage(): never {
    throw notProvided('webContents.postMessage (MessagePort transfer)');
  }
  /** The address being loaded, if any, as Electron gives it; a message's `senderFrame.url` is the document's own. */
  getURL(): string {
    return this.#pendingAddress ?? this.#loads?.address ?? '';
  }
  isDestroyed(): boolean {
    return this.#isDestroyed;
  }
  isCrashed(): boolean {
    return this.#isCrashed;
  }
  isLoading(): boolean {
    return this.#isLoading;
  }
  async loadURL(address: string): Promise<void> {
    if (this.#isDestroyed) throw new TypeError('Object has been destroyed');
    await this.#attached;
    this.#isLoading = true;
    await this.#loads?.load(address);
  }
  reload(): void {
    this.#whenAttached(() => this.#loads?.reload(false));
  }
  reloadIgnoringCache(): void {
    this.#whenAttached(() => this.#loads?.reload(true));
  }
  focus(): void {
    this.#whenAttached(({ session: page }) => page.send('Page.bringToFront'));
  }
  /** Runs `code` in the page's own world. The result crosses as JSON, unlike Electron's structured clone. */
  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    const { session: page } = await this.#attached;
    const evaluation = { expression: code, awaitPromise: true, returnByValue: true, userGesture };
    const { result, exceptionDetails } = await page.send('Runtime.evaluate', evaluation);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as unknown;
  }
  async capturePage(...area: never[]): Promise<CapturedImage> {
    if (area.length > 0) throw notProvided('webContents.capturePage of a part of the page');
    const { session: page } = await this.#attached;
    const { data } = await page.send('Page.captureScreenshot', { format: 'png' });
    return capturedImage(Buffer.from(data, 'base64'));
  }
  /** Nothing can be printed here: a machine without printers, as Electron tells of one. */
  async getPrintersAsync(): Promise<PrinterInfo[]> {
    return [];
  }
  print(_options: WebContentsPrintOptions = {}, done?: (success: boolean, failureReason: string) => void): void {
    queueMicrotask(() => done?.(false, 'No printers available on the network'));
  }
  async printToPDF(options: PrintOptions): Promise<Buffer> {
    const { session: page } = await this.#attached;
    const { data } = await page.send('Page.printToPDF', paperParameters(options));
    return Buffer.from(data, 'base64');
  }
  forcefullyCrashRenderer(): void {
    // The renderer dies before it can answer.
    this.#whenAttached(({ session: page }) => page.send('Page.crash').catch(() => undefined));
  }
  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#windowOpenHandler = handler;
  }
  async setVisualZoomLevelLimits(minimum: number, maximum: number): Promise<void> {
    if (minimum !== 1 || maximum !== 1) throw notProvided('webContents.setVisualZoomLevelLimits other than (1, 1)');
  }
  setZoomFactor(factor: number): void {
    if (factor !== 1) throw notProvided('webContents.setZoomFactor other than 1');
  }
  setZoomLevel(level: number): void {
    if (level !== 0) throw notProvided('webContents.setZoomLevel other than 0');
  }
  // Chromium is started with throttling off, and there is no window to show the tools in.
  setBackgroundThrottling(): void {}
  setIgnoreMenuShortcuts(): void {}
  openDevTools(): void {}
  closeDevTools(): void {}
  isDevToolsOpened(): boolean {
    return false;
  }

  /** Gives the page a new size or place. */
  moveTo(place: WindowPlace): void {
    this.#whenAttached(async ({ session: page }) => {
      if (chromium().isHeadless) return sizePage(page, place);
      return this.#onWindow((windowId) => moveWindow(windowId, place));
    });
  }
  setFullScreen(isFullScreen: boolean): void {
    if (chromium().isHeadless) return;
    const windowState = isFullScreen ? 'fullscreen' : 'normal';
    this.#whenAttached(() =>
      this.#onWindow((windowId) =>
        chromium().browser.send('Browser.setWindowBounds', { windowId, bounds: { windowState } }),
      ),
    );
  }
  /** Closes the page in Chromium; called by its window. */
  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.#loads?.abandon('net::ERR_ABORTED: the window was closed');
    this.#attached.then(({ targetId }) => chromium().targets.close(targetId)).catch(() => undefined);
    this.emit('destroyed');
  }

  async #attach(settings: PageSettings): Promise<AttachedPage> {
    const page = await attachPage(
      settings,
      () => this.onClosedByChromium(),
      (opened) => this.#listen(opened),
    );
    const requests = new PageRequests(page.session, {
      session: this.session,
      webContentsId: this.id,
      mainFrameId: page.mainFrameId,
      mayNavigate: (address, isRedirect) => this.#mayNavigate(address, isRedirect),
      beforeDocument: (address) => this.#beforeDocument(address),
    });
    await requests.enable();
    return page;
  }

  #listen(page: AttachedPage): void {
    this.#loads = new PageLoads(page, (event) => this.#reportLoad(event));
    const origin = { contents: this, mainFrame: this.mainFrame, processId: this.id };
    this.#ipc = new PageIpc(page.session, origin, page.preloadWorld, page.mainFrameId);
    watchConsole(page.session, (message) =>
      this.emit(
        'console-message',
        preventableEvent({ ...message, sourceId: toAppAddress(message.sourceId), frame: this.mainFrame }),
      ),
    );
    page.session.on('Page.windowOpen', ({ url, windowName, windowFeatures }) =>
      this.#refuseWindow(url, windowName, windowFeatures),
    );
    page.session.on('Inspector.targetCrashed', () => this.#crashed());
  }

  #mayNavigate(url: string, isRedirect: boolean): boolean {
    if (this.#loads?.takeAskedForByApp()) return true;
    const event = preventableEvent({ url, isMainFrame: true, isSameDocument: false, frame: this.mainFrame });
    this.emit(isRedirect ? 'will-redirect' : 'will-navigate', event, url);
    return !event.defaultPrevented;
  }

  async #beforeDocument(address: string): Promise<void> {
    this.session.visitedOrigins.set(address.split('/', 3).join('/'), this);
    this.#pendingAddress = address;
    await settlePermissions(this.session, this, address);
  }

  #reportLoad(event: LoadEvent): void {
    this.#isLoading = event.kind === 'navigated' || event.kind === 'dom-ready';
    if (event.kind === 'navigated' || event.kind === 'failed') this.#pendingAddress = undefined;
    if (event.kind === 'navigated') this.#isCrashed = false;
    if (event.kind === 'navigated') this.emit('did-navigate', preventableEvent({}), event.address, 200, '');
    if (event.kind === 'navigated-in-page')
      this.emit('did-navigate-in-page', preventableEvent({}), event.address, true);
    if (event.kind === 'dom-ready') this.emit('dom-ready', preventableEvent({}));
    if (event.kind === 'finished') {
      this.emit('did-finish-load', preventableEvent({}));
      this.onFirstPaint();
    }
    if (event.kind === 'failed') {
      this.emit('did-fail-load', preventableEvent({}), FAILED, event.errorText, event.address, true);
    }
  }

  // Chromium has already closed the new page, or never made it.
  #refuseWindow(url: string, frameName: string, features: readonly string[]): void {
    const answer = this.#windowOpenHandler?.({
      url: toAppAddress(url),
      frameName,
      features: features.join(','),
      disposition: 'new-window',
      referrer: { url: this.getURL(), policy: 'default' },
    });
    if (answer?.action !== 'deny') console.error(notProvided('windows opened by a page').message);
  }

  #crashed(): void {
    const details: RendererGone = { reason: 'crashed', exitCode: CRASHED };
    this.#isCrashed = true;
    this.#loads?.abandon('net::ERR_FAILED: the renderer crashed');
    this.emit('render-process-gone', preventableEvent({}), details);
    this.onRendererGone(details);
  }

  async #onWindow(act: (windowId: number) => Promise<unknown>): Promise<void> {
    const { targetId } = await this.#attached;
    const { windowId } = await chromium().browser.send('Browser.getWindowForTarget', { targetId });
    await act(windowId);
  }

  #whenAttached(act: (page: AttachedPage) => Promise<unknown> | undefined): void {
    this.#attached.then(act).catch((error: unknown) => {
      if (!this.#isDestroyed) console.error('a page could not be reached:', error);
    });
  }
}
