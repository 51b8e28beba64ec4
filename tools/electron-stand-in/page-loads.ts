import type { AttachedPage } from './page-attachment.ts';
import { toAppAddress, toPageAddress } from './protocol.ts';

export type LoadEvent =
  | { readonly kind: 'navigated' | 'navigated-in-page'; readonly address: string }
  | { readonly kind: 'dom-ready' | 'finished' }
  | { readonly kind: 'failed'; readonly address: string; readonly errorText: string };

interface Waiting {
  readonly loaderId: string;
  resolve(): void;
  reject(error: Error): void;
}

/** Follows the documents of a page's main frame. */
export class PageLoads {
  address = 'about:blank';
  readonly #page: AttachedPage;
  readonly #report: (event: LoadEvent) => void;
  #documentLoader: string | undefined;
  #finishedLoader: string | undefined;
  #waiting: Waiting | undefined;
  #isAskedForByApp = false;

  constructor(page: AttachedPage, report: (event: LoadEvent) => void) {
    this.#page = page;
    this.#report = report;
    const { session, mainFrameId } = page;
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.id === mainFrameId) this.#navigated(frame.loaderId, `${frame.url}${frame.urlFragment ?? ''}`);
    });
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId !== mainFrameId) return;
      this.address = toAppAddress(url);
      report({ kind: 'navigated-in-page', address: this.address });
    });
    session.on('Page.lifecycleEvent', ({ frameId, loaderId, name }) => {
      if (frameId !== mainFrameId || loaderId !== this.#documentLoader) return;
      if (name === 'DOMContentLoaded') report({ kind: 'dom-ready' });
      if (name === 'load') this.#finished(loaderId);
    });
  }

  /** True once after the application itself asked for a document: such a navigation isn't the page's own. */
  takeAskedForByApp(): boolean {
    const asked = this.#isAskedForByApp;
    this.#isAskedForByApp = false;
    return asked;
  }

  /** Loads `address` and resolves when it has finished; rejects as Electron does when it fails or is replaced. */
  async load(address: string): Promise<void> {
    this.#isAskedForByApp = true;
    const { loaderId, errorText } = await this.#page.session.send('Page.navigate', { url: toPageAddress(address) });
    this.#isAskedForByApp = false;
    if (errorText) {
      this.#report({ kind: 'failed', address, errorText });
      throw new Error(`${errorText} loading '${address}'`);
    }
    if (loaderId === undefined || loaderId === this.#finishedLoader) return;
    await new Promise<void>((resolve, reject) => (this.#waiting = { loaderId, resolve, reject }));
  }

  async reload(ignoreCache: boolean): Promise<void> {
    this.#isAskedForByApp = true;
    await this.#page.session.send('Page.reload', { ignoreCache });
  }

  /** Rejects a load that can't finish any more. */
  abandon(reason: string): void {
    this.#waiting?.reject(new Error(reason));
    this.#waiting = undefined;
  }

  #navigated(loaderId: string, url: string): void {
    this.#documentLoader = loaderId;
    this.address = toAppAddress(url);
    if (this.#waiting && this.#waiting.loaderId !== loaderId)
      this.abandon('net::ERR_ABORTED: another document was loaded');
    this.#report({ kind: 'navigated', address: this.address });
  }

  #finished(loaderId: string): void {
    this.#finishedLoader = loaderId;
    this.#report({ kind: 'finished' });
    if (this.#waiting?.loaderId !== loaderId) return;
    this.#waiting.resolve();
    this.#waiting = undefined;
  }
}
