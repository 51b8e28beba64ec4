import { failure, type Failure } from '../../../shared/reasons.ts';

/** Return codes of PC/SC (PC/SC part 5; pcsclite.h, winerror.h), as unsigned 32 bits. */
export const PCSC = {
  success: 0,
  cancelled: 0x80100002,
  unknownReader: 0x80100009,
  timeout: 0x8010000a,
  sharingViolation: 0x8010000b,
  noSmartCard: 0x8010000c,
  protocolMismatch: 0x8010000f,
  notTransacted: 0x80100016,
  readerUnavailable: 0x80100017,
  noService: 0x8010001d,
  serviceStopped: 0x8010001e,
  noReaders: 0x8010002e,
  communication: 0x80100013,
  internal: 0x80100001,
  invalidHandle: 0x80100003,
  unsupportedCard: 0x80100065,
  unresponsiveCard: 0x80100066,
  unpoweredCard: 0x80100067,
  resetCard: 0x80100068,
  removedCard: 0x80100069,
} as const;

const NAMES: ReadonlyMap<number, string> = new Map(Object.entries(PCSC).map(([name, code]) => [code, name]));

/** The service says that nobody is there, or went away. */
export const SERVICE_GONE: readonly number[] = [PCSC.noService, PCSC.serviceStopped];
/** A reader that was there isn't any more. */
const READER_GONE: readonly number[] = [
  ...SERVICE_GONE,
  PCSC.unknownReader,
  PCSC.readerUnavailable,
  PCSC.noReaders,
  PCSC.communication,
  PCSC.invalidHandle,
];
/** There is something on the reader that doesn't answer, or that another program keeps to itself. */
export const UNREADABLE: readonly number[] = [
  PCSC.unresponsiveCard,
  PCSC.unsupportedCard,
  PCSC.protocolMismatch,
  PCSC.sharingViolation,
];

/** A return code as it goes to logs. */
export function codeName(code: number): string {
  return `${NAMES.get(code) ?? 'PC/SC'} ${code.toString(16).toUpperCase().padStart(8, '0')}`;
}

/** What a code means where readers are looked for. */
export function serviceFailure(code: number): Failure {
  return failure('chip.service-missing', codeName(code));
}

/** What a code means in the middle of a conversation with a chip. */
export function conversationFailure(code: number): Failure {
  return failure(READER_GONE.includes(code) ? 'chip.reader-lost' : 'chip.stopped', codeName(code));
}
