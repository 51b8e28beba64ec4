import { canonicalJson } from '../../shared/canonical-json.ts';
import type { CheckOutcome } from '../../shared/domain/verification.ts';
import {
  decisionBodySchema,
  type ArtifactName,
  type DecisionBody,
  type SignedDecision,
} from '../../shared/protocol/kv1-sessions.ts';
import type { ServerKey } from '../server-key.ts';
import type { Session } from './session.ts';

/** How decisions are dated and kept. */
export interface DecisionTerms {
  readonly decidedAtMs: number;
  readonly policyVersion: number;
  /** How long pictures and identity stay after the decision. */
  readonly artifactRetentionMs: number;
}

/** Who decides when no clerk does. */
export const DECIDED_BY_MACHINE = 'verifier';

/** The decision that an outcome leads to: the next revision, over the hashes of what was judged. */
export function decisionOf(session: Session, outcome: CheckOutcome, terms: DecisionTerms): DecisionBody {
  const { sessionId, certifyId, check, artifacts } = session.request;
  const hashes: Partial<Record<ArtifactName, string>> = {};
  for (const { name, sha256 } of artifacts) hashes[name] = sha256;
  return decisionBodySchema.parse({
    v: 1,
    sessionId,
    certifyId,
    check,
    revision: (session.decision?.body.revision ?? 0) + 1,
    state: outcome.state,
    reason: outcome.reason,
    basis: outcome.basis,
    retry: outcome.retry,
    scores: outcome.scores,
    vendor: outcome.vendor,
    decidedBy: [DECIDED_BY_MACHINE],
    artifacts: hashes,
    decidedAtMs: terms.decidedAtMs,
    policyVersion: terms.policyVersion,
    eraseAfterMs: terms.decidedAtMs + terms.artifactRetentionMs,
  });
}

/** Signs a decision over its canonical JSON (RFC 8785). */
export function signDecision(body: DecisionBody, serverKey: Pick<ServerKey, 'sign'>): SignedDecision {
  return { body, server: serverKey.sign(canonicalJson(body)) };
}

/**
 * Whether `next` may take the place of `current`: one revision later, and never from `passed` to something else, so
 * that a duplicate or a late error can't undo a pass.
 */
export function mayFollow(current: SignedDecision | null, next: DecisionBody): boolean {
  if (current === null) return next.revision === 1;
  return next.revision === current.body.revision + 1 && current.body.state !== 'passed';
}
