import type { VerifierId } from './verification.ts';

/** Calls of one scene and product code at one verifier, over a span of days. */
export interface MeterRow {
  readonly sceneId: string;
  readonly scheme: string;
  readonly verifier: VerifierId;
  readonly operation: string;
  /** Requests that went out. */
  readonly calls: number;
  /** Those that were answered with a decision. */
  readonly successful: number;
  readonly passes: number;
  /** By the maker's own rule of what is paid for. */
  readonly billed: number;
  /** Calls of which nobody knows whether they are billed: their answer was lost. */
  readonly unknown: number;
}

/** One call, as it is matched with a vendor's statement. */
export interface MeterLine {
  readonly orderId: string;
  readonly certifyId: string;
  readonly sceneId: string;
  readonly scheme: string;
  readonly verifier: VerifierId;
  readonly operation: string;
  /** Which try of the order, from 1. */
  readonly number: number;
  readonly startedAtMs: number;
  readonly requestId: string | null;
  readonly code: string | null;
  readonly billed: boolean | null;
}

/** One line of a vendor's statement. */
export interface StatementLine {
  readonly orderId: string;
  readonly requestId: string | null;
  readonly atMs: number | null;
  readonly operation: string | null;
  /** How many calls it bills. */
  readonly count: number;
  /** Line of the file, from 1. */
  readonly line: number;
}

export interface Reconciliation {
  readonly matched: number;
  /** Billed there, unknown here. */
  readonly onlyThere: readonly StatementLine[];
  /** Billed by the maker's rule as we know it, not on the statement. */
  readonly onlyHere: readonly MeterLine[];
  /** On both, but not the same number of calls; `expected` by the maker's rule. */
  readonly differing: readonly { readonly orderId: string; readonly expected: number; readonly billed: number }[];
  /** Of calls whose answer was lost: the statement tells what became of them. */
  readonly resolved: readonly { readonly orderId: string; readonly billed: boolean }[];
  /** Lines that could not be read, with why. */
  readonly unread: readonly { readonly line: number; readonly why: string }[];
}

/** One call as its rows keep it, before anybody has said what it costs. */
export interface RecordedCall {
  /** Of the question; of a check on a person's own phone, the id of its page. */
  readonly orderId: string;
  readonly certifyId: string;
  /** Empty where the certification left no record. */
  readonly sceneId: string;
  readonly scheme: string;
  readonly verifier: VerifierId;
  readonly operation: string;
  readonly number: number;
  readonly startedAtMs: number;
  /** Our reason and the maker's code; null where no answer is kept. */
  readonly reason: string | null;
  readonly code: string | null;
  readonly requestId: string | null;
  /** What the answer itself says; undefined where it was kept before it said so. */
  readonly billed: boolean | null | undefined;
}

/** From inclusive, to exclusive; milliseconds since the Unix epoch. */
export interface MeterWindow {
  readonly fromMs: number;
  readonly toMs: number;
}
