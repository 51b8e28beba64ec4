import type { ChromiumPipe } from './chromium-pipe.ts';
import type { DevtoolsPayload, DevtoolsSession } from './devtools-session.ts';

export interface PageTarget {
  readonly targetId: string;
  readonly session: DevtoolsSession;
}

export interface WindowPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

// A page may close before it answers; its detachment is reported anyway.
function send(page: DevtoolsSession, ...command: Parameters<DevtoolsSession['send']>): void {
  page.send(...command).catch(() => undefined);
}

/** Opens pages, and closes every page that a page opened by itself before it can load anything. */
export class PageTargets {
  readonly #pipe: ChromiumPipe;
  readonly #browser: DevtoolsSession;
  readonly #sessionIds = new Map<string, string>();
  readonly #whenClosed = new Map<string, () => void>();

  constructor(pipe: ChromiumPipe) {
    this.#pipe = pipe;
    this.#browser = pipe.session();
  }

  /** Attaches to every page there is or will be; new ones wait until they are looked at. */
  async watch(): Promise<void> {
    this.#browser.on('Target.attachedToTarget', (payload) => this.#attached(payload));
    this.#browser.on('Target.detachedFromTarget', ({ sessionId }) => {
      for (const [targetId, id] of this.#sessionIds) if (id === sessionId) this.#closed(targetId);
    });
    await this.#browser.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
      filter: [{ type: 'page' }],
    });
  }

  /** Opens a blank page in a window of its own. `onClosed` is called once when it is gone, whoever closed it. */
  async open({ x, y, width, height }: WindowPlace, onClosed: () => void): Promise<PageTarget> {
    const place = { left: x, top: y, width, height };
    const { targetId } = await this.#browser.send('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
      ...place,
    });
    const sessionId = this.#sessionIds.get(targetId);
    if (sessionId === undefined) throw new Error('Chromium opened a page without attaching to it');
    this.#whenClosed.set(targetId, onClosed);
    return { targetId, session: this.#pipe.session(sessionId) };
  }

  /** Closes the page; one that is already gone is no failure. */
  async close(targetId: string): Promise<void> {
    await this.#browser.send('Target.closeTarget', { targetId }).catch(() => undefined);
  }

  /** Clears cookies, storage and caches of one origin, through any open page; without one there is nothing in use. */
  async clearOriginData(origin: string): Promise<void> {
    const [sessionId] = this.#sessionIds.values();
    if (sessionId === undefined) throw new Error('storage can only be cleared while a window is open');
    await this.#pipe.session(sessionId).send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  }

  #attached({ sessionId, targetInfo }: DevtoolsPayload<'Target.attachedToTarget'>): void {
    const page = this.#pipe.session(sessionId);
    const isPopup = targetInfo.openerId !== undefined;
    if (isPopup) send(page, 'Fetch.enable', { patterns: [{ urlPattern: '*' }] });
    else this.#sessionIds.set(targetInfo.targetId, sessionId);
    // A popup has to run too before it is closed, or its opener waits in window.open for ever.
    send(page, 'Runtime.runIfWaitingForDebugger');
    if (isPopup) void this.close(targetInfo.targetId);
  }

  #closed(targetId: string): void {
    this.#sessionIds.delete(targetId);
    this.#whenClosed.get(targetId)?.();
    this.#whenClosed.delete(targetId);
  }
}
