import type {
  Capability,
  CheckAnswer,
  CheckOutcome,
  RetryClass,
  Score,
  VendorAnswer,
} from '../../../shared/domain/verification.ts';
import type { Failure } from '../../../shared/reasons.ts';
import { outcomeOfForeign, outcomeOfTransport, settled, unconfirmed, unlessBillUnknown } from '../check-outcomes.ts';
import { GATEWAY_CODES, meaningOf, VERIFICATION_ERRORS, type CodeMeaning, type CodeTable } from './codes.ts';
import type { RpcAnswer, Said } from './rpc-exchange.ts';

/** How long the vendor is left alone before its result is asked for again. */
export const ASK_AGAIN_AFTER_MS = 2_000;

/** What a verdict is made of besides its meaning. */
export interface VerdictParts {
  readonly capability: Capability;
  readonly said: Said;
  /** The vendor's own word for the outcome: `SubCode 204`. */
  readonly code: string;
  readonly scores?: readonly Score[];
  readonly fields?: CheckOutcome['fields'];
  readonly warnings?: readonly string[];
  /** How a pending answer is asked for; null where it can't be. */
  readonly reference: string | null;
}

/** Two statements of one answer contradict each other, or one that decides is missing. */
export const CONTRADICTION: CodeMeaning = {
  kind: 'unconfirmed',
  reason: 'verifier.malformed',
  retry: 'clerk',
  billed: null,
};

/** The answer to a question from what the vendor said. */
export function verdict(meaning: CodeMeaning, parts: VerdictParts): CheckAnswer {
  const { capability, said, code, reference } = parts;
  const vendor = vendorAnswer(said, code, meaning.kind === 'pending' ? null : meaning.billed);
  const extras = {
    scores: [...(parts.scores ?? [])],
    ...(parts.fields === undefined ? {} : { fields: parts.fields }),
    ...(parts.warnings === undefined ? {} : { warnings: [...parts.warnings] }),
  };
  if (meaning.kind === 'confirmed') {
    return settled({ state: 'passed', reason: 'ok.confirmed', ...decided(capability), vendor, ...extras });
  }
  if (meaning.kind === 'pending') {
    if (reference !== null) return { kind: 'pending', reference, askAgainAfterMs: ASK_AGAIN_AFTER_MS };
    const detail = 'it is worked on, and this operation has no query';
    return settled(unconfirmed('outcome.unknown', { retry: 'clerk', basis: capability.basis, vendor, detail }));
  }
  const { retry } = meaning;
  const terms = { retry, basis: capability.basis, vendor, retryAfterMs: waitOf(retry, said) };
  return settled(unlessBillUnknown({ ...unconfirmed(meaning.reason, terms), ...extras }, capability));
}

/** The answer to a question that the vendor gave no verdict on. */
export function withoutVerdict(
  answer: Exclude<RpcAnswer<unknown>, { kind: 'answered' }>,
  capability: Capability,
  codes: CodeTable,
  reference: string | null,
): CheckAnswer {
  if (answer.kind === 'lost') return settled(outcomeOfTransport(answer.problem, 'aliyun', capability));
  if (answer.kind === 'unsent') return unasked(answer.failure, capability);
  const { said } = answer;
  if (answer.kind === 'refused') {
    const meaning = meaningOf(said.code, codes, VERIFICATION_ERRORS, GATEWAY_CODES);
    return verdict(meaning, { capability, said, code: said.code, reference });
  }
  const { code, requestId, retryAfterMs } = said;
  const { status, detail } = answer;
  return settled(outcomeOfForeign({ status, retryAfterMs, code, requestId, detail }, 'aliyun', capability));
}

/** What a query says that got no verdict. A vendor that is down leaves the question where it was. */
export function withoutResult(
  answer: Exclude<RpcAnswer<unknown>, { kind: 'answered' }>,
  capability: Capability,
  codes: CodeTable,
  reference: string,
): CheckAnswer {
  if (answer.kind === 'refused') {
    const meaning = meaningOf(answer.said.code, codes, VERIFICATION_ERRORS, GATEWAY_CODES);
    const isDown = meaning.kind === 'unconfirmed' && meaning.reason === 'source.unavailable';
    if (isDown) return { kind: 'pending', reference, askAgainAfterMs: ASK_AGAIN_AFTER_MS };
  }
  return withoutVerdict(answer, { ...capability, billed: false }, codes, reference);
}

/** The answer to a query that this operation doesn't have. */
export function withoutQuery({ basis, operation }: Capability): CheckAnswer {
  const detail = `${operation} has no query: only a clerk can decide`;
  return settled(unconfirmed('outcome.unknown', { retry: 'clerk', basis, detail }));
}

/** A question that was stopped before it was asked: by our own limits, or since its clip couldn't be handed over. */
export function unasked(problem: Failure, { basis }: Capability): CheckAnswer {
  return settled(unconfirmed(problem.code, { retry: retryOf(problem.code), basis, detail: problem.detail }));
}

/** Nothing was asked yet, so what may pass by itself is tried again. */
const UNASKED_RETRIES: Partial<Readonly<Record<Failure['code'], RetryClass>>> = {
  'verifier.unreachable': 'service',
  'verifier.malformed': 'service',
  'source.unavailable': 'service',
  'verifier.throttled': 'throttle',
  'material.picture-unfit': 'capture',
  'material.clip-unfit': 'capture',
};

function retryOf(code: Failure['code']): RetryClass {
  return UNASKED_RETRIES[code] ?? 'configuration';
}

function waitOf(retry: RetryClass, said: Said): number | null {
  return retry === 'throttle' || retry === 'service' ? said.retryAfterMs : null;
}

function decided({ basis }: Capability) {
  return { retry: 'none', retryAfterMs: null, basis } as const;
}

function vendorAnswer(said: Said, code: string, billed: boolean | null): VendorAnswer {
  const { operation, message, requestId } = said;
  return { name: 'aliyun', operation, code: code.slice(0, 120), message, requestId, billed };
}
