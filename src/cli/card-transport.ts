import type { Command } from 'commander';
import {
  BAUD_RATES,
  HTTP_SERVICE_DIALECTS,
  WEB_SOCKET_SERVICE_DIALECTS,
  readerTransportSchema,
  type ReaderTransport,
  type ServiceDialect,
  type WebSocketServiceDialect,
} from '../shared/domain/reader-transport.ts';
import { USUAL_SERVICE_ADDRESSES } from '../shared/domain/service-address.ts';
import { failure, type Failure } from '../shared/reasons.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { CandidateList } from '../main/card-reader/detection/candidates.ts';
import { usageProblem, type UsageProblem } from './output.ts';

/** How the reader is reached, as written on a command line. */
export interface TransportOptions {
  readonly transport?: string;
  readonly port?: string;
  readonly device?: string;
  readonly address?: string;
  readonly baud?: string;
}

const DEVICE_KINDS = ['auto', 'serial', 'usb', 'hid', 'tcp'] as const;
const TRANSPORT_NAMES = [...DEVICE_KINDS, ...HTTP_SERVICE_DIALECTS, ...WEB_SOCKET_SERVICE_DIALECTS] as const;

/** Adds the options that say which reader. */
export function withTransportOptions(command: Command): Command {
  return command
    .option('--transport <kind>', `${TRANSPORT_NAMES.join(', ')}; serial with --port, else auto`)
    .option('--port <port>', 'serial port (COM3, /dev/ttyUSB0), or HOST:PORT with --transport tcp')
    .option('--device <ids>', 'VENDOR:PRODUCT or VENDOR:PRODUCT:SERIAL with --transport usb or hid')
    .option('--address <url>', 'address of a vendor’s service, where it is not the usual one')
    .option('--baud <speed>', `line speed: auto, ${BAUD_RATES.join(', ')}`, 'auto');
}

/** A reader that was named, or the only one of a kind. */
export type ReaderChoice =
  | { readonly named: ReaderTransport }
  /** No port or device was given: it has to be the only one of its kind. */
  | { readonly only: 'serial' | 'usb' | 'hid' };

/** Reads the options. What is wrong comes with an example of how it is right. */
export function readerChoice(options: TransportOptions): Result<ReaderChoice, UsageProblem> {
  const name = options.transport ?? (options.port === undefined ? 'auto' : 'serial');
  const kind = TRANSPORT_NAMES.find((each) => each === name);
  const baud = options.baud ?? 'auto';
  switch (kind) {
    case undefined:
      return err(usageProblem(`unknown transport ${name}`, `Use one of ${TRANSPORT_NAMES.join(', ')}.`));
    case 'auto':
      return ok({ named: { kind: 'auto' } });
    case 'serial':
      if (!BAUDS.includes(baud)) {
        return err(usageProblem('--baud is not a line speed', `Give auto or one of ${BAUD_RATES.join(', ')}.`));
      }
      if (options.port === undefined) return ok({ only: 'serial' });
      return named({ kind, path: options.port, baud: baud === 'auto' ? baud : Number(baud) }, '--port');
    case 'tcp':
      return tcp(options.port);
    case 'usb':
    case 'hid':
      return device(kind, options.device);
    default:
      return service(kind, options.address);
  }
}

/** The reader itself: looked up among what is there when it was not named. */
export async function chosenReader(
  choice: ReaderChoice,
  candidates: () => Promise<CandidateList>,
): Promise<Result<ReaderTransport, Failure>> {
  if ('named' in choice) return ok(choice.named);
  const listed = await candidates();
  const alike = listed.candidates.filter(({ transport }) => transport.kind === choice.only);
  const preferred = alike.filter(({ known }) => known);
  const [only, another] = preferred.length > 0 ? preferred : alike;
  const unlisted = listed.unlisted.find(({ kind }) => kind === choice.only);
  if (only === undefined)
    return err(unlisted?.failure ?? failure('reader.missing', `there is no ${choice.only} device`));
  if (another === undefined) return ok(only.transport);
  const labels = alike.map(({ label }) => label).join(', ');
  return err(failure('reader.several', `${labels}; name one with ${choice.only === 'serial' ? '--port' : '--device'}`));
}

const BAUDS: readonly string[] = ['auto', ...BAUD_RATES.map(String)];

function tcp(port: string | undefined): Result<ReaderChoice, UsageProblem> {
  const address = /^(?:(.+):)?(\d{1,5})$/.exec(port ?? '');
  const raw = { kind: 'tcp', host: address?.[1] ?? '127.0.0.1', port: Number(address?.[2]) };
  return named(raw, '--port', 'Give HOST:PORT, e.g. 127.0.0.1:9000.');
}

function device(kind: 'usb' | 'hid', ids: string | undefined): Result<ReaderChoice, UsageProblem> {
  if (ids === undefined) return ok({ only: kind });
  const [vendorId = '', productId = '', ...serial] = ids.split(':');
  const serialNumber = serial.length === 0 ? null : serial.join(':');
  const identity = { vendorId: vendorId.toLowerCase(), productId: productId.toLowerCase(), serialNumber, place: null };
  return named({ kind, device: identity }, '--device', 'Give two ids as "card list" shows them, e.g. 0400:c35a.');
}

function service(dialect: ServiceDialect, address: string | undefined): Result<ReaderChoice, UsageProblem> {
  const usual = USUAL_SERVICE_ADDRESSES[dialect];
  const kind = isWebSocket(dialect) ? 'vendor-ws' : 'vendor-http';
  return named({ kind, dialect, address: address ?? usual }, '--address', `Services of this machine only: ${usual}.`);
}

function isWebSocket(dialect: ServiceDialect): dialect is WebSocketServiceDialect {
  return WEB_SOCKET_SERVICE_DIALECTS.some((each) => each === dialect);
}

function named(raw: unknown, option: string, hint = 'See --help.'): Result<ReaderChoice, UsageProblem> {
  const parsed = readerTransportSchema.safeParse(raw);
  return parsed.success ? ok({ named: parsed.data }) : err(usageProblem(`${option} can not be used`, hint));
}
