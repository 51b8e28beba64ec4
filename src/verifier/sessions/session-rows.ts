import { canonicalJson } from '../../shared/canonical-json.ts';
import { sessionRequestSchema, signedDecisionSchema, type SignedDecision } from '../../shared/protocol/kv1-sessions.ts';
import { SESSION_STATES } from '../../shared/protocol/kv1-sessions.ts';
import type { Queries } from '../storage/database.ts';
import type { Row } from '../storage/tables.ts';
import type { Session } from './session.ts';

/** A session with its newest decision, as it is selected. */
export type SessionRow = Pick<
  Row<'sessions'>,
  | 'device_id'
  | 'request'
  | 'state'
  | 'expires_at_ms'
  | 'submitted_at_ms'
  | 'retried_by'
  | 'policy_version'
  | 'erased_at_ms'
  | 'wrapped_key'
  | 'identity_sealed'
  | 'fields_sealed'
> & { readonly body: string | null; readonly signature: string | null };

/** Throws for a row that this program did not write. */
export function toSession(row: SessionRow): Session {
  const state = SESSION_STATES.find((known) => known === row.state);
  if (state === undefined) throw new Error('a session is in a state that there is not');
  return {
    deviceId: row.device_id,
    request: sessionRequestSchema.parse(JSON.parse(row.request)),
    state,
    expiresAtMs: row.expires_at_ms,
    submittedAtMs: row.submitted_at_ms,
    askedAgain: row.retried_by !== null,
    decision: row.body === null || row.signature === null ? null : parseDecision(row.body, row.signature),
    policyVersion: row.policy_version,
    erasedAtMs: row.erased_at_ms,
    secrets: { wrappedKeys: row.wrapped_key, identity: row.identity_sealed, fields: row.fields_sealed },
  };
}

/** Adds a revision; the row is written once and never changed. */
export async function insertDecision(queries: Queries, { body, server }: SignedDecision): Promise<void> {
  await queries
    .insertInto('decisions')
    .values({
      session_id: body.sessionId,
      revision: body.revision,
      state: body.state,
      reason: body.reason,
      body: canonicalJson(body),
      signature: canonicalJson(server),
      decided_at_ms: body.decidedAtMs,
    })
    .execute();
}

function parseDecision(body: string, signature: string): SignedDecision {
  return signedDecisionSchema.parse({ body: JSON.parse(body) as unknown, server: JSON.parse(signature) as unknown });
}
