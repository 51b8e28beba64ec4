import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';

/** What can go wrong on the line or in the reader; lasts until another fault is set. */
const LINE_FAULTS = ['lost-leading-aa', 'garbage-before', 'bad-checksum', 'silent', 'slow', 'echo'] as const;
/** What can go wrong with one card; ends when that card leaves. */
const CARD_FAULTS = ['bad-checksum-once', 'moving-card', 'status-41'] as const;

/**
 * `bad-checksum` damages every reply to a read, `bad-checksum-once` only the first. `moving-card` fails the first
 * selection. `slow` answers reads after two seconds. `pull-mid-frame` takes the card off when so many bytes of the
 * read were sent (with 0 before the first, so that the reader itself reports the failed read). `read-status` answers
 * reads with a status.
 */
export type Fault =
  | { readonly kind: 'none' | (typeof LINE_FAULTS)[number] | (typeof CARD_FAULTS)[number] }
  | { readonly kind: 'pull-mid-frame'; readonly afterBytes: number }
  | { readonly kind: 'read-status'; readonly status: number };

export const FAULT_NAMES = ['none', ...LINE_FAULTS, ...CARD_FAULTS, 'pull-mid-frame@BYTES', 'read-status@HEX'] as const;

/** Reads a fault's name: one of the list, `pull-mid-frame@700`, `read-status@31`. Fails with `request.invalid`. */
export function parseFault(name: string): Result<Fault, Failure> {
  const plain = (['none', ...LINE_FAULTS, ...CARD_FAULTS] as const).find((each) => each === name);
  if (plain) return ok({ kind: plain });
  const pull = /^pull-mid-frame@(\d{1,4})$/.exec(name);
  if (pull) return ok({ kind: 'pull-mid-frame', afterBytes: Number(pull[1]) });
  const status = /^read-status@([0-9a-fA-F]{2})$/.exec(name);
  if (status) return ok({ kind: 'read-status', status: parseInt(status[1]!, 16) });
  return err(failure('request.invalid', `unknown fault; known: ${FAULT_NAMES.join(', ')}`));
}

/** Whether the fault belongs to the card on the reader rather than to the line. */
export function endsWithCard(fault: Fault): boolean {
  return (
    fault.kind === 'pull-mid-frame' || fault.kind === 'read-status' || CARD_FAULTS.some((each) => each === fault.kind)
  );
}
