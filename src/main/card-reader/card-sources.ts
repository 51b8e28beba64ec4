import type { CardReading } from '../../shared/domain/card-reading.ts';
import type { ReaderTransport } from '../../shared/domain/reader-transport.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { CardSource } from './card-source.ts';
import type { PhotoDecoder } from './photo-decoder.ts';
import { CardReader } from './reader.ts';
import type { Timing } from './timing.ts';
import { serialTransport } from './transports/serial.ts';
import { tcpTransport } from './transports/tcp.ts';

export interface CardSourceOptions {
  readonly timing: Timing;
  readonly photoDecoder: PhotoDecoder;
  readonly cardReading: CardReading;
}

/** Makes a fresh, unopened source for a transport; `simulated` has its own. Fails with `request.invalid`. */
export function cardSourceFor(
  transport: Exclude<ReaderTransport, { kind: 'simulated' }>,
  options: CardSourceOptions,
): Result<CardSource, Failure> {
  const { timing, photoDecoder } = options;
  switch (transport.kind) {
    case 'serial': {
      const baud = transport.baud === 'auto' ? 115_200 : transport.baud;
      return ok(new CardReader(serialTransport(transport.path, baud), { timing, photoDecoder }));
    }
    case 'tcp':
      return ok(new CardReader(tcpTransport(transport.host, transport.port), { timing, photoDecoder }));
    default:
      return err(failure('request.invalid', `transport: ${transport.kind}`));
  }
}
