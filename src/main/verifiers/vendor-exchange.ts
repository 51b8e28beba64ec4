import { failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { SendToVendor, TransportProblem, VendorRequest, VendorResponse } from './contract.ts';

/** Failures from before a byte of the request was sent: name, connection, TLS handshake. */
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/**
 * One HTTP exchange with a vendor. A redirect is an answer like any other and never followed: the request holds
 * somebody's identity.
 *
 * @returns `verifier.unreachable` without a whole answer in time, `verifier.malformed` for one that is too large
 */
export const sendToVendor: SendToVendor = async (request, limits) => {
  const timeout = AbortSignal.timeout(limits.timeoutMs);
  const signal = limits.signal ? AbortSignal.any([timeout, limits.signal]) : timeout;
  try {
    const response = await fetch(request.url, { ...fetchOptions(request), signal });
    return await readAnswer(response, limits.maxAnswerBytes);
  } catch (error) {
    const cause = causeOf(error);
    return err({
      failure: failure('verifier.unreachable', cause),
      arrived: BEFORE_SENDING.has(cause) ? 'no' : 'maybe',
    });
  }
};

function fetchOptions({ method, headers, body }: VendorRequest): RequestInit {
  const hasBody = method === 'POST' || method === 'PUT';
  return { method, headers, redirect: 'manual', ...(hasBody ? { body } : {}) };
}

async function readAnswer(
  response: Response,
  maxAnswerBytes: number,
): Promise<Result<VendorResponse, TransportProblem>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop early cancels the stream, and with it the connection.
  const stream: ReadableStream<Uint8Array> | null = response.body;
  for await (const chunk of stream ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxAnswerBytes) {
      return err({ failure: failure('verifier.malformed', 'the answer is too large'), arrived: 'maybe' });
    }
    chunks.push(chunk);
  }
  return ok({ status: response.status, headers: response.headers, body: Buffer.concat(chunks) });
}

/** The system's error code; never a message, which may hold addresses. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'timeout';
  const cause = error.cause ?? error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'connection failed';
}
