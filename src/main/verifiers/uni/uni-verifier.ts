import { z } from 'zod';
import type { ServiceRefusal } from '../../../shared/domain/service-refusal.ts';
import {
  CHECKS,
  identityMaterialSchema,
  type Check,
  type CheckAnswer,
  type CheckOutcome,
  type VerifierCapabilities,
} from '../../../shared/domain/verification.ts';
import type { FailureCode } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { serviceRefusalText } from '../../../shared/service-refusal-texts.ts';
import { settled, unconfirmed } from '../check-outcomes.ts';
import type { CallContext, Verifier, VendorClientParts } from '../contract.ts';
import type { UniSettings } from './settings.ts';
import { createVisitMemory, type Visit, type VisitMemory } from './visit-memory.ts';
import { callFunction, vendorSaid, type UniAction, type UniAnswer } from './webhook-exchange.ts';

/** How long and how often a result can be read. */
const RESULT_MS = 24 * 3600 * 1000;
const MOST_READS = 5;
/** Each question about a visit that goes on is one read of five, so there is time between them. */
const ASK_AGAIN_AFTER_MS = 60_000;
const SCORE_SCALE = 100;

export const uniVisitSchema = z.strictObject({
  /** 32 lower-case letters and digits. */
  orderId: z.string().regex(/^[a-z0-9]{32}$/),
  identity: identityMaterialSchema,
  /** What `uni.getFacialRecognitionMetaInfo()` gave on the visitor's phone. */
  metaInfo: z.string().min(2).max(20_000),
  model: z.enum(['LIVENESS', 'PHOTINUS_LIVENESS', 'MULTI_ACTION']).optional(),
});
export type UniVisitRequest = z.infer<typeof uniVisitSchema>;

/** A visit that the visitor's app can begin. */
export interface OpenedUniVisit {
  readonly certifyId: string;
  /** Its result can't be read later than this; milliseconds since the Unix epoch. */
  readonly readableUntilMs: number;
}

/** The verifier, and the two steps of a visit: the app on the visitor's phone does what lies between them. */
export interface UniVerifier extends Verifier {
  open(request: UniVisitRequest, context: CallContext): Promise<Result<OpenedUniVisit, CheckOutcome>>;
  /** How the visit ended. Read from the cloud once; afterwards the same answer again. */
  result(certifyId: string, orderId: string, context: CallContext): Promise<CheckAnswer>;
}

const REFUSAL: ServiceRefusal = { code: 'visitors-app-only' };

/**
 * uni's verification behind the customer's own cloud function. The vendor takes calls from its own cloud only, and
 * looks at the person in its app only: so no check is served directly, and a visit is opened and asked for instead.
 */
export function createUniVerifier(parts: VendorClientParts, settings: UniSettings): UniVerifier {
  const visits = createVisitMemory();
  const underway = new Map<string, Promise<CheckAnswer>>();
  const result: UniVerifier['result'] = async (certifyId, orderId, context) => {
    const running = underway.get(certifyId) ?? readResult(parts, settings, visits, { certifyId, orderId }, context);
    underway.set(certifyId, running);
    try {
      return await running;
    } finally {
      underway.delete(certifyId);
    }
  };
  return {
    capabilities: uniCapabilities(),
    check: async () => {
      const terms = { retry: 'configuration', basis: 'authority', detail: serviceRefusalText(REFUSAL, 'en') } as const;
      return settled(unconfirmed('verifier.unsupported', terms));
    },
    query: (reference, request, context) => result(reference, request.orderId, context),
    erase: async () => ok('unsupported'),
    open: (request, context) => openVisit(parts, settings, visits, request, context),
    result,
  };
}

/** Nothing directly; the refusals say why. */
function uniCapabilities(): VerifierCapabilities {
  const refusals = Object.fromEntries(CHECKS.map((check) => [check, REFUSAL])) as Record<Check, ServiceRefusal>;
  return { verifier: 'uni', checks: [], refusals };
}

