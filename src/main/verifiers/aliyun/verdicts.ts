import type {
  Capability,
  CheckAnswer,
  CheckOutcome,
  RetryClass,
  Score,
  VendorAnswer,
} from '../../../shared/domain/verification.ts';
import type { Failure } from '../../../shared/reasons.ts';
import { outcomeOfTransport, settled, unconfirmed } from '../check-outcomes.ts';
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
  return settled({ ...unconfirmed(meaning.reason, terms), ...extras });
}

/** The answer to a question that the vendor gave no verdict on. */
export function withoutVerdict(
  answer: Exclude<RpcAnswer<unknown>, { kind: 'answered' }>,
  capability: Capability,
  codes: CodeTable,
  reference: string | null,
): CheckAnswer {
  const { basis } = capability;
  if (answer.kind === 'lost') return settled(lostOutcome(answer.problem, capability));
  if (answer.kind === 'unsent') return unasked(answer.failure, capability);
  const { said } = answer;
  if (answer.kind === 'refused') {
    const meaning = meaningOf(said.code, codes, VERIFICATION_ERRORS, GATEWAY_CODES);
    return verdict(meaning, { capability, said, code: said.code, reference });
  }
  const vendor = vendorAnswer(said, said.code, null);
  const { detail } = answer;
  return settled(
    capability.billed
      ? unconfirmed('outcome.unknown', { retry: 'clerk', basis, vendor, detail })
      : unconfirmed('verifier.malformed', { retry: 'service', basis, vendor, detail }),
  );
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

function retryOf(code: Failure['code']): RetryClass {
  if (code === 'verifier.unreachable') return 'service';
  return code === 'material.picture-unfit' || code === 'material.clip-unfit' ? 'capture' : 'configuration';
}

function lostOutcome(problem: Parameters<typeof outcomeOfTransport>[0], capability: Capability): CheckOutcome {
  // A query that was lost can be made again; only what may be billed is a question for a clerk.
  return outcomeOfTransport(capability.billed ? problem : { ...problem, arrived: 'no' }, 'aliyun', capability);
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
