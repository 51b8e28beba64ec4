import { DEFAULT_CARD_READING, type CardReading } from '../../shared/domain/card-reading.ts';
import { DEFAULT_PHOTO_DECODING } from '../../shared/domain/photo-decoding.ts';
import { readerTransportSchema, type ReaderTransport } from '../../shared/domain/reader-transport.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { CardSource } from './card-source.ts';
import type { DeviceContract, ReaderIdentity } from './contract.ts';
import type { MachineReaders } from './machine-readers.ts';
import type { PhotoDecodingParts } from './photo-library/library-photo-decoder.ts';
import { photoDecoderFor, type ConfiguredPhotoDecoder } from './photo-library/photo-decoder-for.ts';
import { CardReader } from './reader.ts';
import type { ReaderConnection, ReaderSetup } from './reader-connection.ts';
import { startSimulatedHost, type SimulatedHost } from './simulator/simulated-host.ts';
import type { Timing } from './timing.ts';

export interface DeviceParts {
  readonly timing: Timing;
  readonly readers: MachineReaders;
  readonly decoding: PhotoDecodingParts;
  readonly connection: ReaderConnection;
}

type Configure = DeviceContract['configure'];

/** What the device process is set to: one reader and all that belongs to it. Changes run one after another. */
export class DeviceSetup {
  readonly #parts: DeviceParts;
  #simulated: SimulatedHost | null = null;
  #decoder: ConfiguredPhotoDecoder | null = null;
  #transport: ReaderTransport | null = null;
  #setup: ReaderSetup | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: DeviceParts) {
    this.#parts = parts;
  }

  get simulated(): SimulatedHost | null {
    return this.#simulated;
  }

  get transport(): ReaderTransport | null {
    return this.#transport;
  }

  configure(params: Configure['params']): Promise<Result<Configure['result'], Failure>> {
    return this.#inTurn(() => this.#configure(params));
  }

  /** Runs `work` while the reader is closed, and opens it again; a reader that can't be opened is tried further. */
  whileClosed<T>(work: () => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      await this.#parts.connection.configure(null);
      try {
        return await work();
      } finally {
        await this.#parts.connection.configure(this.#setup);
      }
    });
  }

  /** A source of the simulated reader that runs, for a diagnosis. */
  simulatedSource(): CardSource | null {
    return this.#simulated && this.#decoder ? this.#simulatedReader(this.#simulated, this.#decoder) : null;
  }

  async #configure({
    transport,
    simulatedPhotos,
    photoDecoding = DEFAULT_PHOTO_DECODING,
    cardReading = DEFAULT_CARD_READING,
  }: Configure['params']): Promise<Result<ReaderIdentity | null, Failure>> {
    const parsed = readerTransportSchema.nullable().safeParse(transport);
    if (!parsed.success) return err(failure('request.invalid', 'reader transport'));
    await this.#clear();
    this.#decoder = photoDecoderFor(photoDecoding, simulatedPhotos, this.#parts.decoding);
    const setup = await this.#setupFor(parsed.data, simulatedPhotos, cardReading);
    if (!setup.ok) return setup;
    this.#transport = parsed.data;
    this.#setup = setup.value;
    // The first card shouldn't have to wait for the library; what is wrong with it is said when a photo is decoded.
    void this.#decoder.prepare();
    return this.#parts.connection.configure(setup.value);
  }

  async #clear(): Promise<void> {
    this.#transport = null;
    this.#setup = null;
    await this.#parts.connection.configure(null);
    await this.#simulated?.stop();
    this.#simulated = null;
    await this.#decoder?.close();
    this.#decoder = null;
  }

  async #setupFor(
    transport: ReaderTransport | null,
    simulatedPhotos: boolean,
    cardReading: CardReading,
  ): Promise<Result<ReaderSetup | null, Failure>> {
    const photoDecoder = this.#decoder!;
    if (transport === null) return ok(null);
    if (transport.kind !== 'simulated') {
      const sources = this.#parts.readers.sources(transport, { photoDecoder, cardReading, raiseLineSpeed: true });
      return sources.ok ? ok({ create: sources.value }) : sources;
    }
    if (!simulatedPhotos) return err(failure('request.invalid', 'simulation is not allowed here'));
    const started = await startSimulatedHost(this.#parts.timing);
    if (!started.ok) return started;
    this.#simulated = started.value;
    return ok({ create: () => this.#simulatedReader(started.value, photoDecoder, cardReading) });
  }

  #simulatedReader(host: SimulatedHost, photoDecoder: ConfiguredPhotoDecoder, cardReading?: CardReading): CardSource {
    const { timing } = this.#parts;
    return new CardReader(host.connect(), { timing, photoDecoder, ...(cardReading ? { cardReading } : {}) });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}