async function openVisit(
  parts: VendorClientParts,
  settings: UniSettings,
  visits: VisitMemory,
  { orderId, identity, metaInfo, model }: UniVisitRequest,
  context: CallContext,
): Promise<Result<OpenedUniVisit, CheckOutcome>> {
  const parameters = {
    orderId,
    realName: identity.name,
    idCard: identity.number,
    metaInfo,
    // Without pictures the vendor gives none out.
    needPicture: false,
    ...(model === undefined ? {} : { model }),
  };
  const answer = await callFunction(parts, settings, 'getCertifyId', parameters, context);
  if (!answer.ok) return answer;
  const { certifyId } = answer.value;
  if (certifyId === undefined) return err(unreadable('getCertifyId', answer.value, 'verifier.malformed'));
  const openedAtMs = parts.clock.wallMs();
  visits.keep(certifyId, { orderId, openedAtMs, reads: 0, answer: null });
  return ok({ certifyId, readableUntilMs: openedAtMs + RESULT_MS });
}

async function readResult(
  parts: VendorClientParts,
  settings: UniSettings,
  visits: VisitMemory,
  { certifyId, orderId }: { readonly certifyId: string; readonly orderId: string },
  context: CallContext,
): Promise<CheckAnswer> {
  const nowMs = parts.clock.wallMs();
  // A visit of before a restart: its time isn't known, the cloud will say.
  const visit = visits.find(certifyId) ?? { orderId, openedAtMs: nowMs, reads: 0, answer: null };
  const refusal = refusalOf(visit, orderId, nowMs);
  if (refusal) return settled(refusal);
  if (visit.answer) return visit.answer;
  const counted = { ...visit, reads: visit.reads + 1 };
  visits.keep(certifyId, counted);
  const answer = await callFunction(parts, settings, 'getAuthResult', { certifyId }, context);
  if (!answer.ok) return settled(answer.error);
  const decided = answerOf(answer.value, certifyId, counted);
  if (decided.kind === 'settled' && isDecided(decided.outcome)) visits.keep(certifyId, { ...counted, answer: decided });
  return decided;
}

function refusalOf(visit: Visit, orderId: string, nowMs: number): CheckOutcome | null {
  if (visit.orderId !== orderId) {
    const detail = 'the visit belongs to another order';
    return unconfirmed('request.invalid', { retry: 'configuration', basis: 'authority', detail });
  }
  if (visit.answer) return null;
  const terms = { retry: 'clerk', basis: 'authority' } as const;
  if (nowMs - visit.openedAtMs > RESULT_MS) {
    return unconfirmed('verification.expired', { ...terms, detail: 'results can be read for one day' });
  }
  return visit.reads < MOST_READS
    ? null
    : unconfirmed('outcome.unknown', { ...terms, detail: `results can be read ${MOST_READS} times` });
}

function isDecided({ state }: CheckOutcome): boolean {
  return state === 'passed' || state === 'failed';
}

function answerOf(answer: UniAnswer, certifyId: string, visit: Visit): CheckAnswer {
  const { authState } = answer;
  switch (authState) {
    case 'SUCCESS':
      return settled({
        ...outcomeTerms(answer, authState, true),
        state: 'passed',
        reason: 'ok.confirmed',
      });
    case 'FAIL': {
      const detail = 'the vendor does not say whether face, liveness or identity was refused';
      return settled({
        ...outcomeTerms(answer, authState, false),
        state: 'failed',
        reason: 'face.low-similarity',
        detail,
      });
    }
    case 'PROCESSING':
      if (visit.reads < MOST_READS) {
        return { kind: 'pending', reference: certifyId, askAgainAfterMs: ASK_AGAIN_AFTER_MS };
      }
      return settled(unreadable('getAuthResult', answer, 'outcome.unknown'));
    case undefined:
      return settled(unreadable('getAuthResult', answer, 'verifier.malformed'));
    default:
      return settled(unreadable('getAuthResult', answer, 'verifier.unknown-code'));
  }
}

function outcomeTerms({ score, requestId }: UniAnswer, code: string, billed: boolean) {
  const scores: CheckOutcome['scores'] =
    typeof score === 'number' ? [{ kind: 'authority', value: score, scale: SCORE_SCALE, threshold: null }] : [];
  const vendor = vendorSaid('getAuthResult', code, requestId ?? null, billed);
  return { retry: 'none', retryAfterMs: null, basis: 'authority', scores, vendor } as const;
}

/** An answer of the function that decides nothing that can be relied on. */
function unreadable(action: UniAction, { authState, requestId }: UniAnswer, reason: FailureCode): CheckOutcome {
  const vendor = vendorSaid(action, authState ?? 'malformed', requestId ?? null, false);
  return unconfirmed(reason, { retry: 'clerk', basis: 'authority', vendor });
}
