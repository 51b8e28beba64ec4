import {
  BAUD_RATES,
  HTTP_SERVICE_DIALECTS,
  readerTransportSchema,
  WEB_SOCKET_SERVICE_DIALECTS,
  type DeviceIdentity,
  type ReaderTransport,
  type ServiceDialect,
} from '../../../shared/domain/reader-transport.ts';
import { USUAL_SERVICE_ADDRESSES } from '../../../shared/domain/service-address.ts';
import { parsed, type Parsed, type Problems } from '../form-problem.ts';
import { chosenDevice, deviceFields, deviceOf, type DeviceFields } from './device-choice.ts';

/** Line speeds to choose from; `auto` tries them from the fastest. */
export const BAUD_CHOICES = ['auto', ...BAUD_RATES] as const;

export const SERVICE_DIALECTS = [...HTTP_SERVICE_DIALECTS, ...WEB_SOCKET_SERVICE_DIALECTS] as const;

/** Kinds of connection as people tell them apart: a vendor's service is one, whatever it speaks. */
export const READER_KINDS = ['auto', 'serial', 'usb', 'hid', 'tcp', 'service', 'simulated', 'off'] as const;
export type ReaderKind = (typeof READER_KINDS)[number];

/** Texts and switches only, so that unsaved edits compare by value. */
export interface ReaderDraft extends DeviceFields {
  readonly kind: ReaderKind;
  /** True while the path is typed instead of picked from the list. */
  readonly byHand: boolean;
  readonly path: string;
  readonly baud: string;
  /** Whether only this very device is accepted at the serial port. */
  readonly pinned: boolean;
  readonly host: string;
  readonly port: string;
  readonly dialect: ServiceDialect;
  readonly address: string;
}

export type ReaderField = keyof ReaderDraft;

const BLANK: ReaderDraft = {
  kind: 'off',
  byHand: false,
  path: '',
  baud: 'auto',
  pinned: false,
  host: '',
  port: '',
  dialect: 'cvr',
  address: USUAL_SERVICE_ADDRESSES.cvr,
  ...deviceFields(null),
};

/** The form's contents for a saved transport. */
export function readerDraft(transport: ReaderTransport | null): ReaderDraft {
  switch (transport?.kind) {
    case undefined:
      return BLANK;
    case 'auto':
    case 'simulated':
      return { ...BLANK, kind: transport.kind };
    case 'serial': {
      const { path, baud, device } = transport;
      return {
        ...BLANK,
        ...deviceFields(device ?? null),
        kind: 'serial',
        path,
        baud: String(baud),
        pinned: device !== undefined,
      };
    }
    case 'usb':
    case 'hid':
      return { ...BLANK, ...deviceFields(transport.device), kind: transport.kind };
    case 'tcp':
      return { ...BLANK, kind: 'tcp', host: transport.host, port: String(transport.port) };
    case 'vendor-http':
    case 'vendor-ws':
      return { ...BLANK, kind: 'service', dialect: transport.dialect, address: transport.address };
  }
}

/** The change for another kind of connection: a device belongs to its kind, and going back brings the saved one. */
export function otherKind(saved: ReaderDraft, kind: ReaderKind): Partial<ReaderDraft> {
  const { vendorId, productId, serialNumber, place, pinned } = kind === saved.kind ? saved : BLANK;
  return { kind, vendorId, productId, serialNumber, place, pinned };
}

/** The change for another serial port, pinned where its device is known. */
export function otherPort(path: string, device: DeviceIdentity | null): Partial<ReaderDraft> {
  return { byHand: false, path, pinned: device !== null, ...deviceFields(device) };
}

/** The change for another vendor's service: its usual address comes with it. */
export function otherDialect(dialect: ServiceDialect): Partial<ReaderDraft> {
  return { dialect, address: USUAL_SERVICE_ADDRESSES[dialect] };
}

function asTransport(draft: ReaderDraft): unknown {
  switch (draft.kind) {
    case 'off':
      return null;
    case 'auto':
    case 'simulated':
      return { kind: draft.kind };
    case 'serial': {
      const baud = draft.baud === 'auto' ? 'auto' : Number(draft.baud);
      const device = draft.pinned ? deviceOf(draft) : null;
      return { kind: 'serial', path: draft.path.trim(), baud, ...(device === null ? {} : { device }) };
    }
    case 'usb':
    case 'hid':
      return { kind: draft.kind, device: deviceOf(draft) };
    case 'tcp':
      return { kind: 'tcp', host: draft.host.trim(), port: Number(draft.port) };
    case 'service': {
      const kind = WEB_SOCKET_SERVICE_DIALECTS.some((one) => one === draft.dialect) ? 'vendor-ws' : 'vendor-http';
      return { kind, dialect: draft.dialect, address: draft.address.trim() };
    }
  }
}

function networkProblems(draft: ReaderDraft): Problems<ReaderField> {
  const port = Number(draft.port);
  return {
    ...(/^[A-Za-z0-9.:-]{1,253}$/.test(draft.host.trim()) ? {} : { host: { key: 'reader.problem.host' } as const }),
    ...(/^\d{1,5}$/.test(draft.port) && port >= 1 && port <= 65535
      ? {}
      : { port: { key: 'reader.problem.port' } as const }),
  };
}

function problemsOf(draft: ReaderDraft): Problems<ReaderField> {
  switch (draft.kind) {
    case 'serial':
      return draft.path.trim() === '' ? { path: { key: 'reader.problem.path' } } : {};
    case 'tcp':
      return networkProblems(draft);
    case 'usb':
    case 'hid':
      return chosenDevice(draft);
    default:
      return {};
  }
}

/** What to blame where only the schema has refused. */
function refusalOf(kind: ReaderKind): Problems<ReaderField> {
  switch (kind) {
    case 'tcp':
      return { host: { key: 'reader.problem.host' } };
    case 'service':
      return { address: { key: 'reader.problem.address' } };
    case 'usb':
    case 'hid':
      return { vendorId: { key: 'reader.problem.usbId' } };
    default:
      return { path: { key: 'reader.problem.refused' } };
  }
}

/** Reads the form: a transport, or none when the reader is switched off. */
export function parseReader(draft: ReaderDraft): Parsed<ReaderTransport | null, ReaderField> {
  const problems = problemsOf(draft);
  if (Object.keys(problems).length > 0) return { ok: false, problems };
  const transport = readerTransportSchema.nullable().safeParse(asTransport(draft));
  if (transport.success) return parsed({}, () => transport.data);
  return { ok: false, problems: refusalOf(draft.kind) };
}
