import { contextBridge, ipcRenderer } from 'electron';
import { CLERK_CHANNEL_NAMES } from '../shared/ipc/clerk-channels.ts';

const channels = new Set<string>(CLERK_CHANNEL_NAMES);

/** What the page sees as `ClerkBridge`; requests and answers are checked in the main process. */
const bridge = {
  invoke: (channel: string, request: unknown): Promise<unknown> =>
    channels.has(channel) ? ipcRenderer.invoke(channel, request) : Promise.reject(new Error('no such channel')),
  // The event says nothing: what has changed is asked for, by somebody who may know it.
  onChange: (listener: () => void): (() => void) => {
    const receive = (): void => listener();
    ipcRenderer.on('clerk:changed', receive);
    return () => void ipcRenderer.off('clerk:changed', receive);
  },
};
contextBridge.exposeInMainWorld('countersign', bridge);
