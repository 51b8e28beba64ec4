import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { pause, type Timing } from '../timing.ts';
import { transferTrouble, type TransferTrouble } from './usb-errors.ts';
import type { UsbDevice } from './usb-library.ts';
import type { PipeEnd } from './usb-layout.ts';

/** How long one transfer waits for the reader. A waiting transfer can't be cancelled, so closing takes so long. */
export const RECEIVE_TIMEOUT_MS = 200;
/** Commands are some ten bytes; a reader that doesn't take them within this time is stuck. */
export const SEND_TIMEOUT_MS = 1000;
/** A pulled plug shows as faults before the device is gone; so does noise, which passes. */
const MAX_TROUBLES_IN_A_ROW = 3;
const TROUBLE_PAUSE_MS = 20;
/** After an empty packet, so that a reader that sends nothing else doesn't keep the processor busy. */
const EMPTY_PAUSE_MS = 1;

export interface Pump {
  /** Resolves when no transfer is under way any more. */
  readonly ended: Promise<void>;
  stop(): void;
}

export interface PumpEvents {
  readonly onBytes: (bytes: Uint8Array) => void;
  readonly onGone: () => void;
}

/**
 * Receives from a pipe until it is stopped or the device is gone. It asks for one packet at a time: a longer transfer
 * that the reader ends without a short packet (a reply of exactly so many packets) would time out, and the library
 * throws away what such a transfer has received.
 */
export function pump(device: UsbDevice, pipe: PipeEnd, timing: Timing, events: PumpEvents): Pump {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async (): Promise<void> => {
    let troubles = 0;
    while (!signal.aborted) {
      const received = await receivePacket(device, pipe);
      if (signal.aborted) return;
      if (received.ok) {
        troubles = 0;
        if (received.value.length > 0) events.onBytes(received.value);
        else await pause(timing, EMPTY_PAUSE_MS, signal);
      } else if (received.error !== 'timed-out') {
        if (received.error === 'gone' || ++troubles > MAX_TROUBLES_IN_A_ROW) return events.onGone();
        if (received.error === 'stalled') await device.clearHalt('in', pipe.endpoint).catch(() => undefined);
        await pause(timing, TROUBLE_PAUSE_MS, signal);
      }
    }
  };
  return { ended: run(), stop: () => stopping.abort() };
}

async function receivePacket(device: UsbDevice, pipe: PipeEnd): Promise<Result<Uint8Array, TransferTrouble>> {
  try {
    const { data, status } = await device.transferIn(pipe.endpoint, pipe.packetBytes, RECEIVE_TIMEOUT_MS);
    if (status === 'stall') return err('stalled');
    if (status !== undefined && status !== 'ok') return err('fault');
    return ok(data ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(0));
  } catch (error) {
    return err(transferTrouble(error));
  }
}

/**
 * Sends bytes by a pipe; a stalled one is cleared and tried once more. Fails with `reader.no-answer` when the reader
 * doesn't take them, with `reader.missing` when it is gone.
 */
export async function send(device: UsbDevice, pipe: PipeEnd, bytes: Uint8Array): Promise<Result<void, Failure>> {
  const first = await sendOnce(device, pipe, bytes);
  if (first !== 'stalled') return outcome(first);
  await device.clearHalt('out', pipe.endpoint).catch(() => undefined);
  return outcome(await sendOnce(device, pipe, bytes));
}

async function sendOnce(device: UsbDevice, pipe: PipeEnd, bytes: Uint8Array): Promise<TransferTrouble | 'sent'> {
  try {
    const { bytesWritten, status } = await device.transferOut(pipe.endpoint, Uint8Array.from(bytes), SEND_TIMEOUT_MS);
    if (status === 'stall') return 'stalled';
    return bytesWritten === bytes.length ? 'sent' : 'fault';
  } catch (error) {
    return transferTrouble(error);
  }
}

function outcome(sent: TransferTrouble | 'sent'): Result<void, Failure> {
  if (sent === 'sent') return ok(undefined);
  if (sent === 'gone') return err(failure('reader.missing', 'the reader went away'));
  return err(failure('reader.no-answer', `the reader does not take a command: ${sent}`));
}
