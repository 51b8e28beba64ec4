import { failure, type Failure, type FailureCode } from '../../../shared/reasons.ts';

/**
 * What hidapi's errors say, first match counts: on Linux the system's own words (`Permission denied`), on Windows its
 * code in hexadecimal. There a device that another program holds for itself is refused like a forbidden one, while an
 * account may open any reader, so the refusal means that it is in use.
 */
const OPEN_FAILURES: readonly (readonly [RegExp, FailureCode, string])[] = [
  [/0x0*(5|20)\b|access is denied|being used/i, 'reader.port-busy', 'the device is in use by another program'],
  [/permission denied|not permitted/i, 'reader.not-permitted', 'this account may not use it'],
  [/busy/i, 'reader.port-busy', 'the device is in use by another program'],
  [/no such (file|device)|cannot find|not found/i, 'reader.missing', 'the device is not there'],
  [/not a HIDRAW device|not supported/i, 'reader.driver-missing', 'the device has no driver for reports'],
];

/** The failure behind an error of listing or opening. */
export function hidFailure(error: unknown): Failure {
  const text = error instanceof Error ? error.message : String(error);
  const known = OPEN_FAILURES.find(([pattern]) => pattern.test(text));
  return known ? failure(known[1], known[2]) : failure('reader.fault', 'the device can not be opened');
}
