import { noPhotoDecoder } from '../../../src/main/card-reader/photo-decoder.ts';
import { CardReader, type ReaderOptions } from '../../../src/main/card-reader/reader.ts';
import { parseFault } from '../../../src/main/card-reader/simulator/fault.ts';
import { SimulatedReader } from '../../../src/main/card-reader/simulator/simulated-reader.ts';
import { systemTiming } from '../../../src/main/card-reader/timing.ts';
import type { IdentityDocument } from '../../../src/shared/domain/document.ts';
import type { Failure } from '../../../src/shared/reasons.ts';
import type { Result } from '../../../src/shared/result.ts';
import type { DriverBench, StartBench } from './driver-bench.ts';
import { TamperedTransport } from './tampered-transport.ts';

/** Short waits, so that many faults fit into a test run; real readers are given longer ones. */
export const STATION_OPTIONS = {
  timing: systemTiming,
  photoDecoder: noPhotoDecoder,
  pollIntervalMs: 20,
  limits: { answerTimeoutMs: 1200, gapMs: 250 },
} as const satisfies ReaderOptions;

const OPENS_WITHIN_MS = 5000;

/** A simulated reader behind a bench's transport, and the driver on it. */
export class DriverStation {
  readonly simulated = new SimulatedReader(systemTiming);
  readonly #start: StartBench;
  #bench: DriverBench | null = null;
  #line: TamperedTransport | null = null;
  #reader: CardReader | null = null;
  lost = 0;

  constructor(start: StartBench) {
    this.#start = start;
  }

  get bench(): DriverBench {
    return present(this.#bench);
  }

  get line(): TamperedTransport {
    return present(this.#line);
  }

  get reader(): CardReader {
    return present(this.#reader);
  }

  async start(): Promise<void> {
    this.#bench = await this.#start(this.simulated);
    await this.connect();
  }

  async stop(): Promise<void> {
    await this.#reader?.close();
    await this.#bench?.stop();
  }

  /** Opens a fresh driver, closing the one before. A far end that had another user takes a moment to come back. */
  async connect(options: Partial<ReaderOptions> = {}): Promise<void> {
    await this.#reader?.close();
    const untilMs = performance.now() + OPENS_WITHIN_MS;
    for (;;) {
      this.lost = 0;
      this.#line = new TamperedTransport(this.bench.connect());
      this.#reader = new CardReader(this.#line, { ...STATION_OPTIONS, ...options });
      const opened = await this.#reader.open(() => void this.lost++);
      const known = opened.ok ? await this.#reader.identify() : opened;
      if (known.ok) return;
      await this.#reader.close();
      if (performance.now() > untilMs) throw new Error(`the bench does not open: ${known.error.detail}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  read(onReading: () => void = () => undefined): Promise<Result<IdentityDocument, Failure>> {
    return this.reader.waitForCard(AbortSignal.timeout(20_000), (step) => step === 'reading' && onReading());
  }

  fault(names: string): void {
    const faults = parseFault(names, this.simulated.nowMs);
    if (!faults.ok) throw new Error(names);
    this.simulated.setFault(faults.value);
  }

  /** No card, no fault, nothing tampered with. */
  clear(): void {
    this.simulated.removeCard();
    this.simulated.setFault({ kind: 'none' });
    this.line.splitAt = 0;
    this.line.noise = () => new Uint8Array(0);
  }
}

function present<T>(value: T | null): T {
  if (value === null) throw new Error('the station was not started');
  return value;
}
