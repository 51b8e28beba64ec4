import { BAUD_RATES, type BaudRate } from '../../../shared/domain/reader-transport.ts';

/** What a host asks of a reader, as faults name it. `read` is both reads, `address` and `presence` are 30 03 and 30 05. */
export const STEPS = [
  'reset',
  'status',
  'sam-id',
  'rf-bytes',
  'baud',
  'find',
  'select',
  'read',
  'address',
  'presence',
] as const;
export type Step = (typeof STEPS)[number];

/** What can go wrong on the line or in the reader, without a parameter. */
export const PLAIN_LINE_FAULTS = [
  'lost-leading-aa',
  'garbage-before',
  'split',
  'two-replies-in-one-chunk',
  'length-beyond-4089',
  'echo',
  'refuses-30-10',
] as const;
/** What can be wrong with one card, without a parameter. */
export const PLAIN_CARD_FAULTS = [
  'swapped-card',
  'photo-length-0',
  'unknown-type-flag',
  'all-zero-dates',
  'bad-check-digit',
] as const;

/**
 * One misbehaviour of a reader, its line or a card; `fault.ts` says what each does. `step` limits a fault to one
 * step. Counts default to 1.
 */
export type Fault =
  | { readonly kind: 'none' | (typeof PLAIN_LINE_FAULTS)[number] | (typeof PLAIN_CARD_FAULTS)[number] }
  /** Without a step: every step. */
  | { readonly kind: 'silent'; readonly step?: Step }
  /** Without a step: the read. */
  | { readonly kind: 'bad-checksum' | 'bad-checksum-once'; readonly step?: Step }
  | { readonly kind: 'status'; readonly step: Step; readonly status: number }
  | { readonly kind: 'slow'; readonly thinkMs?: number }
  /** Without an end: until another fault is set. */
  | { readonly kind: 'no-card'; readonly untilMs?: number }
  | { readonly kind: 'moving-card'; readonly times?: number }
  | { readonly kind: 'pull-mid-frame' | 'unplug-mid-frame'; readonly afterBytes: number }
  | { readonly kind: 'listens-at'; readonly baud: BaudRate }
  | { readonly kind: 'fingerprint-bytes'; readonly bytes: 0 | 512 | 1024 };

export type FaultOf<K extends Fault['kind']> = Fault & { readonly kind: K };

const CARD_STEPS: readonly Step[] = ['find', 'select', 'read', 'address', 'presence'];
const CARD_KINDS: readonly Fault['kind'][] = [
  ...PLAIN_CARD_FAULTS,
  'bad-checksum-once',
  'moving-card',
  'pull-mid-frame',
  'fingerprint-bytes',
];

/** Whether the fault belongs to the card on the reader, and ends when that leaves, rather than to the line. */
export function endsWithCard(fault: Fault): boolean {
  return CARD_KINDS.includes(fault.kind) || (fault.kind === 'status' && CARD_STEPS.includes(fault.step));
}

/** Which step a command's payload asks for; undefined for a command that isn't in the protocol. */
export function stepOf(payload: Uint8Array): Step | undefined {
  const [command, parameter] = payload;
  if (command === 0x60) return parameter! < BAUD_RATES.length ? 'baud' : undefined;
  return STEP_OF_COMMAND.get((command! << 8) | parameter!);
}

const STEP_OF_COMMAND: ReadonlyMap<number, Step> = new Map([
  [0x10ff, 'reset'],
  [0x11ff, 'status'],
  [0x12ff, 'sam-id'],
  [0x61ff, 'rf-bytes'],
  [0x2001, 'find'],
  [0x2002, 'select'],
  [0x3001, 'read'],
  [0x3010, 'read'],
  [0x3003, 'address'],
  [0x3005, 'presence'],
]);
