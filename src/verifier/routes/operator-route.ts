import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { TraceContext } from '../../shared/domain/trace-context.ts';
import type { Problem } from '../../shared/protocol/kv1.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { notesOf } from '../logging/request-trace.ts';
import { mayOperate, type Operator, type OperatorDesk, type OperatorRight } from '../operators/operator-desk.ts';
import { problem } from '../problems.ts';
import { sendJson, sendProblem } from './answers.ts';
import type { RouteHandler } from './signed-route.ts';

/** A request of one of the verifier's operators who may do this. */
export interface OperatorCall {
  readonly operator: Operator;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly trace: TraceContext;
}

/** A route for operators with a certain right; what the handler gives is answered as canonical JSON. */
export function operatorRoute(
  desk: OperatorDesk,
  right: OperatorRight,
  handle: (call: OperatorCall) => Promise<Result<unknown, Problem>>,
): RouteHandler {
  return async (request, reply) => {
    const operator = await operatorOf(request, desk, right);
    if (!operator.ok) {
      if (operator.error.status === 401) reply.header('www-authenticate', 'Bearer');
      return sendProblem(reply, operator.error);
    }
    const { trace } = notesOf(request, randomBytes);
    const answer = await handle({ operator: operator.value, request, reply, trace });
    return answer.ok ? sendJson(reply, canonicalJson(answer.value)) : sendProblem(reply, answer.error);
  };
}

async function operatorOf(
  request: FastifyRequest,
  desk: OperatorDesk,
  right: OperatorRight,
): Promise<Result<Operator, Problem>> {
  const operator = await desk.authenticate(request.headers.authorization ?? null, request.ip);
  if (!operator.ok) return operator;
  notesOf(request, randomBytes).operator = operator.value.name;
  return mayOperate(operator.value, right) ? ok(operator.value) : err(problem('operator_forbidden'));
}
