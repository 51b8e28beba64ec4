import { canonicalJson } from '../../shared/canonical-json.ts';
import type { Readiness } from '../health.ts';
import type { VerifierLog } from '../logging/verifier-log.ts';
import type { VerifierMetrics } from '../metrics/verifier-metrics.ts';
import { apiDocument } from '../openapi/api-document.ts';
import { SERVICE_PATHS } from '../operators/operator-paths.ts';
import { docsPage } from '../pages/docs-page.ts';
import { languageOf, sendPage } from '../pages/page.ts';
import { statusPage } from '../pages/status-page.ts';
import { statusFigures } from '../pages/status-figures.ts';
import type { RouteModule } from '../parts.ts';
import { problem } from '../problems.ts';
import type { VerifierDatabase } from '../storage/database.ts';
import { sendJson, sendProblem } from './answers.ts';

export interface ServiceRouteParts {
  readonly metrics: VerifierMetrics;
  readonly ready: () => Promise<Readiness>;
  readonly database: VerifierDatabase;
  readonly log: VerifierLog;
}

/** For whoever runs the verifier: readiness, metrics, the interface's description, pages for people. */
export function serviceRoutes({ metrics, ready, database, log }: ServiceRouteParts): RouteModule {
  let wasReady = true;
  return (app, { clock, serverKey, submissions }) => {
    app.get(SERVICE_PATHS.ready, async (_request, reply) => {
      const readiness = await ready();
      const missing = Object.entries(readiness).flatMap(([name, isThere]) => (isThere ? [] : [name]));
      const isReady = missing.length === 0;
      if (isReady !== wasReady) log.event(isReady ? 'ready' : 'not-ready', { ...readiness });
      wasReady = isReady;
      if (isReady) return sendJson(reply, canonicalJson({ ready: true, ...readiness }));
      return sendProblem(reply, problem('unavailable', { detail: missing.join(', '), retryAfterMs: 5_000 }));
    });
    app.get(SERVICE_PATHS.metrics, async (_request, reply) =>
      reply.type(metrics.contentType).send(await metrics.text()),
    );
    app.get(SERVICE_PATHS.openapi, async (_request, reply) => sendJson(reply, JSON.stringify(apiDocument())));
    app.get(SERVICE_PATHS.docs, async (_request, reply) => sendPage(reply, docsPage(apiDocument())));
    app.get(SERVICE_PATHS.status, async (request, reply) => {
      const figures = await statusFigures(database, submissions, clock.wallMs());
      return sendPage(reply, statusPage(figures, serverKey, languageOf(request.headers['accept-language'])));
    });
  };
}
