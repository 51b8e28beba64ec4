import { failure, type Failure, type FailureCode } from '../../shared/reasons.ts';

/** The SW3 values that the reader's logic refers to by name. */
export const STATUS = {
  ok: 0x90,
  notOnCard: 0x91,
  cardFound: 0x9f,
  noCard: 0x80,
  selectFailed: 0x81,
  badChecksum: 0x10,
  badLength: 0x11,
  badCommand: 0x21,
  notPermitted: 0x23,
  unrecognisedError: 0x24,
  noCardYet: 0x34,
  unknownCard: 0x40,
  readFailed: 0x41,
  randomNumberFailed: 0x47,
} as const;

export interface StatusMeaning {
  readonly meaning: string;
  /** How a certification ends when this answers a command that needed success; null where it isn't a failure. */
  readonly reason: FailureCode | null;
  /** `resend`: the same command once more. `restart`: once more from finding the card. `never`: the first answer stands. */
  readonly retry: 'never' | 'resend' | 'restart';
  /** Whether it says that the card isn't (or is no longer) in the field. */
  readonly cardGone: boolean;
}

function meaning(
  text: string,
  reason: FailureCode | null,
  retry: StatusMeaning['retry'] = 'never',
  cardGone = false,
): StatusMeaning {
  return { meaning: text, reason, retry, cardGone };
}

/** SW3 → meaning, after GA 450 and the drivers that agree with it; 34, 50 and 61 only appear in older lists. */
const MEANINGS: ReadonlyMap<number, StatusMeaning> = new Map([
  [0x90, meaning('done', null)],
  [0x9f, meaning('card found', null)],
  [0x91, meaning('not on the card', null)],
  [0x80, meaning('no card', 'card.pulled', 'never', true)],
  [0x81, meaning('card selection failed', 'card.select-failed', 'restart', true)],
  [0x10, meaning('the reader received a wrong checksum', 'reader.bad-frame', 'resend')],
  [0x11, meaning('the reader received a wrong length', 'reader.bad-frame', 'resend')],
  [0x21, meaning('the reader does not know the command', 'reader.fault')],
  [0x23, meaning('operation not permitted', 'reader.fault')],
  [0x24, meaning('unrecognised reader error', 'reader.fault', 'restart')],
  [0x31, meaning('the card did not accept the reader', 'card.refused')],
  [0x32, meaning('the reader did not accept the card', 'card.refused')],
  [0x33, meaning('the signature of the card data is wrong', 'card.refused')],
  [0x34, meaning('no card was found before', 'card.pulled', 'restart', true)],
  [0x37, meaning('fingerprint verification failed', 'card.read-failed')],
  [0x3f, meaning('information length error', 'card.read-failed')],
  [0x40, meaning('unrecognised card kind', 'card.unknown-kind')],
  [0x41, meaning('reading failed', 'card.read-failed', 'resend', true)],
  [0x47, meaning('the card moved while it was read', 'card.pulled', 'restart', true)],
  [0x50, meaning('writing failed', 'reader.fault')],
  [0x60, meaning('the security module failed its self-test', 'reader.self-test-failed')],
  [0x61, meaning('login failed', 'reader.fault')],
  [0x66, meaning('the security module is not authorised', 'reader.not-authorised')],
]);

/** What SW3 `status` (0 to 255) means; a value outside the table is a reader fault, never a success. */
export function meaningOf(status: number): StatusMeaning {
  return MEANINGS.get(status) ?? meaning('unlisted status', 'reader.fault');
}

/** Whether a module says that it doesn't know or doesn't allow a command, which matters for those that not all have. */
export function isUnsupported(status: number): boolean {
  return status === STATUS.badCommand || status === STATUS.notPermitted;
}

/** The status as a failure; a status that isn't one by itself was the wrong answer, so the reader is at fault. */
export function statusFailure(status: number): Failure {
  const { meaning: text, reason } = meaningOf(status);
  return failure(reason ?? 'reader.fault', `status ${hex(status)}: ${text}`);
}

/** Two upper-case digits, without a prefix, of a byte 0 to 255. */
export function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}
