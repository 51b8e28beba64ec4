// Everything here is injected as source text into a page: nothing may refer to anything outside its own function.

interface BridgeCall {
  readonly id: string;
  readonly call: string;
  readonly args: unknown;
}

interface BridgeReturn {
  readonly call: string;
  readonly value?: unknown;
  readonly error?: string;
  readonly promise?: string;
}

/** One end of the tunnel between the page's world and the preload's. */
export interface WorldBridge {
  /** Defines `window[key]` in the page as a frozen copy of `api`, its functions replaced by proxies. */
  expose(key: string, api: unknown): void;
}

declare const document: EventTarget;

/**
 * Builds one end. Both ends share the document, so a synchronous `CustomEvent` crosses worlds, and the browser
 * structured-clones its `detail`; functions cross as numbered references. The token keeps the event names unguessable.
 */
export function worldBridge(world: 'page' | 'preload', token: string): WorldBridge {
  type Callable = (...args: unknown[]) => unknown;
  const other = world === 'page' ? 'preload' : 'page';
  const FUNCTION = '\u0000function';
  // Taken before any page script runs, so a page can't replace them.
  const dispatch = document.dispatchEvent.bind(document);
  const Signal = CustomEvent;
  const functions = new Map<string, Callable>();
  const known = new WeakMap<Callable, string>();
  const pending = new Map<string, (result: BridgeReturn) => void>();
  let sequence = 0;

  const fire = (kind: string, detail: unknown): boolean =>
    dispatch(new Signal(`${token}:${other}:${kind}`, { detail }));
  const listen = <T>(kind: string, receive: (detail: T) => void): void =>
    document.addEventListener(`${token}:${world}:${kind}`, (event) => {
      event.stopImmediatePropagation();
      receive((event as CustomEvent<T>).detail);
    });
  const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
  const isPlain = (value: unknown): value is Record<string, unknown> =>
    value !== null &&
    typeof value === 'object' &&
    [Object.prototype, null].includes(Object.getPrototypeOf(value) as null);

  function refer(fn: Callable): Record<string, string> {
    const id = known.get(fn) ?? `${world}${++sequence}`;
    known.set(fn, id);
    functions.set(id, fn);
    return { [FUNCTION]: id };
  }
  function pack(value: unknown): unknown {
    if (typeof value === 'function') return refer(value as Callable);
    if (Array.isArray(value)) return value.map(pack);
    return isPlain(value) ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, pack(v)])) : value;
  }
  function unpack(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(unpack);
    if (!isPlain(value)) return value;
    const id = value[FUNCTION];
    if (typeof id === 'string') return proxy(id);
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, unpack(v)]));
  }
  function freeze(value: unknown): unknown {
    if (Array.isArray(value)) value.forEach(freeze);
    else if (isPlain(value)) Object.values(value).forEach(freeze);
    return Array.isArray(value) || isPlain(value) || typeof value === 'function' ? Object.freeze(value) : value;
  }
  function later(promise: string): Promise<unknown> {
    return new Promise((resolve, reject) =>
      pending.set(promise, (result) => {
        pending.delete(promise);
        if (result.error === undefined) resolve(unpack(result.value));
        else reject(new Error(result.error));
      }),
    );
  }
  function proxy(id: string): Callable {
    return (...args) => {
      const call = `${world}-${++sequence}`;
      let result: BridgeReturn | undefined;
      pending.set(call, (answer) => (result = answer));
      fire('call', { id, call, args: pack(args) } satisfies BridgeCall);
      pending.delete(call);
      if (!result) throw new Error('the other world is gone');
      if (result.promise !== undefined) return later(result.promise);
      if (result.error !== undefined) throw new Error(result.error);
      return unpack(result.value);
    };
  }
  function settleLater(promise: string, outcome: Promise<unknown>): void {
    outcome.then(
      (value) => fire('return', { call: promise, value: pack(value) } satisfies BridgeReturn),
      (error: unknown) => fire('return', { call: promise, error: messageOf(error) } satisfies BridgeReturn),
    );
  }

  listen<BridgeCall>('call', ({ id, call, args }) => {
    try {
      const outcome = functions.get(id)?.(...(unpack(args) as unknown[]));
      if (typeof (outcome as Promise<unknown> | undefined)?.then === 'function') {
        fire('return', { call, promise: `${call}+` } satisfies BridgeReturn);
        settleLater(`${call}+`, outcome as Promise<unknown>);
      } else {
        fire('return', { call, value: pack(outcome) } satisfies BridgeReturn);
      }
    } catch (error) {
      fire('return', { call, error: messageOf(error) } satisfies BridgeReturn);
    }
  });
  listen<BridgeReturn>('return', (result) => pending.get(result.call)?.(result));
  if (world === 'page') {
    listen<{ key: string; api: unknown }>('expose', ({ key, api }) =>
      Object.defineProperty(globalThis, key, { value: freeze(unpack(api)), enumerable: true }),
    );
  }
  return { expose: (key, api) => void fire('expose', { key, api: pack(api) }) };
}
