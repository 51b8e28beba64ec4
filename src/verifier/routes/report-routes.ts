import type { FastifyRequest } from 'fastify';
import { SESSION_PATHS, type ReportAnswer } from '../../shared/protocol/kv1-sessions.ts';
import type { Problem } from '../../shared/protocol/kv1.ts';
import type { Result } from '../../shared/result.ts';
import type { OperatorDesk } from '../operators/operator-desk.ts';
import type { RouteModule } from '../parts.ts';
import type { ReportDesk } from '../reports/report-desk.ts';
import { parseReportQuery } from '../reports/report-query.ts';
import { operatorRoute } from './operator-route.ts';
import { signedRoute } from './signed-route.ts';

/** Counts: of a device what it sent itself, of an operator everything. */
export function reportRoutes(reports: ReportDesk, operators: OperatorDesk): RouteModule {
  return (app, parts) => {
    const report = async (request: FastifyRequest, deviceId: string | null): Promise<Result<ReportAnswer, Problem>> => {
      const query = parseReportQuery(request.query);
      return query.ok ? reports.report(query.value, deviceId) : query;
    };
    const forDevice = signedRoute(parts, ({ request, device }) => report(request, device.deviceId));
    const forOperator = operatorRoute(operators, 'see-reports', ({ request }) => report(request, null));
    app.get(SESSION_PATHS.reports, (request, reply) =>
      request.headers.authorization === undefined ? forDevice(request, reply) : forOperator(request, reply),
    );
  };
}
