import type { UsbConfiguration, UsbEndpoint } from './usb-library.ts';

export interface PipeEnd {
  readonly endpoint: number;
  /** Largest packet in bytes; 64 at full speed. */
  readonly packetBytes: number;
}

/**
 * How frames travel. `split`: their preamble and LEN by one pair of pipes, the rest by the other (OUT 2 and 6, IN 1
 * and 5, the security module's own layout). `whole`: by one pair.
 */
export type PipeLayout = { readonly interfaceNumber: number } & (
  | { readonly form: 'whole'; readonly out: PipeEnd; readonly in: PipeEnd }
  | {
      readonly form: 'split';
      readonly headerOut: PipeEnd;
      readonly bodyOut: PipeEnd;
      readonly headerIn: PipeEnd;
      readonly bodyIn: PipeEnd;
    }
);

const HID_CLASS = 0x03;

/** Finds the first interface with bulk pipes both ways; null when there is none. HID interfaces are another kind. */
export function pipeLayout(configuration: UsbConfiguration): PipeLayout | null {
  for (const { interfaceNumber, alternate } of configuration.interfaces) {
    if (alternate.interfaceClass === HID_CLASS) continue;
    const bulk = alternate.endpoints.filter(({ type }) => type === 'bulk');
    const pipe = (direction: 'in' | 'out', number?: number): PipeEnd | null =>
      pipeEnd(bulk.find((end) => end.direction === direction && (number ?? end.endpointNumber) === end.endpointNumber));
    const [headerOut, bodyOut, headerIn, bodyIn] = [pipe('out', 2), pipe('out', 6), pipe('in', 1), pipe('in', 5)];
    if (headerOut && bodyOut && headerIn && bodyIn) {
      return { interfaceNumber, form: 'split', headerOut, bodyOut, headerIn, bodyIn };
    }
    const [firstOut, firstIn] = [pipe('out'), pipe('in')];
    if (firstOut && firstIn) return { interfaceNumber, form: 'whole', out: firstOut, in: firstIn };
  }
  return null;
}

function pipeEnd(endpoint: UsbEndpoint | undefined): PipeEnd | null {
  if (!endpoint || endpoint.packetSize < 1) return null;
  return { endpoint: endpoint.endpointNumber, packetBytes: endpoint.packetSize };
}
