import { SerialPort } from 'serialport';
import { z } from 'zod';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { PortDescription } from '../contract.ts';
import { watchDeviceNode } from './device-node.ts';
import type { Transport } from './transport.ts';

/** A serial port (also a virtual one over USB, and a pseudo-terminal), 8N1 without flow control. */
export function serialTransport(path: string, baud: number): Transport {
  const port = new SerialPort({ path, baudRate: baud, dataBits: 8, parity: 'none', stopBits: 1, autoOpen: false });
  // Errors also come through callbacks and 'close'; unheard, they would end the process.
  port.on('error', () => undefined);
  const listeners: (() => void)[] = [];
  let endWatch = (): void => undefined;
  const gone = (): void => {
    endWatch();
    for (const listener of listeners.splice(0)) listener();
  };
  port.on('close', (error: unknown) => {
    if (error) gone();
  });
  return {
    label: `serial ${path}`,
    open: () =>
      new Promise((resolve) => {
        port.open((error) => {
          if (error) return resolve(err(openFailure(error)));
          endWatch = watchDeviceNode(path, gone);
          resolve(ok(undefined));
        });
      }),
    write: (bytes) =>
      new Promise((resolve) => {
        if (!port.isOpen) return resolve(err(failure('reader.missing', 'the port is closed')));
        port.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), (error) =>
          resolve(error ? err(failure('reader.missing', 'writing to the port failed')) : ok(undefined)),
        );
      }),
    onBytes: (listener) => void port.on('data', listener),
    onClosed: (listener) => void listeners.push(listener),
    close: () =>
      new Promise((resolve) => {
        endWatch();
        listeners.length = 0;
        if (!port.isOpen) return resolve();
        port.close(() => resolve());
      }),
  };
}

/**
 * Serial ports that the system lists; pseudo-terminals are never among them. Fails with `reader.missing` where the
 * system can't list them (Linux without udev), which doesn't mean that there are none.
 */
export async function listSerialPorts(): Promise<Result<readonly PortDescription[], Failure>> {
  const listed: unknown = await SerialPort.list().catch(() => null);
  const ports = z.array(portSchema).safeParse(listed);
  return ports.success ? ok(ports.data) : err(failure('reader.missing', 'this system does not list its ports'));
}

const said = z
  .string()
  .optional()
  .catch(undefined)
  .transform((text) => (text === '' ? undefined : text));

const portSchema = z
  .object({ path: z.string(), manufacturer: said, serialNumber: said, vendorId: said, productId: said })
  .transform(({ path, ...described }): PortDescription => {
    return { path, ...Object.fromEntries(Object.entries(described).filter(([, value]) => value !== undefined)) };
  });

function openFailure(error: Error): Failure {
  if (/lock|busy|in use|temporarily unavailable/i.test(error.message)) {
    return failure('reader.missing', 'the port is in use by another program');
  }
  if (/permission|access denied|EACCES/i.test(error.message)) {
    return failure('reader.missing', 'this account may not use the port');
  }
  if (/no such file|file not found|ENOENT/i.test(error.message)) {
    return failure('reader.missing', 'there is no such port');
  }
  return failure('reader.missing', 'the port can not be opened');
}
