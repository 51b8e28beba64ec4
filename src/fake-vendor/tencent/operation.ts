import type { WholeRequest } from '../vendor-model.ts';

export type Parameters = Readonly<Record<string, unknown>>;

/** What one operation of this vendor takes and gives. */
export interface TencentOperation {
  readonly version: string;
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Groups of which one has to be there. */
  readonly oneOf?: readonly (readonly string[])[];
  readonly success: string;
  /** Codes that come as a field of the answer; the rest comes as `Response.Error`. */
  readonly fieldCodes: readonly string[];
  /** Codes that come as an error and only for this operation. */
  readonly errorCodes: readonly string[];
  readonly billed: readonly string[];
  /** `Response` without `RequestId`, or the code of an error. */
  answer(parameters: Parameters, code: string, memory: TokenMemory, request: WholeRequest): Fields | ErrorCode;
}

export type Fields = Readonly<Record<string, unknown>>;

export interface ErrorCode {
  readonly error: string;
}

/** Whether the answer is a `Response.Error`: only that has a text in a field `error`. */
export function isErrorCode(answer: Fields | ErrorCode): answer is ErrorCode {
  return typeof answer['error'] === 'string';
}

/** A token that was given out, and what is known of the person's visit to the page. */
export interface GivenToken {
  readonly givenAtMs: number;
  readonly parameters: Parameters;
}

/** Tokens of the hosted pages and of the app kit. */
export interface TokenMemory {
  give(prefix: string, parameters: Parameters, nowMs: number): string;
  find(token: string): GivenToken | null;
}

/**
 * An empty memory. Tokens are numbered as they are given, so that runs repeat; whether one is too old is the caller's
 * to judge.
 */
export function createTokenMemory(): TokenMemory {
  const tokens = new Map<string, GivenToken>();
  return {
    give: (prefix, parameters, nowMs) => {
      const token = `${prefix}-${String(tokens.size + 1).padStart(8, '0')}-0000-4000-8000-000000000000`;
      tokens.set(token, { givenAtMs: nowMs, parameters });
      return token;
    },
    find: (token) => tokens.get(token) ?? null,
  };
}
