import type { Clock } from '../../shared/clock.ts';
import type { SessionAnswer } from '../../shared/protocol/kv1-sessions.ts';
import { reviewsNeeded } from '../reviews/review-rules.ts';
import type { ArtifactStore } from './artifact-store.ts';
import { openFields } from './identity-vault.ts';
import type { IdentityOpener } from './sealing-key.ts';
import { unwrapKeys, type SessionKeys } from './session-keys.ts';
import { stateAt } from './session-rules.ts';
import type { SessionStore } from './session-store.ts';
import type { Session, Upload } from './session.ts';

export interface SessionAnswerParts {
  readonly store: SessionStore;
  readonly artifacts: ArtifactStore;
  readonly keys: SessionKeys;
  readonly opener: IdentityOpener;
  readonly clock: Clock;
}

const ASK_AGAIN_MS = 1_000;

/**
 * What the device of a session is told about it.
 *
 * @param known its uploads, where they have just been looked up
 */
export async function answerOf(
  parts: SessionAnswerParts,
  session: Session,
  known?: readonly Upload[],
): Promise<SessionAnswer> {
  const { request } = session;
  const uploads = known ?? (await parts.artifacts.uploads(request));
  const state = stateAt(session, parts.clock.wallMs());
  // An earlier revision is no answer while it is asked again.
  const decision = state === 'submitted' || state === 'open' ? null : session.decision;
  return {
    sessionId: request.sessionId,
    certifyId: request.certifyId,
    state,
    expiresAtMs: session.expiresAtMs,
    sealingKey: parts.opener.publicKey,
    artifacts: uploads.map(({ artifact, received }) => ({ name: artifact.name, bytes: artifact.bytes, received })),
    askAgainAfterMs: state === 'submitted' ? ASK_AGAIN_MS : null,
    decision,
    fields: state === 'decided' ? fieldsOf(parts, session) : null,
    reviewsNeeded:
      decision === null
        ? 0
        : reviewsNeeded(decision.body, await parts.store.reviews(request.sessionId, decision.body.revision)),
  };
}

function fieldsOf(parts: SessionAnswerParts, { request, secrets }: Session): SessionAnswer['fields'] {
  const keys = unwrapKeys(parts.keys, request, secrets);
  return keys === null ? null : openFields(request, keys.identity, secrets.fields);
}
