import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { DevtoolsSession } from './devtools-session.ts';

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method: string;
  readonly params: unknown;
  readonly result: unknown;
  readonly error?: { readonly message: string };
}

interface Pending {
  readonly method: string;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

const SEPARATOR = 0;

/** The DevTools protocol over `--remote-debugging-pipe`: JSON messages that each end with a NUL byte. */
export class ChromiumPipe {
  readonly #output: Writable;
  readonly #events = new EventEmitter().setMaxListeners(0);
  readonly #pending = new Map<number, Pending>();
  #partial: Buffer[] = [];
  #lastId = 0;
  #closedBecause: string | undefined;

  constructor(output: Writable, input: Readable) {
    this.#output = output;
    // A broken pipe means that Chromium is gone, which its exit event reports.
    output.on('error', () => this.close('the pipe to Chromium broke'));
    input.on('data', (chunk: Buffer) => this.#receive(chunk));
    input.on('error', () => this.close('the pipe from Chromium broke'));
  }

  /** The session with this id; without one, the session of the browser itself. */
  session(sessionId?: string): DevtoolsSession {
    const send = (method: string, params?: object): Promise<unknown> => this.#send(method, params ?? {}, sessionId);
    return {
      send: send as DevtoolsSession['send'],
      on: (event, listener) => void this.#events.on(`${sessionId ?? ''}:${event}`, listener),
    };
  }

  /** Rejects every command still waiting, and every later one. */
  close(reason: string): void {
    this.#closedBecause ??= reason;
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    for (const command of waiting) command.reject(new Error(`${command.method}: ${reason}`));
  }

  #send(method: string, params: object, sessionId: string | undefined): Promise<unknown> {
    if (this.#closedBecause) return Promise.reject(new Error(`${method}: ${this.#closedBecause}`));
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { method, resolve, reject });
      this.#output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  #receive(chunk: Buffer): void {
    let rest = chunk;
    for (let end = rest.indexOf(SEPARATOR); end >= 0; end = rest.indexOf(SEPARATOR)) {
      const text = Buffer.concat([...this.#partial, rest.subarray(0, end)]).toString();
      this.#partial = [];
      rest = rest.subarray(end + 1);
      this.#dispatch(JSON.parse(text) as Message);
    }
    if (rest.length > 0) this.#partial.push(rest);
  }

  #dispatch(message: Message): void {
    if (message.id === undefined) {
      this.#events.emit(`${message.sessionId ?? ''}:${message.method}`, message.params);
      return;
    }
    const waiting = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.error) waiting?.reject(new Error(`${waiting.method}: ${message.error.message}`));
    else waiting?.resolve(message.result);
  }
}
