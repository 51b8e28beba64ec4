import type { CardReading } from '../../shared/domain/card-reading.ts';
import type { ReaderTransport } from '../../shared/domain/reader-transport.ts';
import type { CardSource } from './card-source.ts';
import type { PhotoDecoder } from './photo-decoder.ts';
import { CardReader } from './reader.ts';
import type { Timing } from './timing.ts';
import { hidTransport } from './transports/hid-transport.ts';
import { serialTransport } from './transports/serial.ts';
import { tcpTransport } from './transports/tcp.ts';
import type { Transport } from './transports/transport.ts';
import { usbTransport } from './transports/usb-transport.ts';
import { vendorServiceSource } from './vendor-services/vendor-service-source.ts';

/** A way to one certain reader: neither `auto`, which has to search, nor `simulated`, which has its own host. */
export type NamedTransport = Exclude<ReaderTransport, { kind: 'auto' | 'simulated' }>;

export interface CardSourceOptions {
  readonly timing: Timing;
  readonly photoDecoder: PhotoDecoder;
  readonly cardReading: CardReading;
  /** Whether a slow line is raised to the fastest: by the owner of a reader, not by who only looks around. */
  readonly raiseLineSpeed: boolean;
}

/** Makes a fresh, unopened source. */
export function cardSourceFor(transport: NamedTransport, options: CardSourceOptions): CardSource {
  if (transport.kind === 'vendor-http' || transport.kind === 'vendor-ws')
    return vendorServiceSource(transport, options);
  return new CardReader(lineTo(transport, options.timing), options);
}

function lineTo(transport: Exclude<NamedTransport, { kind: 'vendor-http' | 'vendor-ws' }>, timing: Timing): Transport {
  switch (transport.kind) {
    case 'serial':
      return serialTransport(transport.path, transport.baud, transport.device ? { device: transport.device } : {});
    case 'usb':
      return usbTransport(transport.device, { timing });
    case 'hid':
      return hidTransport(transport.device, { timing });
    case 'tcp':
      return tcpTransport(transport.host, transport.port);
  }
}
