/** A make of device, by its USB ids (four hexadecimal digits, lower case). */
interface Make {
  readonly vendorId: string;
  readonly productId: string;
  readonly maker: string | null;
}

/**
 * Card readers by their USB ids, from vendors' drivers and integration guides. 0400:c35a is that of the security
 * module's own USB port and so of most makers; where no source names the maker, it is null.
 */
export const KNOWN_READERS: readonly Make[] = [
  { vendorId: '0400', productId: 'c35a', maker: '神思, 新中新, 华视, 中控' },
  { vendorId: '2b8b', productId: '2721', maker: null },
  { vendorId: '9573', productId: '4836', maker: '亿数' },
  { vendorId: 'c216', productId: '0102', maker: '中软高科' },
];

/** Chips that turn a reader's serial line into USB. Other devices have them too, so they only say "may be asked". */
export const SERIAL_BRIDGES: readonly Make[] = [
  { vendorId: '1a86', productId: '7523', maker: 'WCH CH340' },
  { vendorId: '1a86', productId: '5523', maker: 'WCH CH341' },
  { vendorId: '1a86', productId: '55d4', maker: 'WCH CH9102' },
  { vendorId: '10c4', productId: 'ea60', maker: 'Silicon Labs CP210x' },
  { vendorId: '10c4', productId: 'ea70', maker: 'Silicon Labs CP2105' },
  { vendorId: '0403', productId: '6001', maker: 'FTDI FT232R' },
  { vendorId: '0403', productId: '6010', maker: 'FTDI FT2232' },
  { vendorId: '0403', productId: '6011', maker: 'FTDI FT4232' },
  { vendorId: '0403', productId: '6014', maker: 'FTDI FT232H' },
  { vendorId: '0403', productId: '6015', maker: 'FTDI FT230X' },
  { vendorId: '067b', productId: '2303', maker: 'Prolific PL2303' },
  { vendorId: '067b', productId: '23a3', maker: 'Prolific PL2303GC' },
];

interface Ids {
  readonly vendorId: string;
  readonly productId: string;
}

/** The table's entry of a card reader's USB ids, or null. */
export function knownReader(ids: Ids): Make | null {
  return KNOWN_READERS.find((make) => isMake(make, ids)) ?? null;
}

/** The table's entry of a USB-to-serial chip's ids, or null. */
export function serialBridge(ids: Ids): Make | null {
  return SERIAL_BRIDGES.find((make) => isMake(make, ids)) ?? null;
}

function isMake(make: Make, { vendorId, productId }: Ids): boolean {
  return make.vendorId === vendorId && make.productId === productId;
}

/** A number of a descriptor as the four digits that identities are kept in. */
export function usbIdText(id: number): string {
  return id.toString(16).padStart(4, '0');
}
