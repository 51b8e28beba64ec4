import type { DeviceIdentity, ReaderTransport } from '../../../shared/domain/reader-transport.ts';
import type { Translate } from '../translation.ts';

/** `USB 0403:6001 · no. A1B2` or, for a device without a number, where it is plugged in. */
export function deviceWords(device: DeviceIdentity, t: Translate): string {
  const ids = `USB ${device.vendorId}:${device.productId}`;
  if (device.serialNumber !== null) return `${ids} · ${t('reader.deviceNumber', { number: device.serialNumber })}`;
  return device.place === null ? ids : `${ids} · ${t('reader.devicePlace', { place: device.place })}`;
}

/** A line speed in words; automatic included. */
export function speedWords(baud: number | string, t: Translate): string {
  return baud === 'auto' ? t('reader.baudAuto') : t('reader.speedIs', { n: baud });
}

/** How a reader is reached, in one line. */
export function transportWords(transport: ReaderTransport | null, t: Translate): string {
  if (transport === null) return t('reader.kinds.off');
  switch (transport.kind) {
    case 'auto':
    case 'simulated':
      return t(`reader.kinds.${transport.kind}`);
    case 'serial':
      return `${t('reader.kinds.serial')} ${transport.path} · ${speedWords(transport.baud, t)}`;
    case 'usb':
    case 'hid':
      return `${t(`reader.kinds.${transport.kind}`)} · ${deviceWords(transport.device, t)}`;
    case 'tcp':
      return `${t('reader.kinds.tcp')} · ${transport.host}:${transport.port}`;
    case 'vendor-http':
    case 'vendor-ws':
      return `${t(`reader.dialects.${transport.dialect}`)} · ${transport.address}`;
  }
}
