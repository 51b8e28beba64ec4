import type { MessageEndpoint } from './endpoint.ts';

interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

type WorkerSelf = NodeJS.Process & { readonly parentPort?: ParentPort };

/** Whether this is a utility process of Electron, which may not start processes of this program's code itself. */
export function isUtilityProcess(): boolean {
  return (process as WorkerSelf).parentPort !== undefined;
}

/**
 * The endpoint through which this process talks to its parent: Electron's `process.parentPort` in a utility
 * process, the fork channel in a forked Node.
 *
 * @throws when this process was not started as a worker.
 */
export function ownEndpoint(): MessageEndpoint {
  const port = (process as WorkerSelf).parentPort;
  if (port) {
    return {
      post: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', (event) => listener(event.data)),
    };
  }
  const send = process.send?.bind(process);
  if (!send) throw new Error('this file is a worker process: it has to be started by its owner');
  process.on('disconnect', () => process.exit(0));
  return {
    post: (message) => void send(message),
    onMessage: (listener) => void process.on('message', listener),
  };
}
