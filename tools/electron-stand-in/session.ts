import type { CallbackResponse, HeadersReceivedResponse, Session as ElectronSession, WebRequestFilter } from 'electron';
import { chromium } from './chromium.ts';
import { notProvided, strictEmitter, strictObject } from './not-provided.ts';
import { settlePermissions } from './page-permissions.ts';
import { protocol, toPageAddress } from './protocol.ts';

type RequestHandler = Parameters<ElectronSession['setPermissionRequestHandler']>[0];
type CheckHandler = Parameters<ElectronSession['setPermissionCheckHandler']>[0];

export interface RequestFacts {
  readonly id: number;
  readonly url: string;
  readonly method: string;
  readonly resourceType: string;
  readonly webContentsId: number;
  readonly referrer: string;
  readonly timestamp: number;
}
export interface ResponseFacts extends RequestFacts {
  readonly statusCode: number;
  readonly statusLine: string;
  readonly responseHeaders: Record<string, string[]>;
}
type Interceptor<Facts, Answer> = (facts: Facts, callback: (answer: Answer) => void) => void;
interface Interception<Facts, Answer> {
  readonly patterns: readonly RegExp[];
  readonly intercept: Interceptor<Facts, Answer>;
}

// Match patterns such as `https://*.example/*`; `<all_urls>` is any address.
function patternOf(text: string): RegExp {
  if (text === '<all_urls>') return /^/;
  return new RegExp(`^${text.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);
}

/** The two `webRequest` hooks that the application may set. */
export class WebRequests {
  #beforeRequest: Interception<RequestFacts, CallbackResponse> | undefined;
  #headersReceived: Interception<ResponseFacts, HeadersReceivedResponse> | undefined;

  readonly forApp = strictObject('session.webRequest', {
    onBeforeRequest: (...args: unknown[]): void => {
      this.#beforeRequest = this.#read(args);
    },
    onHeadersReceived: (...args: unknown[]): void => {
      this.#headersReceived = this.#read(args);
    },
  });

  /** What `onBeforeRequest` says: `{}` lets the request pass. */
  beforeRequest(facts: RequestFacts): Promise<CallbackResponse> {
    return this.#ask(this.#beforeRequest, facts, {});
  }

  /** What `onHeadersReceived` says: `{}` keeps the headers. */
  headersReceived(facts: ResponseFacts): Promise<HeadersReceivedResponse> {
    return this.#ask(this.#headersReceived, facts, {});
  }

  #read<F, A>(args: unknown[]): Interception<F, A> | undefined {
    const intercept = args.at(-1) as Interceptor<F, A> | null;
    const filter = args.length > 1 ? (args[0] as WebRequestFilter) : { urls: ['<all_urls>'] };
    return intercept ? { patterns: filter.urls.map(patternOf), intercept } : undefined;
  }

  async #ask<F extends RequestFacts, A>(hook: Interception<F, A> | undefined, facts: F, fallback: A): Promise<A> {
    if (!hook?.patterns.some((pattern) => pattern.test(facts.url))) return fallback;
    return new Promise((resolve) => hook.intercept(facts, resolve));
  }
}

const ACCEPTED_EVENTS = [
  ...['will-download', 'extension-loaded', 'preconnect', 'spellcheck-dictionary-initialized'],
  ...['select-hid-device', 'select-serial-port', 'select-usb-device', 'hid-device-added', 'serial-port-added'],
  ...['usb-device-added', 'file-system-access-restricted'],
];

/** The one session; there are no partitions. */
export class Session
  extends strictEmitter('session', ACCEPTED_EVENTS)
  implements
    Pick<ElectronSession, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'>
{
  readonly protocol = protocol;
  readonly webRequests = new WebRequests();
  readonly webRequest = this.webRequests.forApp;
  requestHandler: RequestHandler = null;
  checkHandler: CheckHandler = null;
  /** The origins loaded so far, in the application's own scheme, and the web contents that loaded each last. */
  readonly visitedOrigins = new Map<string, object>();

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.requestHandler = handler;
    this.#settleAgain();
  }
  setPermissionCheckHandler(handler: CheckHandler): void {
    this.checkHandler = handler;
    this.#settleAgain();
  }
  // The three below only ever withhold something, and Chromium offers no device or screen here without a person choosing it.
  setDevicePermissionHandler(): void {}
  setDisplayMediaRequestHandler(): void {}
  setSpellCheckerEnabled(enable: boolean): void {
    if (enable) throw notProvided('session.setSpellCheckerEnabled(true)');
  }
  /** Clears cookies, storage and caches of every origin this run has visited. */
  async clearStorageData(): Promise<void> {
    for (const origin of this.visitedOrigins.keys()) {
      await chromium().targets.clearOriginData(toPageAddress(origin).replace(/\/$/, ''));
    }
  }
  // Handlers that are set after a document was loaded hold for it too.
  #settleAgain(): void {
    for (const [origin, contents] of this.visitedOrigins) {
      settlePermissions(this, contents, `${origin}/`).catch((error: unknown) =>
        console.error('permissions could not be set:', error),
      );
    }
  }
}

const defaultSession = new Session();

export const session = strictObject('session', { defaultSession });
