import { canonicalJson } from '../../shared/canonical-json.ts';
import type { SessionAnswer, SessionRequest } from '../../shared/protocol/kv1-sessions.ts';
import type { Problem } from '../../shared/protocol/kv1.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Device } from '../device-registry.ts';
import { problem } from '../problems.ts';
import { announcementFault } from './materials.ts';
import { answerOf } from './session-answers.ts';
import { readSession, type SessionDeskParts } from './session-reading.ts';
import { expiryOf, stateAt } from './session-rules.ts';
import { newSession, type NewSession } from './session-store.ts';

/** Opens a session, or gives one that was opened by the same request; one that has expired begins anew. */
export async function openSession(
  parts: SessionDeskParts,
  device: Pick<Device, 'deviceId'>,
  request: SessionRequest,
): Promise<Result<SessionAnswer, Problem>> {
  const { policyVersion } = await parts.terms();
  const fault = openingProblem(parts, request);
  const openedAtMs = parts.clock.wallMs();
  const fresh: NewSession = {
    deviceId: device.deviceId,
    request,
    wrappedKeys: parts.keys.create(request).wrapped,
    policyVersion,
    openedAtMs,
    expiresAtMs: expiryOf(openedAtMs),
  };
  if (fault === null && (await parts.store.insert(fresh))) {
    const nothing = request.artifacts.map((artifact) => ({ artifact, received: 0, pieces: [], objectKey: null }));
    return ok(await answerOf(parts, newSession(fresh), nothing));
  }
  const known = await parts.store.find(request.sessionId);
  if (known === null) return err(fault ?? problem('internal'));
  const same = known.deviceId === device.deviceId && canonicalJson(known.request) === canonicalJson(request);
  if (!same) return err(problem('session_conflict'));
  if (stateAt(known, openedAtMs) !== 'expired') return ok(await answerOf(parts, known));
  if (fault !== null) return err(fault);
  await parts.renew(request.sessionId, fresh);
  return readSession(parts, device, request.sessionId);
}

/** Why a new session isn't opened, or null. */
function openingProblem(parts: SessionDeskParts, { check, artifacts }: SessionRequest): Problem | null {
  if (parts.checks.answering(check).length === 0) {
    return problem('check_unsupported', { detail: `${check}: ${parts.checks.refusal(check)}`.slice(0, 300) });
  }
  const fault = announcementFault(check, artifacts, parts.checks.capabilities(check));
  return fault === null ? null : problem('request_invalid', { detail: fault });
}
