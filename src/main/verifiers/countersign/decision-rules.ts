import { canonicalJson } from '../../../shared/canonical-json.ts';
import type { CheckOutcome } from '../../../shared/domain/verification.ts';
import { checkOutcomeSchema } from '../../../shared/domain/verification.ts';
import type {
  ArtifactName,
  DeletionReceipt,
  SessionAnswer,
  SignedDecision,
} from '../../../shared/protocol/kv1-sessions.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { ServerKey } from './message-authentication.ts';
import { isSignedByOne } from './server-keys.ts';

/** What was asked; a decision counts for exactly this. */
export interface AskedSession {
  readonly sessionId: string;
  readonly certifyId: string;
  readonly check: string;
  /** SHA-256, hex, of everything that was sent to be judged. */
  readonly artifacts: Readonly<Partial<Record<ArtifactName, string>>>;
}

/** What a decision that is kept was asked, for asking about it again. */
export function askedOf({ body }: SignedDecision): AskedSession {
  const { sessionId, certifyId, check, artifacts } = body;
  return { sessionId, certifyId, check, artifacts };
}

/**
 * Whether a decision is signed by a server key that is believed and answers what was asked: the session, the certification, the check, and
 * the hashes of all that was sent. Its own signature is checked besides that of the answer it came in, because it is
 * kept and shown when the answer is long gone.
 *
 * @returns `verifier.bad-signature` naming what doesn't fit
 */
export function checkDecision(
  decision: SignedDecision,
  asked: AskedSession,
  servers: readonly ServerKey[],
): Result<SignedDecision, Failure> {
  const fault = decisionFault(decision, asked, servers);
  return fault === null ? ok(decision) : err(failure('verifier.bad-signature', `decision: ${fault}`));
}

function decisionFault(
  { body, server }: SignedDecision,
  asked: AskedSession,
  servers: readonly ServerKey[],
): string | null {
  if (!isSignedByOne(canonicalJson(body), server, servers)) return 'signature';
  if (body.sessionId !== asked.sessionId) return 'another session';
  if (body.certifyId !== asked.certifyId) return 'another certification';
  if (body.check !== asked.check) return 'another check';
  if (canonicalJson(body.artifacts) !== canonicalJson(asked.artifacts)) return 'other artifacts';
  if (body.state === 'passed' && body.retry !== 'none') return 'passed, and to be tried again';
  return null;
}

/** A decision as an outcome, with the fields of a card that came along in the same signed answer. */
export function outcomeOfDecision({ body }: SignedDecision, fields: SessionAnswer['fields']): CheckOutcome {
  const { state, reason, retry, basis, scores, vendor } = body;
  const outcome: CheckOutcome = { state, reason, retry, retryAfterMs: null, basis, scores, vendor };
  if (fields === null) return outcome;
  const withFields = checkOutcomeSchema.safeParse({ ...outcome, fields });
  // Fields in a form that isn't known are left out; the decision doesn't depend on them.
  return withFields.success ? withFields.data : outcome;
}

/** Whether a deletion receipt is the pinned server's and speaks of what was to be erased. */
export function checkDeletion(
  receipt: DeletionReceipt,
  expected: { readonly kind: 'artifacts' | 'subject'; readonly of: string },
  servers: readonly ServerKey[],
): Result<DeletionReceipt, Failure> {
  const { body } = receipt;
  const isSigned = isSignedByOne(canonicalJson(body), receipt.server, servers);
  if (!isSigned) return err(failure('verifier.bad-signature', 'deletion: signature'));
  const fits = body.kind === expected.kind && body.of === expected.of;
  return fits ? ok(receipt) : err(failure('verifier.bad-signature', 'deletion: of something else'));
}
