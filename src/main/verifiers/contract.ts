import type { Clock } from '../../shared/clock.ts';
import type { Capability, CheckAnswer, CheckRequest, VerifierCapabilities } from '../../shared/domain/verification.ts';
import type { TraceContext } from '../../shared/domain/trace-context.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';

/** One who can be asked: this device, our verifier, a vendor, the customer's own function. */
export interface Verifier {
  readonly capabilities: VerifierCapabilities;
  /** The operation that this request leads to, where several serve its check; left out where each check has one. */
  capabilityFor?(request: CheckRequest): Capability | null;
  /**
   * Asks once; no retries inside. Whatever happens is an answer: a transport failure becomes an `error` outcome whose
   * retry class says whether the call may have arrived (`clerk`, or `service` where it surely didn't).
   */
  check(request: CheckRequest, context: CallContext): Promise<CheckAnswer>;
  /** Asks for the result of an earlier call, by the vendor's reference or by our order id. Never billed. */
  query(reference: string, request: CheckRequest, context: CallContext): Promise<CheckAnswer>;
  /** Has the vendor delete what it kept of a call; `unsupported` where it offers no such call. */
  erase(reference: string, context: CallContext): Promise<Result<'erased' | 'unsupported', Failure>>;
}

export interface CallContext {
  readonly trace: TraceContext;
  /** Aborting gives up waiting; the outcome is then as unknown as after a timeout. */
  readonly signal?: AbortSignal;
}

/** One call that may be billed, written down before it goes out. */
export interface Attempt {
  readonly attemptId: string;
  readonly certifyId: string;
  readonly verifier: string;
  readonly operation: string;
  readonly orderId: string;
  /** Counts from 1 for each question. */
  readonly number: number;
  readonly startedAtMs: number;
}

/** How a call ended. What the bill is checked by may be left out where it isn't known. */
export interface AttemptAnswer {
  readonly reason: string;
  readonly code: string;
  /** Whether the vendor bills for it; null: unknown. */
  readonly billed?: boolean | null;
  /** The vendor's. */
  readonly requestId?: string | null;
}

/** Durable memory of attempts. `begin` is on the disk when it returns. */
export interface AttemptJournal {
  begin(attempt: Attempt): Promise<Result<null, Failure>>;
  /**
   * Keeps the vendor's reference: of a call that is worked on, so that a restart can ask for its result, and of an
   * answered one, so that the vendor can be told to delete what it keeps.
   */
  refer(attemptId: string, reference: string): Promise<Result<null, Failure>>;
  settle(attemptId: string, answer: AttemptAnswer): Promise<Result<null, Failure>>;
  /** Attempts of a question that never settled, oldest first. */
  unsettled(orderId: string): Promise<Result<readonly (Attempt & { readonly reference: string | null })[], Failure>>;
}

export interface VendorRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export interface VendorResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** Why there is no whole answer. `arrived`: whether the vendor may have got the request. */
export interface TransportProblem {
  readonly failure: Failure;
  readonly arrived: 'no' | 'maybe';
}

/** One HTTP exchange, bounded in time and size, redirects refused. */
export type SendToVendor = (
  request: VendorRequest,
  limits: { readonly timeoutMs: number; readonly maxAnswerBytes: number; readonly signal?: AbortSignal },
) => Promise<Result<VendorResponse, TransportProblem>>;

/** What every vendor's client is given. */
export interface VendorClientParts {
  readonly send: SendToVendor;
  readonly clock: Clock;
  readonly randomBytes: (length: number) => Buffer;
}

/** Keys of a cloud account. Never in settings, logs or a window: they come from the vault or the environment. */
export interface CloudKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary keys. */
  readonly securityToken?: string;
}
