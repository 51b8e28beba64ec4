/** The services that a fake vendor stands in for. */
export const FAKE_VENDORS = ['tencent', 'aliyun', 'uni'] as const;
export type FakeVendorName = (typeof FAKE_VENDORS)[number];

/** Accounts whose signatures are accepted; invented, and never those of a real account. */
export interface FakeAccount {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary keys: then every request must carry it. */
  readonly securityToken?: string;
}

/**
 * How one call is answered. Steps of a script are used in order, the last one again and again; without a script every
 * call succeeds with a plausible answer made from the request.
 */
export interface ScriptedAnswer {
  /** The vendor's code of this operation: a business code, `Response.Error` code or result field, as it documents it. */
  readonly code?: string;
  /** For codes that a vendor sends now as a field of a good answer, now as an error; `field` unless told. */
  readonly form?: 'field' | 'error';
  /** The whole answer body, instead of one made from `code`. */
  readonly body?: unknown;
  readonly httpStatus?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly delayMs?: number;
  /**
   * `refuse`: connection closed before anything is read. `drop`: the call takes effect, the answer is lost.
   * `cut`: half of the answer. `hang`: nothing until the client gives up. `html`: a proxy's page. `flood`: an endless
   * body. `redirect`: to another host. `nonsense`: not JSON.
   */
  readonly fault?: 'refuse' | 'drop' | 'cut' | 'hang' | 'html' | 'flood' | 'redirect' | 'nonsense';
}

export interface ReceivedCall {
  readonly vendor: FakeVendorName;
  readonly operation: string;
  /** Parsed parameters, wherever they stood. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Path and query as they arrived. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly atMs: number;
  /** `accepted`, or the code of why the signature was refused. */
  readonly signature: string;
  /** The vendor's code of what was decided; the same as `signature` where that was refused. */
  readonly code: string;
  /** Whether the vendor would bill for it. */
  readonly billed: boolean;
}

export interface FakeVendor {
  readonly name: FakeVendorName;
  /** Origin on loopback. */
  readonly address: string;
  /** What happens at the next calls of an operation; an empty list takes the script away. */
  script(operation: string, answers: readonly ScriptedAnswer[]): void;
  readonly received: readonly ReceivedCall[];
  /** Every operation that it knows. */
  readonly operations: readonly string[];
  /** Every code that it can answer for an operation. */
  codesOf(operation: string): readonly string[];
  close(): Promise<void>;
}

export interface FakeVendorOptions {
  readonly account: FakeAccount;
  /** 0: any free port. */
  readonly port?: number;
  readonly nowMs?: () => number;
  /** Told of every call once it is decided, for a log. */
  readonly onCall?: (call: ReceivedCall) => void;
}
