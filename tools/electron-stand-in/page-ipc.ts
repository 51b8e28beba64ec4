import type { DevtoolsPayload, DevtoolsSession } from './devtools-session.ts';
import { ipcMain } from './ipc.ts';
import type { PageFrame } from './page-frame.ts';
import { preventableEvent } from './preventable-event.ts';
import type { PreloadEntryPoints } from './preload-environment.ts';
import { hostValues } from './structured-values.ts';

/** What a page's messages need to know about the web contents they come from. */
export interface MessageOrigin {
  readonly contents: { send(channel: string, ...args: unknown[]): void };
  readonly mainFrame: PageFrame;
  readonly processId: number;
}

/** The messages of one page: calls from its preload over a binding, replies and events back by function calls. */
export class PageIpc {
  readonly #page: DevtoolsSession;
  readonly #origin: MessageOrigin;
  /** The preload's world in the current document; none while a document is being replaced. */
  #contextId: number | undefined;

  constructor(page: DevtoolsSession, origin: MessageOrigin, worldName: string, mainFrameId: string) {
    this.#page = page;
    this.#origin = origin;
    page.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId } = (context.auxData ?? {}) as { frameId?: string };
      if (context.name === worldName && frameId === mainFrameId) this.#contextId = context.id;
    });
    page.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId === this.#contextId) this.#contextId = undefined;
    });
    page.on('Runtime.executionContextsCleared', () => (this.#contextId = undefined));
    page.on('Runtime.bindingCalled', (call) => void this.#receive(call));
  }

  /** Sends an event. As in Electron, a document that isn't there any more doesn't get it. */
  send(channel: string, args: readonly unknown[]): void {
    const text = hostValues.encode(args);
    if (this.#contextId !== undefined) this.#call(this.#contextId, '__standInEvent', [channel, text]);
  }

  async #receive({ payload, executionContextId }: DevtoolsPayload<'Runtime.bindingCalled'>): Promise<void> {
    const channelAt = payload.indexOf('\n') + 1;
    const argsAt = payload.indexOf('\n', channelAt) + 1;
    const channel = payload.slice(channelAt, argsAt - 1);
    const args = hostValues.decode(payload.slice(argsAt)) as readonly unknown[];
    if (payload.startsWith('s')) {
      ipcMain.emit(channel, this.#event(), ...args);
      return;
    }
    const id = Number(payload.slice(1, channelAt - 1));
    const [ok, text] = await this.#answer(channel, args);
    this.#call(executionContextId, '__standInReply', [id, ok, text]);
  }

  async #answer(channel: string, args: readonly unknown[]): Promise<readonly [boolean, string]> {
    try {
      return [true, hostValues.encode(await ipcMain.answer(channel, this.#event(), args))];
    } catch (error) {
      console.error(`Error occurred in handler for '${channel}':`, error);
      return [false, `Error invoking remote method '${channel}': ${String(error)}`];
    }
  }

  #call(executionContextId: number, entryPoint: keyof PreloadEntryPoints, args: readonly unknown[]): void {
    this.#page
      .send('Runtime.callFunctionOn', {
        executionContextId,
        functionDeclaration: `function (...args) { globalThis.${entryPoint}(...args); }`,
        arguments: args.map((value) => ({ value })),
        silent: true,
      })
      // The document was replaced on the way: nobody is left to tell.
      .catch(() => undefined);
  }

  #event(): object {
    const { contents, mainFrame, processId } = this.#origin;
    return preventableEvent({
      type: 'frame',
      sender: contents,
      senderFrame: mainFrame,
      frameId: 1,
      processId,
      ports: [],
      reply: (channel: string, ...args: unknown[]) => contents.send(channel, ...args),
    });
  }
}
