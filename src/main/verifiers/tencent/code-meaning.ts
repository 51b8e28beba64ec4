import type { RetryClass } from '../../../shared/domain/verification.ts';
import { stateOf, type ReasonCode } from '../../../shared/reasons.ts';

/** What a code of the vendor's means to us; the state follows from the reason. */
export interface CodeMeaning {
  readonly reason: ReasonCode;
  readonly retry: RetryClass;
  /** Whether the vendor bills for a call that ends so; null: its documents don't say. */
  readonly billed: boolean | null;
}

export type CodeTable = ReadonlyMap<string, CodeMeaning>;

export const FREE = false;
export const BILLED = true;

/** One meaning for several codes. */
export function group(
  reason: ReasonCode,
  retry: RetryClass,
  billed: boolean | null,
  codes: readonly (string | number)[],
): readonly (readonly [string, CodeMeaning])[] {
  return codes.map((code) => [String(code), { reason, retry, billed }] as const);
}

/** Of a code in several groups the last meaning holds. */
export function codeTable(...groups: readonly ReturnType<typeof group>[]): CodeTable {
  return new Map(groups.flat());
}

export const CONFIRMED: CodeMeaning = { reason: 'ok.confirmed', retry: 'none', billed: BILLED };
export const MATCHED: CodeMeaning = { reason: 'ok.matched', retry: 'none', billed: BILLED };

/** A code that isn't in our tables decides nothing, and nobody knows whether it was billed. */
export const UNKNOWN_CODE: CodeMeaning = { reason: 'verifier.unknown-code', retry: 'clerk', billed: null };

/** Goes by the code alone: a similarity may still contradict it. */
export function passes({ reason }: CodeMeaning): boolean {
  return stateOf(reason) === 'passed';
}
