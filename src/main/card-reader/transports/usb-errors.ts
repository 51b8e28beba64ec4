import { failure, type Failure, type FailureCode } from '../../../shared/reasons.ts';

/**
 * What the library's errors say, first match counts. It gives no codes, only `<call> error: <words> (errno 13)` on
 * Linux and `(error 5)` on Windows (nusb, `Error` and `TransferError`); the LIBUSB names are those of its versions
 * before 3, which some systems' shims still speak.
 */
const OPEN_FAILURES: readonly (readonly [RegExp, FailureCode, string])[] = [
  [/failed to open device \(error (5|32)\)/, 'reader.port-busy', 'the device is in use by another program'],
  [/permission denied|LIBUSB_ERROR_ACCESS|\(errno (1|13)\)/i, 'reader.not-permitted', 'this account may not use it'],
  [/busy|already (claimed|in use)|\(errno 16\)/i, 'reader.port-busy', 'the device is in use by another program'],
  [
    /incompatible driver|WinUSB|not.?supported|unsupported/i,
    'reader.driver-missing',
    'the device has no driver for direct use',
  ],
  [/(interface|endpoint|configuration) not found|descriptor/i, 'reader.fault', 'the device has other endpoints'],
  [/not found|disconnected|NO_DEVICE|\(errno (2|19)\)/i, 'reader.missing', 'the device is not there'],
];

/** The failure behind an error of enumerating, opening or claiming. */
export function usbFailure(error: unknown): Failure {
  const text = error instanceof Error ? error.message : String(error);
  const known = OPEN_FAILURES.find(([pattern]) => pattern.test(text));
  return known ? failure(known[1], known[2]) : failure('reader.fault', 'the device can not be opened');
}

/** How a transfer ended without data: `fault` is noise on the cable, or the first sign of a pulled plug. */
export type TransferTrouble = 'timed-out' | 'stalled' | 'gone' | 'fault';

/** What an error of a transfer says by its words, as `usbFailure` does for opening; `fault` when they are not known. */
export function transferTrouble(error: unknown): TransferTrouble {
  const text = error instanceof Error ? error.message : String(error);
  if (/cancelled|timed.?out|timeout/i.test(text)) return 'timed-out';
  if (/stall|_pipe/i.test(text)) return 'stalled';
  if (/disconnected|no_device|invalid state|not found/i.test(text)) return 'gone';
  return 'fault';
}
