import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Clock } from '../../shared/clock.ts';
import type { VerifierMetrics } from '../metrics/verifier-metrics.ts';
import { notesOf } from './request-trace.ts';
import type { VerifierLog } from './verifier-log.ts';

export interface ObservationParts {
  readonly metrics: VerifierMetrics;
  readonly log: VerifierLog;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly randomBytes: (length: number) => Buffer;
}

/** Counts and logs every request once it is answered, and lets its trace begin when it comes in. */
export function observeRequests(app: FastifyInstance, { metrics, log, clock, randomBytes }: ObservationParts): void {
  const startedAt = new WeakMap<FastifyRequest, number>();
  app.addHook('onRequest', async (request) => {
    startedAt.set(request, clock.monotonicMs());
    notesOf(request, randomBytes);
  });
  app.addHook('onResponse', async (request, reply) => {
    const notes = notesOf(request, randomBytes);
    const nowMs = clock.monotonicMs();
    const durationMs = Math.max(0, nowMs - (startedAt.get(request) ?? nowMs));
    const route = routeName(request.routeOptions.url);
    metrics.request(route, methodName(request.method), reply.statusCode, durationMs / 1_000);
    if (notes.problem !== null) metrics.problem(notes.problem);
    log.request({
      method: request.method,
      route,
      status: reply.statusCode,
      durationMs,
      requestBytes: Buffer.isBuffer(request.body) ? request.body.length : 0,
      trace: notes.trace,
      deviceId: notes.deviceId,
      operator: notes.operator,
      problem: notes.problem,
    });
  });
}

/** The pattern of a route as people write it; `none` for addresses that lead nowhere. */
export function routeName(pattern: string | undefined): string {
  return pattern === undefined ? 'none' : pattern.replaceAll(/\([^)]*\)/g, '').replaceAll('::', ':');
}

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** A closed list, so that nobody makes new series by inventing methods. */
function methodName(method: string): string {
  return METHODS.includes(method) ? method : 'other';
}
