import { contextBridge, ipcRenderer } from 'electron';
import { ADMIN_CHANNEL_NAMES } from '../shared/ipc/admin-channels.ts';

const channels = new Set<string>(ADMIN_CHANNEL_NAMES);

/** What the page sees as `AdminBridge`; requests and answers are checked in the main process. */
const bridge = {
  invoke: (channel: string, request: unknown, basedOn: unknown): Promise<unknown> =>
    channels.has(channel)
      ? ipcRenderer.invoke(channel, request, basedOn)
      : Promise.reject(new Error('no such channel')),
};
contextBridge.exposeInMainWorld('countersign', bridge);
