import type { FakeVendorName } from './contract.ts';

/** What is known of a request before its body is read. */
export interface RequestHead {
  readonly method: string;
  /** Path and query as they arrived. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface WholeRequest extends RequestHead {
  readonly body: Buffer;
  readonly atMs: number;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export interface Refusal {
  readonly code: string;
  readonly reply: Reply;
}

/** What a request asks for; with a refusal where its signature or its form is not accepted. */
export interface Admission {
  readonly operation: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** `accepted`, or the code of why the signature was refused. */
  readonly signature: string;
  readonly refusal: Refusal | null;
}

/** The code that a script asks for; null: success. */
export interface ScriptedCode {
  readonly code: string | null;
  readonly form: 'field' | 'error';
}

export interface Decision {
  readonly code: string;
  readonly billed: boolean;
  readonly reply: Reply;
}

/** One vendor: how it checks signatures and how it answers. */
export interface VendorModel {
  readonly name: FakeVendorName;
  readonly operations: readonly string[];
  codesOf(operation: string): readonly string[];
  /** The operation, as far as the head tells; null where it stands in the body. */
  operationOf(head: RequestHead): string | null;
  admit(request: WholeRequest): Admission;
  /** Takes effect: what is decided here is what a later query answers. */
  decide(admission: Admission, scripted: ScriptedCode, request: WholeRequest): Decision;
}

/**
 * A reply with `value` as its JSON body. A `content-type` in `headers` (names in lower case) goes before the usual one.
 */
export function jsonReply(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json;charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}
