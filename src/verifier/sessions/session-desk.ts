import { canonicalJson } from '../../shared/canonical-json.ts';
import type { Clock } from '../../shared/clock.ts';
import {
  SESSION_LIMITS,
  type SessionAnswer,
  type SessionRequest,
  type SubmitRequest,
} from '../../shared/protocol/kv1-sessions.ts';
import type { Problem } from '../../shared/protocol/kv1.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Device } from '../device-registry.ts';
import { problem } from '../problems.ts';
import type { ArtifactStore } from './artifact-store.ts';
import type { CheckDirectory } from './check-directory.ts';
import type { DecisionBell } from './decision-bell.ts';
import type { RandomBytes } from './envelope.ts';
import { keepIdentity } from './identity-vault.ts';
import { announcementFault, identityProblem, needsIdentity } from './materials.ts';
import type { IdentityOpener } from './sealing-key.ts';
import { answerOf } from './session-answers.ts';
import { unwrapKeys, type ContentKeys, type SessionKeys } from './session-keys.ts';
import { expiryOf, stepProblem } from './session-rules.ts';
import { newSession, type NewSession, type SessionStore } from './session-store.ts';
import type { SessionTerms } from './session-worker.ts';
import type { Session, Upload } from './session.ts';

export interface SessionDeskParts {
  readonly store: SessionStore;
  readonly artifacts: ArtifactStore;
  readonly checks: CheckDirectory;
  readonly keys: SessionKeys;
  readonly opener: IdentityOpener;
  readonly bell: DecisionBell;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly terms: () => Promise<SessionTerms>;
  /** Has what was submitted looked at, at once. */
  readonly kick: () => void;
}

/** What a device can do with sessions. A session of another device is `not_found`. */
export interface SessionDesk {
  /** Opens one; the same request again gives it as it is by now, another one under its id is `session_conflict`. */
  open(device: Device, request: SessionRequest): Promise<Result<SessionAnswer, Problem>>;
  /** @param wait how long to wait for a decision, in milliseconds */
  read(device: Device, sessionId: string, wait?: Waiting): Promise<Result<SessionAnswer, Problem>>;
  upload(device: Device, sessionId: string, name: string, piece: ArrivingPiece): Promise<Result<UploadAnswer, Problem>>;
  uploaded(device: Device, sessionId: string, name: string): Promise<Result<UploadAnswer, Problem>>;
  submit(
    device: Device,
    sessionId: string,
    request: SubmitRequest,
    trace: string | null,
  ): Promise<Result<SessionAnswer, Problem>>;
  /** A clerk lets a question be asked again whose outcome stayed unknown. */
  retry(device: Device, sessionId: string, clerk: string): Promise<Result<SessionAnswer, Problem>>;
}

export interface Waiting {
  readonly waitMs: number;
  readonly signal?: AbortSignal;
}

/** `offset` null: the whole artifact at once. */
export interface ArrivingPiece {
  readonly offset: number | null;
  readonly bytes: Buffer;
}

export interface UploadAnswer {
  readonly name: string;
  readonly bytes: number;
  readonly received: number;
  readonly complete: boolean;
}

/** Where another process decides, its decision is seen this long after it at the latest. */
const LOOK_MS = 500;

export function createSessionDesk(parts: SessionDeskParts): SessionDesk {
  return {
    open: (device, request) => openSession(parts, device, request),
    read: (device, sessionId, wait) => readSession(parts, device, sessionId, wait),
    upload: (device, sessionId, name, piece) => takePiece(parts, device, sessionId, name, piece),
    uploaded: async (device, sessionId, name) => {
      const found = await findUpload(parts, device, sessionId, name);
      return found.ok ? ok(uploadAnswer(found.value.upload)) : found;
    },
    submit: (device, sessionId, request, trace) => submitSession(parts, device, sessionId, request, trace),
    retry: (device, sessionId, clerk) => retrySession(parts, device, sessionId, clerk),
  };
}

async function openSession(
  parts: SessionDeskParts,
  device: Device,
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
  if (known !== null) return answerKnown(parts, device, request, known);
  return err(fault ?? problem('internal'));
}

/** Why a new session isn't opened, or null. */
function openingProblem(parts: SessionDeskParts, { check, artifacts }: SessionRequest): Problem | null {
  if (parts.checks.answering(check).length === 0) {
    return problem('check_unsupported', { detail: `${check}: ${parts.checks.refusal(check)}`.slice(0, 300) });
  }
  const fault = announcementFault(check, artifacts, parts.checks.capabilities(check));
  return fault === null ? null : problem('request_invalid', { detail: fault });
}

async function answerKnown(
  parts: SessionDeskParts,
  device: Device,
  request: SessionRequest,
  known: Session,
): Promise<Result<SessionAnswer, Problem>> {
  const same = known.deviceId === device.deviceId && canonicalJson(known.request) === canonicalJson(request);
  return same ? ok(await answerOf(parts, known)) : err(problem('session_conflict'));
}

async function readSession(
  parts: SessionDeskParts,
  device: Device,
  sessionId: string,
  wait?: Waiting,
): Promise<Result<SessionAnswer, Problem>> {
  const untilMs = parts.clock.monotonicMs() + Math.min(wait?.waitMs ?? 0, SESSION_LIMITS.waitSeconds * 1_000);
  for (;;) {
    // Listening begins before looking, so that a decision in between isn't missed.
    const leftMs = untilMs - parts.clock.monotonicMs();
    const stop = new AbortController();
    const signal = wait?.signal === undefined ? stop.signal : AbortSignal.any([stop.signal, wait.signal]);
    const heard = parts.bell.heard(sessionId, Math.max(0, Math.min(leftMs, LOOK_MS)), signal);
    const found = await findSession(parts, device, sessionId);
    const over = !found.ok || found.value.state !== 'submitted' || leftMs <= 0 || wait?.signal?.aborted === true;
    if (over) stop.abort();
    await heard;
    if (over) return found.ok ? ok(await answerOf(parts, found.value)) : found;
  }
}

