import { Socket } from 'node:net';
import { failure } from '../../../shared/reasons.ts';
import { err, ok } from '../../../shared/result.ts';
import type { Transport } from './transport.ts';

const CONNECT_TIMEOUT_MS = 3000;

/** A reader behind a serial-to-network converter, or the simulated reader. */
export function tcpTransport(host: string, port: number): Transport {
  const socket = new Socket();
  let open = false;
  socket.setNoDelay(true);
  // What matters about an error is the 'close' that follows.
  socket.on('error', () => undefined);
  return {
    label: `tcp ${host}:${port}`,
    open: () =>
      new Promise((resolve) => {
        const fail = (): void => {
          socket.destroy();
          resolve(err(failure('reader.missing', `nothing answers on port ${port}`)));
        };
        socket.once('error', fail);
        socket.setTimeout(CONNECT_TIMEOUT_MS, fail);
        socket.connect(port, host, () => {
          socket.off('error', fail);
          socket.setTimeout(0);
          open = true;
          resolve(ok(undefined));
        });
      }),
    write: (bytes) =>
      new Promise((resolve) => {
        if (!open) return resolve(err(failure('reader.missing', 'the connection is closed')));
        socket.write(bytes, (error) =>
          resolve(error ? err(failure('reader.missing', 'writing to the connection failed')) : ok(undefined)),
        );
      }),
    onBytes: (listener) => void socket.on('data', listener),
    onClosed: (listener) =>
      void socket.on('close', () => {
        if (!open) return;
        open = false;
        listener();
      }),
    close: () =>
      new Promise((resolve) => {
        open = false;
        if (socket.destroyed) return resolve();
        socket.once('close', () => resolve());
        socket.destroy();
      }),
  };
}
