import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Failure } from '../../../shared/reasons.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { Timing } from '../timing.ts';
import { serialTransport } from '../transports/serial.ts';
import { tcpTransport } from '../transports/tcp.ts';
import type { Transport } from '../transports/transport.ts';
import { servePty, serveTcp, type ServedReader } from './serve.ts';
import { SimulatedReader } from './simulated-reader.ts';

const BAUD = 115_200;

/** A simulated reader of this process, with its own port. */
export interface SimulatedHost {
  readonly reader: SimulatedReader;
  readonly served: ServedReader;
  /** A fresh transport to it. */
  connect(): Transport;
  stop(): Promise<void>;
}

/**
 * Starts a simulated reader behind a pseudo-terminal, so that the whole way through the serial port is the real one;
 * where pseudo-terminals can't be made (no socat, Windows) it is reached over loopback TCP instead.
 */
export async function startSimulatedHost(timing: Timing): Promise<Result<SimulatedHost, Failure>> {
  const reader = new SimulatedReader(timing);
  const folder = await mkdtemp(join(tmpdir(), 'countersign-reader-'));
  const path = join(folder, 'port');
  const removeFolder = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const pty = await servePty(reader, path, { timing, baud: BAUD });
  if (pty.ok) {
    const stop = async (): Promise<void> => {
      await pty.value.stop();
      await removeFolder();
    };
    return ok({ reader, served: pty.value, connect: () => serialTransport(path, BAUD), stop });
  }
  await removeFolder();
  const tcp = await serveTcp(reader, 0, { timing, baud: BAUD });
  if (!tcp.ok) return tcp;
  const port = Number(tcp.value.address);
  return ok({
    reader,
    served: tcp.value,
    connect: () => tcpTransport('127.0.0.1', port),
    stop: () => tcp.value.stop(),
  });
}
