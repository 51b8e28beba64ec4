// Everything here is injected as source text into the preload's world: nothing may refer to anything outside its own function.
import type { StructuredValues } from './structured-values.ts';
import type { WorldBridge } from './world-bridge.ts';

export interface PreloadProcess {
  readonly platform: string;
  readonly versions: Readonly<Record<string, string | undefined>>;
  readonly argv: readonly string[];
}

type Listener = (event: object, ...args: unknown[]) => void;

/** The host's two entry points into the preload's world. */
export interface PreloadEntryPoints {
  __standInReply(id: number, ok: boolean, text: string): void;
  __standInEvent(channel: string, text: string): void;
}

export interface PreloadEnvironment {
  readonly require: (name: string) => object;
  readonly process: object;
}

/** What a sandboxed preload finds: `require('electron')` with contextBridge and ipcRenderer, and a small `process`. */
export function preloadEnvironment(
  values: StructuredValues,
  bridge: WorldBridge,
  post: (payload: string) => void,
  facts: PreloadProcess,
): PreloadEnvironment {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const listeners = new Map<string, Listener[]>();
  let sequence = 0;

  const strict = <T extends object>(name: string, members: T): T =>
    new Proxy(members, {
      get(target, key, receiver): unknown {
        if (key in target || typeof key === 'symbol' || key === 'then') return Reflect.get(target, key, receiver);
        throw new Error(`the stand-in does not provide ${name}.${key}`);
      },
    });
  const refuse = (what: string) => (): never => {
    throw new Error(`the stand-in does not provide ${what}`);
  };

  const entryPoints: PreloadEntryPoints = {
    __standInReply(id, ok, text) {
      const caller = waiting.get(id);
      waiting.delete(id);
      if (ok) caller?.resolve(values.decode(text));
      else caller?.reject(new Error(text));
    },
    __standInEvent(channel, text) {
      for (const listener of [...(listeners.get(channel) ?? [])]) {
        listener({ sender: ipcRenderer, ports: [] }, ...(values.decode(text) as unknown[]));
      }
    },
  };
  Object.assign(globalThis, entryPoints);

  const on = (channel: string, listener: Listener): object => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
    return ipcRenderer;
  };
  const off = (channel: string, listener: Listener): object => {
    const left = [...(listeners.get(channel) ?? [])];
    const index = left.lastIndexOf(listener);
    if (index >= 0) left.splice(index, 1);
    listeners.set(channel, left);
    return ipcRenderer;
  };
  const ipcRenderer: object = strict('ipcRenderer', {
    on,
    off,
    addListener: on,
    removeListener: off,
    once: (channel: string, listener: Listener) => {
      const single: Listener = (event, ...args) => {
        off(channel, single);
        listener(event, ...args);
      };
      return on(channel, single);
    },
    removeAllListeners: (channel?: string) => {
      if (channel === undefined) listeners.clear();
      else listeners.delete(channel);
      return ipcRenderer;
    },
    listenerCount: (channel: string) => listeners.get(channel)?.length ?? 0,
    send: (channel: string, ...args: unknown[]) => post(`s0\n${channel}\n${values.encode(args)}`),
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const payload = values.encode(args);
        waiting.set(++sequence, { resolve, reject });
        post(`i${sequence}\n${channel}\n${payload}`);
      }),
    postMessage: refuse('ipcRenderer.postMessage (MessagePort transfer)'),
    sendSync: refuse('ipcRenderer.sendSync'),
  });
  const electron = strict('electron (in a preload)', {
    ipcRenderer,
    contextBridge: strict('contextBridge', {
      exposeInMainWorld: (key: string, api: unknown) => bridge.expose(key, api),
    }),
  });
  return {
    require: (name) =>
      name === 'electron' || name === 'electron/renderer'
        ? electron
        : refuse(`require('${name}') in a sandboxed preload`)(),
    process: strict('process (in a preload)', { ...facts, type: 'renderer', sandboxed: true, contextIsolated: true }),
  };
}
