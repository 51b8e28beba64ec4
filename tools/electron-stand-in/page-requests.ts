import type { DevtoolsPayload, DevtoolsSession } from './devtools-session.ts';
import { schemeHandler, toAppAddress, toPageAddress } from './protocol.ts';
import type { RequestFacts, Session } from './session.ts';

type Paused = DevtoolsPayload<'Fetch.requestPaused'>;
type Header = { name: string; value: string };

export interface PageRequestRules {
  readonly session: Session;
  readonly webContentsId: number;
  readonly mainFrameId: string;
  /** Whether the main frame may load this address; called for its documents only. */
  mayNavigate(appAddress: string, isRedirect: boolean): boolean;
  /** Awaited before the main frame's document is answered. */
  beforeDocument(appAddress: string): Promise<void>;
}

const RESOURCE_TYPES: Readonly<Record<string, string>> = {
  Stylesheet: 'stylesheet',
  Image: 'image',
  Media: 'media',
  Font: 'font',
  Script: 'script',
  XHR: 'xhr',
  Fetch: 'xhr',
  Ping: 'ping',
  CSPViolationReport: 'cspReport',
};
// Statuses whose Response must not have a body.
const NULL_BODY = new Set([101, 204, 205, 304]);

function listHeaders(headers: Record<string, string[]>): Header[] {
  return Object.entries(headers).flatMap(([name, values]) => [values].flat().map((value) => ({ name, value })));
}

function groupHeaders(headers: readonly Header[]): Record<string, string[]> {
  const grouped: Record<string, string[]> = {};
  for (const { name, value } of headers) (grouped[name] ??= []).push(value);
  return grouped;
}

function requestFor(appAddress: string, { request }: Paused): Request {
  const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  for (const name of ['referer', 'origin']) {
    const value = headers.get(name);
    if (value) headers.set(name, toAppAddress(value));
  }
  const parts = (request.postDataEntries ?? []).map(({ bytes }) => Buffer.from(bytes ?? '', 'base64'));
  if (request.hasPostData && parts.length === 0) throw new Error('the stand-in does not provide this request body');
  return new Request(appAddress, {
    method: request.method,
    headers,
    ...(parts.length ? { body: Buffer.concat(parts) } : {}),
  });
}

/** Answers the requests that one page makes, in the order in which Chromium pauses them. */
export class PageRequests {
  readonly #page: DevtoolsSession;
  readonly #rules: PageRequestRules;
  #count = 0;

  constructor(page: DevtoolsSession, rules: PageRequestRules) {
    this.#page = page;
    this.#rules = rules;
  }

  async enable(): Promise<void> {
    this.#page.on('Fetch.requestPaused', (paused) => {
      // A page that closes while its request is being answered is no failure.
      this.#answer(paused).catch(() => undefined);
    });
    const patterns = [{ urlPattern: '*' }, { urlPattern: '*', requestStage: 'Response' as const }];
    await this.#page.send('Fetch.enable', { patterns });
  }

  async #answer(paused: Paused): Promise<void> {
    if (paused.responseStatusCode !== undefined || paused.responseErrorReason) return this.#passResponse(paused);
    const address = toAppAddress(paused.request.url);
    const isMainDocument = paused.resourceType === 'Document' && paused.frameId === this.#rules.mainFrameId;
    if (isMainDocument && !this.#rules.mayNavigate(address, paused.redirectedRequestId !== undefined)) {
      return this.#fail(paused, 'Aborted');
    }
    const { cancel, redirectURL } = await this.#rules.session.webRequests.beforeRequest(this.#factsOf(paused));
    if (cancel) return this.#fail(paused, 'BlockedByClient');
    if (redirectURL) return this.#redirect(paused, redirectURL);
    if (isMainDocument) await this.#rules.beforeDocument(address);
    return this.#load(paused, address);
  }

  async #load(paused: Paused, address: string): Promise<void> {
    const handler = schemeHandler(address);
    if (handler === 'none') return this.#fail(paused, 'NameNotResolved');
    if (!handler) return void (await this.#page.send('Fetch.continueRequest', { requestId: paused.requestId }));
    let response: Response;
    let body: Buffer;
    try {
      response = await handler(requestFor(address, paused));
      body = Buffer.from(await response.arrayBuffer());
    } catch (error) {
      console.error(`The handler of ${address} failed:`, error);
      return this.#fail(paused, 'Failed');
    }
    if (response.type === 'error') return this.#fail(paused, 'Failed');
    await this.#fulfil(paused, response, body);
  }

  async #fulfil(paused: Paused, response: Response, body: Buffer): Promise<void> {
    const received = [...response.headers].map(([name, value]) => ({
      name,
      value: name === 'location' ? toPageAddress(value) : value,
    }));
    const { responseHeaders } = await this.#rules.session.webRequests.headersReceived({
      ...this.#factsOf(paused),
      statusCode: response.status,
      statusLine: `HTTP/1.1 ${response.status} ${response.statusText}`.trimEnd(),
      responseHeaders: groupHeaders(received),
    });
    await this.#page.send('Fetch.fulfillRequest', {
      requestId: paused.requestId,
      responseCode: response.status,
      responseHeaders: responseHeaders ? listHeaders(responseHeaders as Record<string, string[]>) : received,
      ...(NULL_BODY.has(response.status) ? {} : { body: body.toString('base64') }),
    });
  }

  async #passResponse(paused: Paused): Promise<void> {
    const { requestId, responseStatusCode, responseHeaders: received } = paused;
    if (responseStatusCode === undefined || !received)
      return void (await this.#page.send('Fetch.continueResponse', { requestId }));
    const { responseHeaders, cancel } = await this.#rules.session.webRequests.headersReceived({
      ...this.#factsOf(paused),
      statusCode: responseStatusCode,
      statusLine: `HTTP/1.1 ${responseStatusCode} ${paused.responseStatusText ?? ''}`.trimEnd(),
      responseHeaders: groupHeaders(received),
    });
    if (cancel) return this.#fail(paused, 'BlockedByClient');
    const changed = responseHeaders
      ? { responseCode: responseStatusCode, responseHeaders: listHeaders(responseHeaders as Record<string, string[]>) }
      : {};
    await this.#page.send('Fetch.continueResponse', { requestId, ...changed });
  }

  async #redirect(paused: Paused, address: string): Promise<void> {
    await this.#page.send('Fetch.fulfillRequest', {
      requestId: paused.requestId,
      responseCode: 307,
      responseHeaders: [{ name: 'location', value: toPageAddress(address) }],
    });
  }

  async #fail(
    paused: Paused,
    errorReason: 'Aborted' | 'BlockedByClient' | 'Failed' | 'NameNotResolved',
  ): Promise<void> {
    await this.#page.send('Fetch.failRequest', { requestId: paused.requestId, errorReason });
  }

  #factsOf({ request, resourceType, frameId }: Paused): RequestFacts {
    const document = frameId === this.#rules.mainFrameId ? 'mainFrame' : 'subFrame';
    return {
      id: ++this.#count,
      url: toAppAddress(request.url),
      method: request.method,
      resourceType: resourceType === 'Document' ? document : (RESOURCE_TYPES[resourceType] ?? 'other'),
      webContentsId: this.#rules.webContentsId,
      referrer: toAppAddress(request.headers['Referer'] ?? ''),
      timestamp: Date.now(),
    };
  }
}
