import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { canonicalJson } from '../shared/canonical-json.ts';
import type { Clock } from '../shared/clock.ts';
import { certifyIdSchema } from '../shared/domain/certification.ts';
import {
  batchRequestSchema,
  challengeRequestSchema,
  enrolmentRequestSchema,
  JSON_TYPE,
  KV1_LIMITS,
  KV1_PATHS,
  PROBLEM_TYPE,
  type Health,
  type Policy,
  type Problem,
} from '../shared/protocol/kv1.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { signAnswer } from './answer-signing.ts';
import type { ChallengeDesk } from './challenge-desk.ts';
import { countsPage } from './counts-page.ts';
import type { DeviceRegistry } from './device-registry.ts';
import type { EnrolmentDesk } from './enrolment.ts';
import type { Idempotency } from './idempotency.ts';
import { problem } from './problems.ts';
import { isSignedCheckpoint } from './receipt-rules.ts';
import { authenticate, type AuthenticRequest } from './request-authentication.ts';
import type { ServerKey } from './server-key.ts';
import type { SubmissionStore } from './submission-store.ts';

export interface VerifierParts {
  readonly serverKey: ServerKey;
  readonly devices: DeviceRegistry;
  readonly enrolment: EnrolmentDesk;
  readonly submissions: SubmissionStore;
  readonly idempotency: Idempotency;
  readonly challenges: ChallengeDesk;
  readonly clock: Clock;
  /** Origin that devices use when a proxy stands in between; null: as the request names it. */
  readonly publicOrigin: string | null;
}

const POLICY: Policy = {
  policyVersion: 1,
  maxBatchItems: KV1_LIMITS.batchItems,
  maxAgeMs: KV1_LIMITS.idempotencyLifetimeMs,
};

/** The kv1 server. Every answer that is JSON is signed, problems included. */
export function createVerifierApp(parts: VerifierParts): FastifyInstance {
  const app = Fastify({ bodyLimit: KV1_LIMITS.bodyBytes, requestTimeout: 30_000 });
  // Signatures cover the bytes as received, so nothing may parse them first.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onSend', async (request, reply, payload) => signAnswer(request, reply, payload, parts));
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, problem('not_found')));
  app.setErrorHandler((error, _request, reply) => sendProblem(reply, problemOfError(error)));
  addOpenRoutes(app, parts);
  addDeviceRoutes(app, parts);
  return app;
}

function addOpenRoutes(app: FastifyInstance, { serverKey, clock, enrolment, submissions }: VerifierParts): void {
  app.get('/', async (_request, reply) => {
    const page = countsPage(await submissions.counts(), serverKey.fingerprint);
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
      .send(page);
  });
  app.get(KV1_PATHS.health, async (_request, reply) => {
    const health: Health = {
      service: 'countersign-verifier',
      protocol: 'kv1',
      serverKeyId: serverKey.keyId,
      serverKey: serverKey.jwk,
      serverTimeMs: clock.wallMs(),
    };
    return sendJson(reply, canonicalJson(health));
  });
  app.post(routeOf(KV1_PATHS.enrol), async (request, reply) => {
    const parsed = enrolmentRequestSchema.safeParse(parseJson(bodyOf(request)));
    if (!parsed.success) return sendProblem(reply, problem('request_invalid'));
    const enrolled = enrolment.enrol(parsed.data);
    return enrolled.ok ? sendJson(reply, canonicalJson(enrolled.value)) : sendProblem(reply, enrolled.error);
  });
}

function addDeviceRoutes(app: FastifyInstance, parts: VerifierParts): void {
  app.post(routeOf(KV1_PATHS.batch), async (request, reply) => {
    const sender = authenticateRequest(request, parts);
    if (!sender.ok) return sendProblem(reply, sender.error);
    const answer = await parts.idempotency.once(sender.value, () => acceptBatch(request, sender.value, parts));
    return answer.ok ? sendJson(reply, answer.value) : sendProblem(reply, answer.error);
  });
  app.post(KV1_PATHS.challenges, async (request, reply) => {
    const sender = authenticateRequest(request, parts);
    if (!sender.ok) return sendProblem(reply, sender.error);
    const parsed = challengeRequestSchema.safeParse(parseJson(bodyOf(request)));
    if (!parsed.success) return sendProblem(reply, problem('request_invalid', { detail: 'certifyId' }));
    const opened = parts.challenges.open(sender.value.device, parsed.data.certifyId);
    return opened.ok ? sendJson(reply, canonicalJson(opened.value)) : sendProblem(reply, opened.error);
  });
  app.get(KV1_PATHS.policy, async (request, reply) => {
    const sender = authenticateRequest(request, parts);
    return sender.ok ? sendJson(reply, canonicalJson(POLICY)) : sendProblem(reply, sender.error);
  });
  app.get<{ Params: { certifyId: string } }>(KV1_PATHS.submission(':certifyId'), async (request, reply) => {
    const sender = authenticateRequest(request, parts);
    if (!sender.ok) return sendProblem(reply, sender.error);
    const certifyId = certifyIdSchema.safeParse(request.params.certifyId);
    const found = certifyId.success ? await parts.submissions.find(sender.value.device, certifyId.data) : null;
    return found === null ? sendProblem(reply, problem('not_found')) : sendJson(reply, canonicalJson(found));
  });
}

async function acceptBatch(
  request: FastifyRequest,
  { device }: AuthenticRequest,
  { submissions }: VerifierParts,
): Promise<Result<string, Problem>> {
  const parsed = batchRequestSchema.safeParse(parseJson(bodyOf(request)));
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? '';
    return err(problem('request_invalid', { detail: field.slice(0, 200) }));
  }
  const { checkpoint } = parsed.data;
  if (checkpoint !== null && !isSignedCheckpoint(checkpoint, device)) return err(problem('checkpoint_invalid'));
  return ok(canonicalJson({ results: await submissions.acceptBatch(device, parsed.data) }));
}

function authenticateRequest(request: FastifyRequest, parts: VerifierParts): Result<AuthenticRequest, Problem> {
  const origin = parts.publicOrigin ?? `${request.protocol}://${request.headers.host ?? ''}`;
  const header = (name: string): string | null => {
    const value = request.headers[name];
    return typeof value === 'string' ? value : null;
  };
  const { method, url } = request;
  return authenticate(
    { method, targetUri: `${origin}${url}`, header, body: bodyOf(request) },
    parts.devices,
    parts.clock,
  );
}

function bodyOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** In a route a colon begins a parameter; two of them stand for one. */
function routeOf(path: string): string {
  return path.replaceAll(':', '::');
}

function sendJson(reply: FastifyReply, json: string): FastifyReply {
  return reply.type(JSON_TYPE).send(json);
}

function sendProblem(reply: FastifyReply, found: Problem): FastifyReply {
  if (found.retryAfterMs !== undefined) reply.header('retry-after', Math.ceil(found.retryAfterMs / 1_000));
  return reply.code(found.status).type(PROBLEM_TYPE).send(canonicalJson(found));
}

/** Fastify's own errors by their HTTP status; anything else is a failure of this program, without its text. */
function problemOfError(error: unknown): Problem {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500;
  if (status === 413) return problem('body_too_large');
  return typeof status === 'number' && status < 500 ? problem('request_invalid') : problem('internal');
}
