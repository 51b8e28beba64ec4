import type { MachineReadableZone } from '../../../shared/domain/machine-readable-zone.ts';
import { swipedZone } from '../../../shared/domain/mrz-swipe.ts';
import type { Failure } from '../../../shared/reasons.ts';
import type { Result } from '../../../shared/result.ts';
import { pause, type Timing } from '../timing.ts';
import type { Transport } from '../transports/transport.ts';
import { createZoneFraming } from './zone-framing.ts';

/** Waits before a reader that is away is tried again; the last one repeats. */
const REOPEN_WAITS_MS = [500, 1000, 2000, 2500] as const;

export interface ZoneReaderOptions {
  readonly timing: Timing;
  /** A fresh transport for every attempt to open. */
  readonly create: () => Transport;
  /** Local calendar day, `YYYY-MM-DD`. */
  readonly today: () => string;
  /** A zone whose check digits all agree, or why there is none (`swipedZone`). */
  readonly onSwipe: (swipe: Result<MachineReadableZone, Failure>) => void;
  /** At least one. */
  readonly reopenMs?: readonly number[];
}

export interface ZoneReader {
  /** Fails when the reader isn't there yet; it keeps being tried, and is opened again whenever it went away. */
  open(): Promise<Result<void, Failure>>;
  close(): Promise<void>;
}

/** Keeps the port of a swipe reader open and gives every swipe, whichever framing the reader has. */
export function createZoneReader(options: ZoneReaderOptions): ZoneReader {
  const lifetime = new AbortController();
  let looking: Promise<void> = Promise.resolve();
  return {
    open: async () => {
      const first = await connect(options, lifetime.signal);
      looking = lookAfter(options, first.ok ? first.value : null, lifetime.signal);
      return first.ok ? { ok: true, value: undefined } : first;
    },
    close: async () => {
      lifetime.abort();
      await looking;
    },
  };
}

/** A reader at an open port; `gone` resolves when its far end goes away or the lifetime ends. */
interface Connection {
  readonly gone: Promise<void>;
  close(): Promise<void>;
}

async function connect(
  { timing, create, today, onSwipe }: ZoneReaderOptions,
  signal: AbortSignal,
): Promise<Result<Connection, Failure>> {
  const transport = create();
  const framing = createZoneFraming();
  let cancelIdle = (): void => undefined;
  const emit = (swipes: readonly (readonly string[])[]): void => {
    for (const lines of swipes) onSwipe(swipedZone(lines, today()));
  };
  transport.onBytes((bytes) => {
    cancelIdle();
    emit(framing.take(bytes));
    const { idleMs } = framing;
    cancelIdle = idleMs === null ? () => undefined : timing.setTimer(() => emit(framing.end()), idleMs);
  });
  const gone = new Promise<void>((resolve) => {
    transport.onClosed(resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const opened = await transport.open();
  if (!opened.ok) {
    await transport.close();
    return opened;
  }
  const close = async (): Promise<void> => {
    cancelIdle();
    await transport.close();
  };
  return { ok: true, value: { gone, close } };
}

async function lookAfter(options: ZoneReaderOptions, first: Connection | null, signal: AbortSignal): Promise<void> {
  const waits = options.reopenMs ?? REOPEN_WAITS_MS;
  let connection = first;
  let attempt = 0;
  while (!signal.aborted) {
    if (connection) {
      await connection.gone;
      await connection.close();
      attempt = 0;
    }
    await pause(options.timing, waits[Math.min(attempt++, waits.length - 1)]!, signal);
    if (signal.aborted) return;
    const next = await connect(options, signal);
    connection = next.ok ? next.value : null;
  }
  await connection?.close();
}
