import { z } from 'zod';

/** GA 450 line speeds in the order in which they are tried. */
export const BAUD_RATES = [115_200, 57_600, 38_400, 19_200, 9600] as const;
export type BaudRate = (typeof BAUD_RATES)[number];

const baudSchema = z.union([z.literal('auto'), ...BAUD_RATES.map((rate) => z.literal(rate))]);

const usbId = z.string().regex(/^[0-9a-f]{4}$/, 'four hexadecimal digits, lower case');

/**
 * What tells one device on the bus from another. Without a serial number two readers of one make can't be told apart,
 * and `place` (the bus's or the system's name of the socket) stands in for it.
 */
export const deviceIdentitySchema = z.strictObject({
  vendorId: usbId,
  productId: usbId,
  serialNumber: z.string().min(1).max(200).nullable(),
  place: z.string().min(1).max(300).nullable(),
});
export type DeviceIdentity = z.infer<typeof deviceIdentitySchema>;

/**
 * Services that card reader vendors install on counters: `cvr` (GET, port 19196), `certctl` (POST, 18889),
 * `est-card` (POST, 38088), `read-msg` (JSONP, 8989), `read-card-cgi` (POST, 8000), `est` (web socket, 33666).
 */
export const HTTP_SERVICE_DIALECTS = ['cvr', 'certctl', 'est-card', 'read-msg', 'read-card-cgi'] as const;
export const WEB_SOCKET_SERVICE_DIALECTS = ['est'] as const;
export type HttpServiceDialect = (typeof HTTP_SERVICE_DIALECTS)[number];
export type WebSocketServiceDialect = (typeof WEB_SOCKET_SERVICE_DIALECTS)[number];
export type ServiceDialect = HttpServiceDialect | WebSocketServiceDialect;

/** A service of this machine only: cards' data never comes over a network unencrypted. */
const loopback = (...schemes: readonly string[]) =>
  z
    .url()
    .max(200)
    .refine((address) => {
      // A refinement runs on what is no address, too.
      if (!URL.canParse(address)) return false;
      const { protocol, hostname, username } = new URL(address);
      return schemes.includes(protocol) && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname) && username === '';
    }, 'an address of this machine (127.0.0.1, localhost or [::1])');

/** How the card reader is reached. `simulated` is refused unless the application was started for demonstration. */
export const readerTransportSchema = z.discriminatedUnion('kind', [
  /** Whatever single reader is found; `reader.several` when there are two. */
  z.object({ kind: z.literal('auto') }),
  z.object({
    kind: z.literal('serial'),
    /** `COM3`, `/dev/ttyUSB0`; pseudo-terminals too. */
    path: z.string().min(1),
    /** `auto` tries every rate from the fastest. */
    baud: baudSchema,
    /**
     * The device that was chosen. It is looked for by this identity wherever it is plugged in, and another one at
     * `path` is refused (`reader.other-device`). Absent for ports without identity.
     */
    device: deviceIdentitySchema.optional(),
  }),
  /** Bulk endpoints. */
  z.object({ kind: z.literal('usb'), device: deviceIdentitySchema }),
  /** 64-byte reports. */
  z.object({ kind: z.literal('hid'), device: deviceIdentitySchema }),
  z.object({ kind: z.literal('tcp'), host: z.string().min(1), port: z.int().min(1).max(65_535) }),
  z.object({
    kind: z.literal('vendor-http'),
    dialect: z.enum(HTTP_SERVICE_DIALECTS),
    address: loopback('http:', 'https:'),
  }),
  z.object({
    kind: z.literal('vendor-ws'),
    dialect: z.enum(WEB_SOCKET_SERVICE_DIALECTS),
    address: loopback('ws:', 'wss:'),
  }),
  z.object({ kind: z.literal('simulated') }),
]);
export type ReaderTransport = z.infer<typeof readerTransportSchema>;
export type ReaderTransportKind = ReaderTransport['kind'];
