import { nextStepText, reasonText } from '../shared/reason-texts.ts';
import { REASONS, type Failure } from '../shared/reasons.ts';

/** `unknown`: could not be looked at from here, which is not the same as fine. */
export type CheckState = 'ok' | 'warning' | 'failed' | 'unknown';
export interface Check {
  readonly name: string;
  readonly state: CheckState;
  readonly detail: string;
  /** What to do; empty when nothing is to be done. */
  readonly hint: string;
}

/** A check that leaves nothing to do. */
export function ok(name: string, detail: string): Check {
  return { name, state: 'ok', detail, hint: '' };
}

/** A check that couldn't be made from here: exit code 0 all the same. `hint` says where it can be, or is empty. */
export function unknown(name: string, detail: string, hint: string): Check {
  return { name, state: 'unknown', detail, hint };
}

/** Something to look at that keeps no kiosk from working: exit code 0. */
export function warning(name: string, detail: string, hint: string): Check {
  return { name, state: 'warning', detail, hint };
}

/** A failure that a hint of the check's own helps with, where `troubled` has that of the windows; makes exit code 1. */
export function failed(name: string, failure: Failure, hint: string): Check {
  return { name, state: 'failed', detail: failureWords(failure), hint };
}

/** A failure as a check, in the words that the windows use for it. */
export function troubled(name: string, failure: Failure, state: 'warning' | 'failed' = 'failed'): Check {
  const hint = nextStepText(REASONS[failure.code].next, 'en', 'clerk');
  return { name, state, detail: failureWords(failure), hint };
}

function failureWords({ code, detail }: Failure): string {
  const words = reasonText(code, 'en', 'clerk');
  return detail === undefined ? words : `${words} (${detail})`;
}
