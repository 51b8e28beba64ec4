// Loaded into every utility process before its own module: gives it `process.parentPort`.
import { notProvided, strictEmitter } from './not-provided.ts';

/** The child's end of the channel. Messages wait until somebody listens, as in Electron. */
class ParentPort extends strictEmitter('process.parentPort', ['message']) {
  #waiting: unknown[] | undefined = [];

  constructor() {
    super();
    process.on('message', (data) => {
      if (this.#waiting) this.#waiting.push(data);
      else this.emit('message', { data, ports: [] });
    });
    this.once('newListener', () => queueMicrotask(() => this.start()));
  }

  start(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const data of waiting) this.emit('message', { data, ports: [] });
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw notProvided('parentPort.postMessage with transfer');
    process.send?.(message);
  }
}

Object.assign(process, { parentPort: new ParentPort(), type: 'utility' });
// Without its host a utility process has nobody to work for.
process.on('disconnect', () => process.exit(0));
