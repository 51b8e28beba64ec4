import type { SessionAnswer, SessionRequest, SubmitRequest } from '../../shared/protocol/kv1-sessions.ts';
import type { Problem } from '../../shared/protocol/kv1.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Device } from '../device-registry.ts';
import { problem } from '../problems.ts';
import { openSession } from './session-opening.ts';
import { unwrapKeys, type ContentKeys } from './session-keys.ts';
import { findSession, readSession, type SessionDeskParts, type Waiting } from './session-reading.ts';
import { stateAt, stepProblem } from './session-rules.ts';
import { submitSession } from './session-submission.ts';
import type { Session, Upload } from './session.ts';

/** What a device can do with sessions. A session of another device is `not_found`. */
export interface SessionDesk {
  /**
   * Opens one; the same request again gives it as it is by now, and one that has expired begins anew with whatever of
   * it is still there. Another request under its id is `session_conflict`.
   */
  open(device: Pick<Device, 'deviceId'>, request: SessionRequest): Promise<Result<SessionAnswer, Problem>>;
  /** @param wait how long to wait for a decision, in milliseconds */
  read(device: Pick<Device, 'deviceId'>, sessionId: string, wait?: Waiting): Promise<Result<SessionAnswer, Problem>>;
  upload(
    device: Pick<Device, 'deviceId'>,
    sessionId: string,
    name: string,
    piece: ArrivingPiece,
  ): Promise<Result<UploadAnswer, Problem>>;
  uploaded(device: Pick<Device, 'deviceId'>, sessionId: string, name: string): Promise<Result<UploadAnswer, Problem>>;
  /** Once; and once more for each error that may pass, where the request names its revision. */
  submit(
    device: Pick<Device, 'deviceId'>,
    sessionId: string,
    request: SubmitRequest,
    trace: string | null,
  ): Promise<Result<SessionAnswer, Problem>>;
  /** A clerk lets a question be asked again whose outcome stayed unknown. */
  retry(device: Pick<Device, 'deviceId'>, sessionId: string, clerk: string): Promise<Result<SessionAnswer, Problem>>;
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

/** Submitting and retrying wake this process's worker; a wait for a decision is cut to `SESSION_LIMITS.waitSeconds`. */
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

async function takePiece(
  parts: SessionDeskParts,
  device: Pick<Device, 'deviceId'>,
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

async function retrySession(
  parts: SessionDeskParts,
  device: Pick<Device, 'deviceId'>,
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

interface FoundUpload {
  readonly session: Session;
  readonly upload: Upload;
  readonly keys: ContentKeys;
}

async function findUpload(
  parts: SessionDeskParts,
  device: Pick<Device, 'deviceId'>,
  sessionId: string,
  name: string,
): Promise<Result<FoundUpload, Problem>> {
  const found = await findSession(parts, device, sessionId);
  if (!found.ok) return found;
  const uploads = await parts.artifacts.uploads(found.value.request);
  const upload = uploads.find(({ artifact }) => artifact.name === name);
  if (upload === undefined) return err(problem('artifact_unexpected'));
  const keys = unwrapKeys(parts.keys, found.value.request, found.value.secrets);
  if (keys !== null) return ok({ session: found.value, upload, keys });
  const hasExpired = stateAt(found.value, parts.clock.wallMs()) === 'expired';
  return err(hasExpired ? problem('session_expired') : problem('session_state', { detail: 'it is erased' }));
}

function uploadAnswer({ artifact, received, objectKey }: Upload): UploadAnswer {
  return { name: artifact.name, bytes: artifact.bytes, received, complete: objectKey !== null };
}
