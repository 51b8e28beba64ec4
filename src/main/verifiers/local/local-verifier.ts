import type {
  Capability,
  CheckOutcome,
  CheckRequest,
  Picture,
  Score,
  VerifierCapabilities,
} from '../../../shared/domain/verification.ts';
import { REASONS, stateOf, type Failure, type ReasonCode } from '../../../shared/reasons.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { settled, unconfirmed } from '../check-outcomes.ts';
import type { Verifier } from '../contract.ts';

/** How like two faces are, by this device's own models. */
export interface LocalComparison {
  /** 0..100; 60/80/90/95 stand for FAR 1e-2/1e-3/1e-4/1e-5. */
  readonly score: number;
  /** The score from which on it is a match at the rate that was asked for. */
  readonly threshold: number;
  readonly outcome: 'match' | 'grey' | 'no-match';
}

/** Compares a face with a reference at a false-accept rate. */
export type CompareLocally = (
  face: Picture,
  reference: Picture,
  far: number,
) => Promise<Result<LocalComparison, Failure>>;

export interface LocalVerifierParts {
  readonly compare: CompareLocally;
  /** False-accept rate of the scene. */
  readonly far: () => number;
  /** What the reference picture is: it becomes the basis of the verdict. */
  readonly reference: 'chip' | 'card-photo' | 'reference';
}

const OUTCOME_REASONS = {
  match: 'ok.matched',
  grey: 'face.grey-band',
  'no-match': 'face.low-similarity',
} as const satisfies Record<LocalComparison['outcome'], ReasonCode>;

const OPERATION = 'compare';
const LARGEST_SCORE = 100;

/**
 * Decides on this device, without anybody else: one face against a picture that came along. Nothing leaves the device
 * and nothing is billed. The basis says that no authority took part; whoever wants one confirms the verdict later.
 */
export function createLocalVerifier(parts: LocalVerifierParts): Verifier {
  return {
    capabilities: localCapabilities(parts.reference),
    check: async (request) => settled(await decide(parts, request)),
    // A comparison that didn't end is simply done again.
    query: () => Promise.resolve(settled(unconfirmed('verification.abandoned', { retry: 'service' }))),
    erase: () => Promise.resolve(ok('unsupported')),
  };
}

/**
 * `face-reference` alone, free and without a query. The threshold goes by the scene's rate, so that none is told here.
 */
export function localCapabilities(basis: LocalVerifierParts['reference']): VerifierCapabilities {
  const capability: Capability = {
    check: 'face-reference',
    operation: OPERATION,
    materials: ['face', 'reference'],
    basis,
    pictures: null,
    clip: null,
    queryable: false,
    billed: false,
    score: { scale: LARGEST_SCORE, threshold: null },
  };
  const refusals = {
    'face-live': { code: 'live-not-in-picture' },
    'video-live': { code: 'live-not-in-clip' },
    'face-retained': { code: 'keeps-no-pictures' },
  } as const;
  return { verifier: 'local', checks: [capability], refusals };
}

async function decide(parts: LocalVerifierParts, { check, materials }: CheckRequest): Promise<CheckOutcome> {
  const { reference: basis } = parts;
  const { face, reference } = materials;
  if (check !== 'face-reference') return unconfirmed('verifier.unsupported', { retry: 'configuration', basis });
  if (face === undefined || reference === undefined) {
    return unconfirmed('material.missing', { retry: 'configuration', basis });
  }
  const compared = await parts.compare(face, reference, parts.far());
  if (!compared.ok) {
    const { code, detail } = compared.error;
    const retry = code.startsWith('inference.') ? 'service' : REASONS[code].next === 'retry' ? 'capture' : 'none';
    return unconfirmed(code, { retry, basis, detail });
  }
  const { score, threshold, outcome } = compared.value;
  const reason = OUTCOME_REASONS[outcome];
  const kind: Score['kind'] = basis === 'reference' ? 'reference' : 'card';
  const scores: readonly Score[] = [{ kind, value: score, scale: LARGEST_SCORE, threshold }];
  return {
    state: stateOf(reason),
    reason,
    retry: 'none',
    retryAfterMs: null,
    basis,
    scores: [...scores],
    vendor: null,
  };
}
