import { execFile } from 'node:child_process';
import type { Timing } from '../timing.ts';
import { garbled } from './garbled.ts';
import { PacedLine } from './pacing.ts';
import type { SimulatedReader, SimulatedReply } from './simulated-reader.ts';

/** The host's end of a line. */
export interface HostEnd {
  readonly write: (bytes: Uint8Array) => void;
  readonly listen: (take: (bytes: Uint8Array) => void) => void;
  /** The speed that the host set; null where there is none to know. */
  readonly hostBaud: () => Promise<number | null>;
  /** Pulls the cable. */
  readonly unplug: () => void;
}

/**
 * Connects the reader to a line; the result disconnects it. Only while the reader's line has a speed of its own is the
 * host asked for its speed, and the bytes are garbled both ways when the two differ.
 *
 * @param baud how fast replies are put on the line while the reader has no speed of its own.
 */
export function attach(reader: SimulatedReader, timing: Timing, baud: number, host: HostEnd): () => void {
  const line = new PacedLine(timing, baud, host.write, host.unplug);
  let attached = true;
  let asking: Promise<void> | null = null;
  const take = (bytes: Uint8Array, hostBaud: number | null): void => {
    const { lineBaud } = reader;
    const heard = hostBaud === null || lineBaud === null ? bytes : garbled(bytes, hostBaud, lineBaud);
    for (const reply of reader.receive(heard)) line.send(heardByHost(reply, hostBaud));
  };
  host.listen((bytes) => {
    if (reader.lineBaud === null && !asking) return take(bytes, null);
    const asked = (asking ?? Promise.resolve()).then(async () => {
      const hostBaud = await host.hostBaud();
      if (attached) take(bytes, hostBaud);
      if (asking === asked) asking = null;
    });
    asking = asked;
  });
  return () => {
    attached = false;
    line.clear();
  };
}

function heardByHost(reply: SimulatedReply, hostBaud: number | null): SimulatedReply {
  if (reply.baud === undefined || hostBaud === null) return reply;
  return { ...reply, bytes: garbled(reply.bytes, reply.baud, hostBaud) };
}

/** The line speed that was set on a terminal, in baud; null where it can't be asked (no `stty`, the port is gone). */
export function terminalBaud(path: string): Promise<number | null> {
  const option = process.platform === 'linux' ? '-F' : '-f';
  return new Promise((resolve) => {
    execFile('stty', [option, path, 'speed'], { timeout: 1000 }, (error, text) => {
      const baud = Number(text);
      resolve(!error && baud > 0 ? baud : null);
    });
  });
}
