import type { FastifyRequest } from 'fastify';
import { parseTraceParent, type TraceContext } from '../../shared/domain/trace-context.ts';

/** What is learnt about a request while it is worked on, for logs and metrics. */
export interface RequestNotes {
  readonly trace: TraceContext;
  deviceId: string | null;
  operator: string | null;
  problem: string | null;
}

const NOTES = new WeakMap<FastifyRequest, RequestNotes>();

/**
 * Notes of a request. Its trace goes on where `traceparent` says (W3C Trace Context), with a span of its own; without
 * one, or with one that isn't valid, a new trace begins.
 */
export function notesOf(request: FastifyRequest, randomBytes: (length: number) => Buffer): RequestNotes {
  const known = NOTES.get(request);
  if (known !== undefined) return known;
  const header = request.headers['traceparent'];
  const parent = parseTraceParent(typeof header === 'string' ? header : null);
  const trace = {
    traceId: parent?.traceId ?? randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
  };
  const notes: RequestNotes = { trace, deviceId: null, operator: null, problem: null };
  NOTES.set(request, notes);
  return notes;
}

/** Notes that were begun when the request came in; null for a request that no hook has seen. */
export function begunNotesOf(request: FastifyRequest): RequestNotes | null {
  return NOTES.get(request) ?? null;
}
