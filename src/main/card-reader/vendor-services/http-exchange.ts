import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Timing } from '../timing.ts';
import { hostOf, isLoopbackAddress, isNotHere, loopbackLookup, nothingListens, notThisMachine } from './loopback.ts';
import { serviceMalformed, serviceSlow } from './service-failures.ts';
import { decodeServiceText, parseServiceJson } from './service-text.ts';

/** An answer with both sides of a card as pictures is about 1 MB. */
export const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/** One call of a service, without body. */
export interface ServiceCall {
  readonly method: 'GET' | 'POST';
  /** Path and query. */
  readonly path: string;
  /** From connecting to the last byte. */
  readonly timeoutMs: number;
}

/** Asks a service and gives the JSON of its answer, not yet checked. */
export type ServiceExchange = (call: ServiceCall, signal: AbortSignal) => Promise<Result<unknown, Failure>>;

/**
 * Makes the exchange with the service at an address (its path doesn't count): one connection at a time, a fresh one for
 * every call, because an answer that comes late must never be taken for the answer to the next call.
 *
 * Fails with `reader.service-missing`, `-slow`, or `-malformed` (a redirect, another status than 200, more than 4 MB,
 * broken off, no JSON). Aborting ends the connection; the failure then means nothing.
 */
export function httpExchange(address: URL, timing: Timing): ServiceExchange {
  const secure = address.protocol === 'https:';
  const limits = { keepAlive: false, maxSockets: 1 };
  const agent = secure ? new HttpsAgent(limits) : new HttpAgent(limits);
  return async (call, signal) => {
    const host = hostOf(address);
    if (isIP(host) !== 0 && !isLoopbackAddress(host)) return err(notThisMachine());
    const answer = await new Promise<Result<Answer, Failure>>((resolve) => {
      const finish = (result: Result<Answer, Failure>): void => {
        cancelTimer();
        signal.removeEventListener('abort', abandon);
        request.destroy();
        resolve(result);
      };
      const abandon = (): void => finish(err(serviceSlow()));
      const cancelTimer = timing.setTimer(abandon, call.timeoutMs);
      const request = (secure ? httpsRequest : httpRequest)(new URL(call.path, address.origin), {
        method: call.method,
        agent,
        lookup: loopbackLookup,
        headers: {
          accept: 'application/json, text/plain, */*',
          ...(call.method === 'POST' ? { 'content-length': 0 } : {}),
        },
      });
      if (signal.aborted) return abandon();
      signal.addEventListener('abort', abandon, { once: true });
      request.on('response', (response) => collect(response, finish));
      request.on('error', (error) => finish(err(failureOf(error, address))));
      request.end();
    });
    if (!answer.ok) return answer;
    const text = decodeServiceText(answer.value.body, answer.value.contentType);
    return text.ok ? parseServiceJson(text.value) : text;
  };
}

interface Answer {
  readonly body: Buffer;
  readonly contentType: string;
}

function collect(response: IncomingMessage, finish: (result: Result<Answer, Failure>) => void): void {
  const status = response.statusCode ?? 0;
  if (status >= 300 && status < 400) return finish(err(serviceMalformed('a redirect')));
  if (status !== 200) return finish(err(serviceMalformed(`HTTP status ${status}`)));
  if (response.headers['content-encoding'] !== undefined) return finish(err(serviceMalformed('content-encoding')));
  const chunks: Buffer[] = [];
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) return finish(err(serviceMalformed('an answer of more than 4 MB')));
    chunks.push(chunk);
  });
  response.on('end', () => {
    finish(ok({ body: Buffer.concat(chunks), contentType: response.headers['content-type'] ?? '' }));
  });
  response.on('error', () => finish(err(serviceMalformed('an answer that broke off'))));
}

/** By the system's code alone: messages may hold parts of what was sent. */
function failureOf(error: Error, address: URL): Failure {
  if (isNotHere(error)) return notThisMachine();
  const code = 'code' in error ? String(error.code) : '';
  if (['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'].includes(code)) {
    return nothingListens(address);
  }
  if (code === 'ECONNRESET' || code === 'EPIPE') return serviceMalformed('hung up without an answer');
  return serviceMalformed(code.startsWith('HPE_') ? 'no HTTP' : 'the connection failed');
}
