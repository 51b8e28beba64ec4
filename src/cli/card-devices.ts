import type { DetectedReader, ReaderCandidate } from '../shared/domain/reader-diagnosis.ts';
import type { ReaderTransport } from '../shared/domain/reader-transport.ts';
import { failure, type Failure } from '../shared/reasons.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { CardSource } from '../main/card-reader/card-source.ts';
import { cardSourceFor, type CardSourceOptions } from '../main/card-reader/card-sources.ts';
import { noPhotoDecoder } from '../main/card-reader/photo-decoder.ts';
import { systemTiming } from '../main/card-reader/timing.ts';
import { listSerialPorts } from '../main/card-reader/transports/serial.ts';
import { DEFAULT_CARD_READING } from '../shared/domain/card-reading.ts';

/** The readers of this machine, as the commands use them. */
export interface CardDevices {
  /** Everything that may be a reader, without opening any of it. */
  candidates(): Promise<Result<readonly ReaderCandidate[], Failure>>;
  /** Asks every candidate in turn; `onDetected` tells each answer. */
  detect(onDetected: (detected: DetectedReader) => void): Promise<Result<readonly DetectedReader[], Failure>>;
  /** The one reader that `auto` means now; any other transport is itself. */
  resolve(transport: ReaderTransport): Promise<Result<ReaderTransport, Failure>>;
  /** A fresh, unopened source. */
  createSource(transport: ReaderTransport, options: Omit<CardSourceOptions, 'timing'>): Result<CardSource, Failure>;
}

export function cardDevices(): CardDevices {
  const candidates = async (): Promise<Result<readonly ReaderCandidate[], Failure>> => {
    const ports = await listSerialPorts();
    if (!ports.ok) return ports;
    return ok(
      ports.value.map(({ path, manufacturer }) => ({
        transport: { kind: 'serial', path, baud: 'auto' },
        label: manufacturer ?? path,
        device: null,
        known: false,
      })),
    );
  };
  const createSource: CardDevices['createSource'] = (transport, options) =>
    transport.kind === 'simulated'
      ? err(failure('request.invalid', 'the simulated reader is the application’s own'))
      : cardSourceFor(transport, { ...options, timing: systemTiming });
  const ask = async (candidate: ReaderCandidate): Promise<DetectedReader> => {
    const source = createSource(candidate.transport, {
      photoDecoder: noPhotoDecoder,
      cardReading: DEFAULT_CARD_READING,
    });
    if (!source.ok) return { ...candidate, identity: null, failure: source.error };
    const opened = await source.value.open();
    const identity = opened.ok ? await source.value.identify() : opened;
    await source.value.close();
    return {
      ...candidate,
      ...(identity.ok ? { identity: identity.value, failure: null } : { identity: null, failure: identity.error }),
    };
  };
  const detect: CardDevices['detect'] = async (onDetected) => {
    const listed = await candidates();
    if (!listed.ok) return listed;
    const detected: DetectedReader[] = [];
    for (const candidate of listed.value) {
      const answer = await ask(candidate);
      detected.push(answer);
      onDetected(answer);
    }
    return ok(detected);
  };
  return {
    candidates,
    detect,
    createSource,
    resolve: async (transport) => {
      if (transport.kind !== 'auto') return ok(transport);
      const detected = await detect(() => undefined);
      if (!detected.ok) return detected;
      const [only, another] = detected.value.filter(({ identity }) => identity !== null);
      if (only === undefined) return err(failure('reader.missing', 'no reader answered'));
      return another === undefined ? ok(only.transport) : err(failure('reader.several'));
    },
  };
}
