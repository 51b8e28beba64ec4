import { settled } from '../../src/main/verifiers/check-outcomes.ts';
import type { Verifier } from '../../src/main/verifiers/contract.ts';
import type {
  Capability,
  CheckAnswer,
  CheckOutcome,
  CheckRequest,
  VerifierId,
} from '../../src/shared/domain/verification.ts';
import { stateOf, type ReasonCode } from '../../src/shared/reasons.ts';
import { ok } from '../../src/shared/result.ts';

/** What happens at one call: an answer, or an exception. */
export type ScriptStep = CheckAnswer | Error | Promise<CheckAnswer>;

export interface ScriptedVerifier extends Verifier {
  readonly asked: CheckRequest[];
  readonly queried: string[];
  readonly erased: string[];
  /** Told of every question and every query when it arrives. */
  called: () => void;
  /** Begins another script, and forgets what was asked. */
  begin(script: Script): void;
}

export interface Script {
  readonly name?: VerifierId;
  readonly checks?: readonly ScriptStep[];
  readonly queries?: readonly ScriptStep[];
  readonly capability?: Partial<Capability>;
}

export function outcome(reason: ReasonCode, changes: Partial<CheckOutcome> = {}): CheckOutcome {
  return {
    state: stateOf(reason),
    reason,
    retry: 'none',
    retryAfterMs: null,
    basis: 'authority',
    scores: [],
    vendor: null,
    ...changes,
  };
}

/** Answers `face-authority` by a list, its last step again and again. */
export function scriptedVerifier(script: Script = {}): ScriptedVerifier {
  const name = script.name ?? 'tencent';
  const steps = (list: readonly ScriptStep[] | undefined): (() => Promise<CheckAnswer>) => {
    const left = [...(list ?? [settled(outcome('ok.confirmed'))])];
    return async () => {
      const step = await (left.length > 1 ? left.shift() : left[0]);
      if (step === undefined || step instanceof Error) throw step ?? new Error('no step');
      return step;
    };
  };
  let nextCheck = steps(script.checks);
  let nextQuery = steps(script.queries);
  const asked: CheckRequest[] = [];
  const queried: string[] = [];
  const erased: string[] = [];
  let capability = capabilityOf(script);
  const verifier: ScriptedVerifier = {
    called: () => undefined,
    get capabilities() {
      return {
        verifier: name,
        checks: [capability],
        refusals: { 'fake-face': { code: 'clips-not-looked-at' } as const },
      };
    },
    asked,
    queried,
    erased,
    begin: (next) => {
      nextCheck = steps(next.checks);
      nextQuery = steps(next.queries);
      capability = capabilityOf(next);
      for (const list of [asked, queried, erased]) list.length = 0;
    },
    check: (request) => {
      asked.push(request);
      verifier.called();
      return nextCheck();
    },
    query: (reference) => {
      queried.push(reference);
      verifier.called();
      return nextQuery();
    },
    erase: (reference) => {
      erased.push(reference);
      return Promise.resolve(ok('erased'));
    },
  };
  return verifier;
}

function capabilityOf({ capability }: Script): Capability {
  return {
    check: 'face-authority',
    operation: 'Scripted',
    materials: ['identity', 'face'],
    basis: 'authority',
    pictures: null,
    clip: null,
    queryable: false,
    billed: true,
    score: null,
    ...capability,
  };
}
