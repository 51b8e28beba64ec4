import { createHash } from 'node:crypto';
import {
  CHECKS,
  MATERIALS,
  NEEDED_MATERIALS,
  type Capability,
  type CheckAnswer,
  type CheckRequest,
  type VerifierCapabilities,
} from '../../../shared/domain/verification.ts';
import type { DeliveryProblem } from '../../../shared/protocol/delivery.ts';
import { SESSION_LIMITS } from '../../../shared/protocol/kv1-sessions.ts';
import type { Policy } from '../../../shared/protocol/kv1.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { settled, unconfirmed } from '../check-outcomes.ts';
import type { CallContext, Verifier } from '../contract.ts';
import { outcomeOfDecision } from './decision-rules.ts';
import type { Kv1Client } from './kv1-client.ts';
import { sessionQuestion, type QuestionTerms } from './session-question.ts';
import { ASK_AGAIN_AFTER_MS, runSession, type SessionEnd } from './session-run.ts';

export interface CountersignVerifierParts {
  readonly client: Kv1Client;
  readonly policy: Policy;
  /** Scene, consent and subject of a certification; null where nothing is known of it. */
  readonly factsOf: (
    certifyId: string,
  ) => Pick<QuestionTerms, 'sceneId' | 'consent' | 'subjectKey' | 'simulated' | 'local'> | null;
}

/** Our verifier behind the port of all verifiers. The session's id is its reference, and follows from the order id. */
export function createCountersignVerifier(parts: CountersignVerifierParts): Verifier {
  return {
    capabilities: capabilitiesOf(parts.policy),
    check: (request, context) => carry(parts, request, context, true),
    query: (_reference, request, context) => carry(parts, request, context, false),
    erase: async (sessionId, { signal }) => {
      const asked = { sessionId, certifyId: sessionId, check: '', artifacts: {} };
      const erased = await parts.client.sessions.erase({ asked, signal });
      return erased.ok ? ok('erased') : err(erased.error.failure);
    },
  };
}

/** The same for every try of a question: a UUID version 7 with the time of the certification's id. */
export function sessionIdOf({ certifyId, orderId }: Pick<CheckRequest, 'certifyId' | 'orderId'>): string {
  const hash = createHash('sha256').update(`session|${certifyId}|${orderId}`).digest('hex');
  return `${certifyId.slice(0, 13)}-7${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(6, 18)}`;
}

async function carry(
  { client, factsOf }: CountersignVerifierParts,
  request: CheckRequest,
  { signal }: CallContext,
  isNew: boolean,
): Promise<CheckAnswer> {
  const facts = factsOf(request.certifyId);
  if (facts === null) return settled(unconfirmed('request.invalid', { retry: 'configuration', detail: 'certifyId' }));
  const { certifyId, check, orderId, materials } = request;
  const terms = { ...facts, sessionId: sessionIdOf(request), certifyId, check, orderId, materials };
  const question = sessionQuestion(terms);
  if (!question.ok)
    return settled(unconfirmed(question.error.code, { retry: 'configuration', detail: question.error.detail }));
  const end = await runSession({
    calls: client.sessions,
    question: question.value,
    isNew,
    clerk: null,
    askAgain: false,
    waitSeconds: SESSION_LIMITS.waitSeconds,
    onSent: () => undefined,
    onSubmitted: () => undefined,
    signal,
  });
  return answerOf(end);
}

/** Nothing that fails on the way is unknown: the session is there to be asked about, under the same id. */
function answerOf(end: Result<SessionEnd, DeliveryProblem>): CheckAnswer {
  if (!end.ok) {
    const { failure, scope, retryAfterMs } = end.error;
    const retry = scope === 'transient' ? 'service' : 'configuration';
    return settled(unconfirmed(failure.code, { retry, retryAfterMs, detail: failure.detail }));
  }
  const { decision, fields, state, sessionId, askAgainAfterMs } = end.value;
  if (decision !== null) return settled(outcomeOfDecision(decision, fields));
  if (state === 'unknown-outcome')
    return settled(unconfirmed('outcome.unknown', { retry: 'clerk', basis: 'authority' }));
  return { kind: 'pending', reference: sessionId, askAgainAfterMs: askAgainAfterMs ?? ASK_AGAIN_AFTER_MS };
}

/** What the verifier says in its policy that it answers. */
function capabilitiesOf({ checks = [] }: Policy): VerifierCapabilities {
  const served = CHECKS.flatMap((check): Capability[] => {
    const offered = checks.find((each) => each.check === check);
    if (offered === undefined) return [];
    return [
      {
        check,
        operation: `${offered.verifier} ${offered.operation}`,
        materials: [...MATERIALS],
        basis: check.endsWith('-reference') ? 'reference' : 'authority',
        pictures: {
          formats: ['jpeg'],
          maxBytes: SESSION_LIMITS.artifactBytes,
          minShortSide: 1,
          maxLongSide: 20_000,
          uprightOnly: false,
        },
        clip: null,
        queryable: true,
        billed: true,
        score: null,
      },
    ];
  });
  const refusals = Object.fromEntries(
    CHECKS.filter((check) => served.every((each) => each.check !== check)).map((check) => [
      check,
      `this verifier answers no ${check} (${NEEDED_MATERIALS[check].join(', ')})`,
    ]),
  );
  return { verifier: 'countersign', checks: served, refusals };
}
