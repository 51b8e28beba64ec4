import { DEFAULT_CARD_READING } from '../shared/domain/card-reading.ts';
import type { ReaderTransport } from '../shared/domain/reader-transport.ts';
import { failure, type Failure } from '../shared/reasons.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { CardSource } from '../main/card-reader/card-source.ts';
import { cardSourceFor, type CardSourceOptions } from '../main/card-reader/card-sources.ts';
import { systemDetection, type SystemDetection } from '../main/card-reader/detection/system-detection.ts';
import { systemPorts } from '../main/card-reader/detection/system-ports.ts';
import { noPhotoDecoder } from '../main/card-reader/photo-decoder.ts';
import { systemTiming } from '../main/card-reader/timing.ts';
import { probeServices } from '../main/card-reader/vendor-services/probe.ts';

type ReadingOptions = Pick<CardSourceOptions, 'photoDecoder' | 'cardReading'>;

/** Text only, and nothing beside it: for asking who is there. */
export const ASKING: ReadingOptions = { photoDecoder: noPhotoDecoder, cardReading: DEFAULT_CARD_READING };

/** Finds the readers of this machine. */
export function deviceSearch(): SystemDetection {
  return systemDetection({
    timing: systemTiming,
    ports: systemPorts({ services: () => probeServices() }),
    createProbeSource: (transport) => readerSource(transport, ASKING),
  });
}

/** A fresh, unopened source for a reader that is named. */
export function readerSource(transport: ReaderTransport, options: ReadingOptions): Result<CardSource, Failure> {
  if (transport.kind === 'simulated' || transport.kind === 'auto') {
    return err(failure('request.invalid', `transport: ${transport.kind}`));
  }
  // The line's speed stays as other programs know it.
  return ok(cardSourceFor(transport, { ...options, timing: systemTiming, raiseLineSpeed: false }));
}

/**
 * Makes sources for a reader, one after another; those of `auto` look for the reader each time that they are opened.
 * Fails with `request.invalid`.
 */
export function readerSources(transport: ReaderTransport, options: ReadingOptions): Result<() => CardSource, Failure> {
  const create = (named: ReaderTransport): Result<CardSource, Failure> => readerSource(named, options);
  if (transport.kind === 'auto') return ok(deviceSearch().autoSources(create));
  const first = create(transport);
  if (!first.ok) return first;
  return ok(() => {
    const source = create(transport);
    if (!source.ok) throw new Error('a source that could be made can be made again');
    return source.value;
  });
}
