import { contextBridge, ipcRenderer } from 'electron';
import { KIOSK_CHANNEL_NAMES } from '../shared/ipc/kiosk-channels.ts';

const channels = new Set<string>(KIOSK_CHANNEL_NAMES);

/** What the page sees as `KioskBridge`; requests and answers are checked in the main process. */
const bridge = {
  invoke: (channel: string, request: unknown): Promise<unknown> =>
    channels.has(channel) ? ipcRenderer.invoke(channel, request) : Promise.reject(new Error('no such channel')),
  onView: (listener: (view: unknown) => void): (() => void) => {
    const receive = (_event: unknown, view: unknown): void => listener(view);
    ipcRenderer.on('kiosk:view-changed', receive);
    return () => void ipcRenderer.off('kiosk:view-changed', receive);
  },
};
contextBridge.exposeInMainWorld('countersign', bridge);
