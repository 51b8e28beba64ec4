import { setTimeout as sleep } from 'node:timers/promises';
import { settled, unconfirmed } from '../../main/verifiers/check-outcomes.ts';
import type { Verifier } from '../../main/verifiers/contract.ts';
import {
  CHECKS,
  NEEDED_MATERIALS,
  type Capability,
  type Check,
  type CheckOutcome,
  type RetryClass,
} from '../../shared/domain/verification.ts';
import { isFailureCode, stateOf, type ReasonCode } from '../../shared/reasons.ts';
import { ok } from '../../shared/result.ts';

/** What the mock says, in turn and then from the beginning; a check without a list is confirmed. */
export type MockScript = Partial<Readonly<Record<Check, readonly ReasonCode[]>>>;

const OPERATION = 'scripted';

/**
 * Answers every check by a script and looks at nothing: for trying out the protocol, never for deciding about people.
 * Whatever it says is on record as `mock`.
 */
export function createMockVerifier(script: MockScript, delayMs = 0): Verifier {
  const turns = new Map<Check, number>();
  const next = (check: Check): ReasonCode => {
    const list = script[check] ?? ['ok.confirmed'];
    const turn = turns.get(check) ?? 0;
    turns.set(check, turn + 1);
    return list[turn % list.length] ?? 'ok.confirmed';
  };
  return {
    capabilities: { verifier: 'mock', checks: CHECKS.map((check) => capabilityOf(check)), refusals: {} },
    check: async ({ check }, { signal }) => {
      await sleep(delayMs, undefined, { signal }).catch(() => undefined);
      return settled(mockOutcome(next(check)));
    },
    query: () => Promise.resolve(settled(unconfirmed('verification.abandoned', { retry: 'service' }))),
    erase: () => Promise.resolve(ok('unsupported')),
  };
}

function capabilityOf(check: Check): Capability {
  return {
    check,
    operation: OPERATION,
    materials: check === 'fake-face' ? ['face', 'clip'] : NEEDED_MATERIALS[check],
    basis: 'local',
    pictures: null,
    clip: null,
    queryable: true,
    billed: false,
    score: null,
  };
}

/** An outcome with the retry class that the reason has from real vendors. */
export function mockOutcome(reason: ReasonCode): CheckOutcome {
  const vendor = {
    name: 'mock',
    operation: OPERATION,
    code: reason,
    message: '',
    requestId: null,
    billed: false,
  } as const;
  if (isFailureCode(reason)) return unconfirmed(reason, { retry: retryOf(reason), basis: 'local', vendor });
  return {
    state: stateOf(reason),
    reason,
    retry: 'none',
    retryAfterMs: null,
    basis: 'local',
    scores: [],
    vendor,
  };
}

const RETRIES: readonly (readonly [RegExp, RetryClass])[] = [
  [/^(verifier\.unreachable|source\.unavailable|inference\.)/, 'service'],
  [/^verifier\.throttled$/, 'throttle'],
  [/^quota\.daily$/, 'tomorrow'],
  [/^outcome\.unknown$/, 'clerk'],
  [/^(capture|material)\./, 'capture'],
  [/^verifier\./, 'configuration'],
];

function retryOf(reason: ReasonCode): RetryClass {
  return RETRIES.find(([pattern]) => pattern.test(reason))?.[1] ?? 'none';
}
