import type { DocumentDevices } from '../../../shared/domain/document-devices.ts';
import type { EmitDeviceEvent } from '../device-handlers.ts';
import type { Timing } from '../timing.ts';
import { serialTransport } from '../transports/serial.ts';
import type { Transport } from '../transports/transport.ts';
import { createZoneReader, type ZoneReader } from './zone-reader.ts';

export interface ZoneReaderPort {
  /** Opens the reader at a serial port, closing the one before. A keyboard's keys arrive elsewhere; null: none. */
  configure(zoneReader: DocumentDevices['zoneReader']): Promise<void>;
  close(): Promise<void>;
}

/**
 * The swipe reader of the device process: each swipe is the event `zone-swiped`. A reader that isn't there is tried
 * again by itself, so configuring never fails.
 *
 * @param open makes the transport; tests have their own.
 */
export function createZoneReaderPort(
  timing: Timing,
  emit: EmitDeviceEvent,
  open: (path: string, baud: number) => Transport = serialTransport,
): ZoneReaderPort {
  let reader: ZoneReader | null = null;
  let changing: Promise<void> = Promise.resolve();
  const change = async (zoneReader: DocumentDevices['zoneReader']): Promise<void> => {
    await reader?.close();
    reader = null;
    if (zoneReader?.kind !== 'serial') return;
    const { path, baud } = zoneReader;
    reader = createZoneReader({
      timing,
      create: () => open(path, baud),
      today: () => localDay(timing.clock.wallMs()),
      onSwipe: (swipe) =>
        emit('zone-swiped', swipe.ok ? { ok: true, zone: swipe.value } : { ok: false, failure: swipe.error }),
    });
    await reader.open();
  };
  // One after the other: two readers at one port would be in each other's way.
  const configure: ZoneReaderPort['configure'] = (zoneReader) => (changing = changing.then(() => change(zoneReader)));
  return { configure, close: () => configure(null) };
}

function localDay(wallMs: number): string {
  const at = new Date(wallMs);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
