import { KV1_LIMITS } from '../../../shared/protocol/kv1.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty for GET. */
  readonly body: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** From connecting to the last byte. */
export const EXCHANGE_TIMEOUT_MS = 15_000;

/**
 * One HTTP exchange, bounded in time and size; redirects are not followed.
 *
 * @returns `verifier.unreachable` when there is no whole answer in time, `verifier.malformed` when it is too large
 */
export async function exchange(request: HttpRequest, timeoutMs: number): Promise<Result<HttpAnswer, Failure>> {
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      ...(request.method === 'GET' ? {} : { body: request.body }),
    });
    const body = await readBounded(response);
    if (body === null) return err(failure('verifier.malformed', 'the answer is too large'));
    return ok({ status: response.status, headers: response.headers, body });
  } catch (error) {
    return err(failure('verifier.unreachable', causeOf(error)));
  }
}

async function readBounded(response: Response): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop early cancels the stream, and with it the connection.
  const stream: ReadableStream<Uint8Array> | null = response.body;
  for await (const chunk of stream ?? []) {
    bytes += chunk.byteLength;
    if (bytes > KV1_LIMITS.bodyBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The system's error code (`ECONNREFUSED`, `ENOTFOUND`, a TLS code); never a message, which may hold addresses. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return 'timeout';
  const cause = error.cause ?? error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'connection failed';
}
