import { KV1_LIMITS } from '../../../shared/protocol/kv1.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface HttpRequest {
  readonly method: HttpMethod;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty for GET and DELETE. */
  readonly body: string | Uint8Array;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

export interface ExchangeBounds {
  /** From connecting to the last byte. */
  readonly timeoutMs: number;
  /** By default the protocol's limit of a body. */
  readonly maxAnswerBytes?: number;
  /** Ends the exchange early. */
  readonly signal?: AbortSignal;
}

/** From connecting to the last byte, for a call that isn't answered later on purpose. */
export const EXCHANGE_TIMEOUT_MS = 15_000;

/**
 * One HTTP exchange, bounded in time and size; redirects are not followed.
 *
 * @returns `verifier.unreachable` when there is no whole answer in time, `verifier.malformed` when it is too large
 */
export async function exchange(request: HttpRequest, bounds: ExchangeBounds): Promise<Result<HttpAnswer, Failure>> {
  const timeout = AbortSignal.timeout(bounds.timeoutMs);
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      redirect: 'manual',
      signal: bounds.signal ? AbortSignal.any([timeout, bounds.signal]) : timeout,
      ...(request.body.length === 0 ? {} : { body: request.body }),
    });
    const body = await readBounded(response, bounds.maxAnswerBytes ?? KV1_LIMITS.bodyBytes);
    if (body === null) return err(failure('verifier.malformed', 'the answer is too large'));
    return ok({ status: response.status, headers: response.headers, body });
  } catch (error) {
    return err(failure('verifier.unreachable', causeOf(error)));
  }
}

async function readBounded(response: Response, maxBytes: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop early cancels the stream, and with it the connection.
  const stream: ReadableStream<Uint8Array> | null = response.body;
  for await (const chunk of stream ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The system's error code (`ECONNREFUSED`, `ENOTFOUND`, a TLS code); never a message, which may hold addresses. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return 'timeout';
  if (error.name === 'AbortError') return 'given up';
  const cause = error.cause ?? error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'connection failed';
}