async function takePiece(
  parts: SessionDeskParts,
  device: Device,
  sessionId: string,
  name: string,
  { offset, bytes }: ArrivingPiece,
): Promise<Result<UploadAnswer, Problem>> {
  const found = await findUpload(parts, device, sessionId, name);
  if (!found.ok) return found;
  const { session, upload, keys } = found.value;
  // Whatever is there is there: the last piece sent again after submitting is no mistake.
  const refused = upload.objectKey === null ? stepProblem(session, 'upload', parts.clock.wallMs()) : null;
  if (refused !== null) return err(refused);
  const { request } = session;
  const taken =
    offset === null
      ? await parts.artifacts.putWhole(request, keys.pictures, upload, bytes)
      : await parts.artifacts.putPiece(request, keys.pictures, upload, { offset, bytes });
  return taken.ok ? ok({ name, bytes: upload.artifact.bytes, ...taken.value }) : taken;
}

async function submitSession(
  parts: SessionDeskParts,
  device: Device,
  sessionId: string,
  submitted: SubmitRequest,
  trace: string | null,
): Promise<Result<SessionAnswer, Problem>> {
  const found = await findSession(parts, device, sessionId);
  if (!found.ok) return found;
  const session = found.value;
  // It is submitted once; whoever asks again gets what became of it.
  if (session.submittedAtMs !== null) return ok(await answerOf(parts, session));
  const nowMs = parts.clock.wallMs();
  const refused = stepProblem(session, 'submit', nowMs);
  if (refused !== null) return err(refused);
  const uploads = await parts.artifacts.uploads(session.request);
  const waiting = uploads.find(({ objectKey }) => objectKey === null);
  if (waiting !== undefined) return err(problem('artifacts_missing', { detail: waiting.artifact.name }));
  const identity = await identityOf(parts, session, submitted);
  if (!identity.ok) return identity;
  const taken = await parts.store.submit(sessionId, {
    identity: identity.value,
    local: submitted.local,
    trace,
    atMs: nowMs,
    eraseAfterMs: nowMs + SESSION_LIMITS.uploadLifetimeMs,
  });
  parts.kick();
  // Not taken: another request has submitted it in between, or it was erased.
  if (!taken) return readSession(parts, device, sessionId);
  return ok(await answerOf(parts, { ...session, state: 'submitted', submittedAtMs: nowMs }, uploads));
}

/** The identity as it is kept, once it has everything that the check needs. */
async function identityOf(
  parts: SessionDeskParts,
  { request, secrets }: Session,
  submitted: SubmitRequest,
): Promise<Result<Buffer | null, Problem>> {
  const keys = unwrapKeys(parts.keys, request, secrets);
  if (keys === null) return err(problem('session_state', { detail: 'it is erased' }));
  if (submitted.identity === null) {
    const missing = identityProblem(request.check, null);
    return missing === null ? ok(null) : err(missing);
  }
  const identity = await parts.opener.open(submitted.identity, request.sessionId);
  if (identity === null) return err(problem('identity_unreadable'));
  const missing = identityProblem(request.check, identity);
  if (missing !== null) return err(missing);
  // What the check doesn't need isn't kept.
  const kept = needsIdentity(request.check) ? identity : null;
  return ok(keepIdentity(request, keys.identity, kept, parts.randomBytes));
}

async function retrySession(
  parts: SessionDeskParts,
  device: Device,
  sessionId: string,
  clerk: string,
): Promise<Result<SessionAnswer, Problem>> {
  const found = await findSession(parts, device, sessionId);
  if (!found.ok) return found;
  const refused = stepProblem(found.value, 'retry', parts.clock.wallMs());
  if (refused !== null) return err(refused);
  const asked = await parts.store.askAgain(sessionId, clerk, parts.clock.wallMs());
  if (!asked) return err(problem('session_state', { detail: 'it changed, or what it asked with is erased' }));
  parts.kick();
  return readSession(parts, device, sessionId);
}

async function findSession(
  parts: SessionDeskParts,
  device: Device,
  sessionId: string,
): Promise<Result<Session, Problem>> {
  const session = await parts.store.find(sessionId);
  return session?.deviceId === device.deviceId ? ok(session) : err(problem('not_found'));
}

interface FoundUpload {
  readonly session: Session;
  readonly upload: Upload;
  readonly keys: ContentKeys;
}

async function findUpload(
  parts: SessionDeskParts,
  device: Device,
  sessionId: string,
  name: string,
): Promise<Result<FoundUpload, Problem>> {
  const found = await findSession(parts, device, sessionId);
  if (!found.ok) return found;
  const uploads = await parts.artifacts.uploads(found.value.request);
  const upload = uploads.find(({ artifact }) => artifact.name === name);
  if (upload === undefined) return err(problem('artifact_unexpected'));
  const keys = unwrapKeys(parts.keys, found.value.request, found.value.secrets);
  if (keys === null) return err(problem('session_state', { detail: 'it is erased' }));
  return ok({ session: found.value, upload, keys });
}

function uploadAnswer({ artifact, received, objectKey }: Upload): UploadAnswer {
  return { name: artifact.name, bytes: artifact.bytes, received, complete: objectKey !== null };
}
