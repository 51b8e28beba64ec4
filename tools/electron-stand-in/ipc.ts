import type { IpcMain as ElectronIpcMain } from 'electron';
import { strictEmitter } from './not-provided.ts';

type Handler = (event: object, ...args: unknown[]) => unknown;

/** `ipcMain`: listeners and handlers by channel, called by the pages' {@link PageIpc}. */
class IpcMain
  extends strictEmitter('ipcMain', 'any')
  implements Pick<ElectronIpcMain, 'handle' | 'handleOnce' | 'removeHandler'>
{
  readonly #handlers = new Map<string, Handler>();

  handle(channel: string, handler: (event: never, ...args: never[]) => unknown): void {
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.#handlers.set(channel, handler as Handler);
  }
  handleOnce(channel: string, handler: (event: never, ...args: never[]) => unknown): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return handler(event, ...args);
    });
  }
  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }
  async answer(channel: string, event: object, args: readonly unknown[]): Promise<unknown> {
    const handler = this.#handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    return handler(event, ...args);
  }
}

export const ipcMain = new IpcMain();
