import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { parseTraceParent, traceParent } from '../../shared/domain/trace-context.ts';
import {
  retryRequestSchema,
  SESSION_LIMITS,
  SESSION_PATHS,
  sessionIdSchema,
  sessionRequestSchema,
  submitRequestSchema,
} from '../../shared/protocol/kv1-sessions.ts';
import type { Problem } from '../../shared/protocol/kv1.ts';
import { err, type Result } from '../../shared/result.ts';
import type { RouteModule, VerifierParts } from '../parts.ts';
import { problem } from '../problems.ts';
import type { SessionDesk } from '../sessions/session-desk.ts';
import { parseOffset } from '../sessions/upload-rules.ts';
import { parseBody } from './request-body.ts';
import { signedRoute, type DeviceCall, type RouteHandler } from './signed-route.ts';
import { waitingOf } from './waiting.ts';

/** Anything but `true` is no consent, and told apart from a request that is malformed. */
const consentSchema = z.looseObject({ consent: z.looseObject({ transmit: z.literal(true) }) });

/** A parameter that ends at a colon, so that a word can follow on it. */
const ID = ':sessionId(^[^:/]+$)';
const NAMED_STEP = ':sessionId(^[^:/]+)::';

/** Sessions: one question each, from opening to its signed decision. */
export function sessionRoutes(desk: SessionDesk): RouteModule {
  return (app, parts) => {
    addStepRoutes(app, parts, desk);
    addArtifactRoutes(app, parts, desk);
  };
}

function addStepRoutes(app: FastifyInstance, parts: VerifierParts, desk: SessionDesk): void {
  app.post(
    SESSION_PATHS.sessions,
    signedRoute(parts, async ({ request, device }) => {
      const form = parseBody(request, z.looseObject({}));
      if (!form.ok) return form;
      if (!parseBody(request, consentSchema).ok) return err(problem('consent_missing'));
      const parsed = parseBody(request, sessionRequestSchema);
      return parsed.ok ? desk.open(device, parsed.value) : parsed;
    }),
  );
  app.get(
    SESSION_PATHS.session(ID),
    aboutSession(parts, (call, sessionId) => desk.read(call.device, sessionId, waitingOf(call))),
  );
  app.post(
    `${SESSION_PATHS.sessions}/${NAMED_STEP}submit`,
    aboutSession(parts, async ({ request, device }, sessionId) => {
      const parsed = parseBody(request, submitRequestSchema);
      if (!parsed.ok) return parsed;
      return desk.submit(device, sessionId, parsed.value, traceOf(request.headers['traceparent']));
    }),
  );
  app.post(
    `${SESSION_PATHS.sessions}/${NAMED_STEP}retry`,
    aboutSession(parts, async ({ request, device }, sessionId) => {
      const parsed = parseBody(request, retryRequestSchema);
      return parsed.ok ? desk.retry(device, sessionId, parsed.value.clerk) : parsed;
    }),
  );
}

function addArtifactRoutes(app: FastifyInstance, parts: VerifierParts, desk: SessionDesk): void {
  const path = SESSION_PATHS.artifact(ID, ':name');
  const bodyLimit = SESSION_LIMITS.pieceBytes;
  app.put(
    path,
    { bodyLimit },
    aboutSession(parts, ({ request, device, body }, sessionId) =>
      desk.upload(device, sessionId, nameOf(request.params), { offset: null, bytes: body }),
    ),
  );
  app.patch(
    path,
    { bodyLimit },
    aboutSession(parts, async ({ request, device, body }, sessionId) => {
      const { offset: text } = request.query as { readonly offset?: unknown };
      const offset = typeof text === 'string' ? parseOffset(text) : null;
      if (offset === null) return err(problem('request_invalid', { detail: 'offset' }));
      return desk.upload(device, sessionId, nameOf(request.params), { offset, bytes: body });
    }),
  );
  app.get(
    path,
    aboutSession(parts, ({ request, device }, sessionId) => desk.uploaded(device, sessionId, nameOf(request.params))),
  );
}

/** A signed route about one session; an id that isn't one is no session's. */
function aboutSession(
  parts: VerifierParts,
  handle: (call: DeviceCall, sessionId: string) => Promise<Result<unknown, Problem>>,
): RouteHandler {
  return signedRoute(parts, async (call) => {
    const { sessionId } = call.request.params as { readonly sessionId?: string };
    const parsed = sessionIdSchema.safeParse(sessionId);
    return parsed.success ? handle(call, parsed.data) : err(problem('not_found'));
  });
}

function nameOf(params: unknown): string {
  return (params as { readonly name?: string }).name ?? '';
}

function traceOf(header: string | string[] | undefined): string | null {
  const trace = parseTraceParent(typeof header === 'string' ? header : null);
  return trace === null ? null : traceParent(trace);
}
