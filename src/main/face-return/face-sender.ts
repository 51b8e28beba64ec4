import { createHash } from 'node:crypto';
import type { Clock } from '../../shared/clock.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { FaceDestination } from './face-destination.ts';

/** A picture that couldn't be sent is destroyed after this long. */
export const FACE_RETURN_LIFETIME_MS = 7 * 86_400_000;
/** Between two looks at an empty queue. */
const IDLE_MS = 15_000;

export interface WaitingFace {
  readonly certifyId: string;
  readonly sha256: string;
  readonly attempts: number;
  readonly day: string;
}

/** The queue, durably. */
export interface FaceQueue {
  next(): Result<WaitingFace | null, Failure>;
  waitingSince(sinceMs: number): Result<readonly string[], Failure>;
  failed(certifyId: string, failure: Failure): Result<null, Failure>;
  sent(certifyId: string, sentAtMs: number): Result<null, Failure>;
  stop(certifyId: string, why: 'expired' | 'unreadable' | 'erased'): Result<boolean, Failure>;
}

/** The pictures, encrypted. */
export interface KeptFaces {
  read(certifyId: string): Promise<Result<Uint8Array | null, Failure>>;
  destroy(certifyId: string, why: 'sent' | 'retention' | 'erased'): Promise<Result<boolean, Failure>>;
}

export interface OpenedDestination {
  readonly destination: FaceDestination;
  readonly nameOf: (face: WaitingFace) => string;
}

export interface FaceSenderParts {
  readonly queue: FaceQueue;
  readonly faces: KeptFaces;
  /** Null where none is set up: pictures then wait for one. */
  readonly destination: () => Result<OpenedDestination | null, Failure>;
  readonly clock: Clock;
  /** Timers as a dependency. Returns how to cancel. */
  readonly startTimer: (run: () => void, delayMs: number) => () => void;
  /** How long to wait after the n-th failure in a row, milliseconds. */
  readonly backoffMs: (failures: number) => number;
  readonly log: (event: string, failure: Failure) => void;
}

export interface FaceSender {
  start(): void;
  /** Sends now what waits, also what was put off. */
  kick(): void;
  /** Settles when nothing is under way any more. */
  stop(): Promise<void>;
}

/**
 * Sends one picture after the other. What the destination doesn't take is tried again with growing waits, by whoever
 * comes first of the least tried, so that no picture keeps the others from being sent.
 */
export function createFaceSender(parts: FaceSenderParts): FaceSender {
  const ending = new AbortController();
  let cancelTimer: (() => void) | null = null;
  let running: Promise<void> | null = null;
  let again = false;
  let failures = 0;

  async function round(): Promise<void> {
    do {
      again = false;
      await expire(parts);
      failures = await sendAll(parts, failures, ending.signal);
    } while (again && !ending.signal.aborted);
  }

  function kick(): void {
    if (ending.signal.aborted) return;
    if (running) {
      again = true;
      return;
    }
    cancelTimer?.();
    cancelTimer = null;
    running = round().finally(() => {
      running = null;
      if (!ending.signal.aborted)
        cancelTimer = parts.startTimer(kick, failures > 0 ? parts.backoffMs(failures) : IDLE_MS);
    });
  }

  return {
    start: kick,
    kick,
    stop: async () => {
      ending.abort();
      cancelTimer?.();
      await running;
    },
  };
}

/** Sends until nothing waits or something failed. Gives how many failures there were in a row. */
async function sendAll(parts: FaceSenderParts, failuresBefore: number, signal: AbortSignal): Promise<number> {
  let failures = failuresBefore;
  while (!signal.aborted) {
    const face = parts.queue.next();
    if (!face.ok) return given(parts, face.error, failures);
    if (face.value === null) return 0;
    const opened = parts.destination();
    if (!opened.ok) return given(parts, opened.error, failures);
    if (opened.value === null) return 0;
    const sent = await sendOne(parts, face.value, opened.value, signal);
    if (signal.aborted) return failures;
    if (!sent.ok) {
      const noted = parts.queue.failed(face.value.certifyId, sent.error);
      return given(parts, noted.ok ? sent.error : noted.error, failures);
    }
    failures = 0;
  }
  return failures;
}

function given({ log }: FaceSenderParts, cause: Failure, failures: number): number {
  log('face-return', cause);
  return failures + 1;
}

async function sendOne(
  parts: FaceSenderParts,
  face: WaitingFace,
  { destination, nameOf }: OpenedDestination,
  signal: AbortSignal,
): Promise<Result<null, Failure>> {
  const picture = await parts.faces.read(face.certifyId);
  const isLost = picture.ok ? !isWhole(picture.value, face) : isUnreadable(picture.error);
  if (isLost) return giveUp(parts, face.certifyId, 'unreadable');
  if (!picture.ok || picture.value === null) return picture as Result<null, Failure>;
  const bytes = picture.value;
  const object = { name: nameOf(face), bytes, sha256: face.sha256, type: 'image/jpeg' } as const;
  const put = await destination.put(object, { again: face.attempts > 0, signal });
  bytes.fill(0);
  if (!put.ok) return put;
  // Noted first: a picture that was destroyed before could never be sent again.
  const noted = parts.queue.sent(face.certifyId, parts.clock.wallMs());
  if (!noted.ok) return noted;
  return destroyed(parts, face.certifyId, 'sent');
}

function isWhole(picture: Uint8Array | null, { sha256 }: WaitingFace): boolean {
  return picture !== null && createHash('sha256').update(picture).digest('hex') === sha256;
}

function isUnreadable({ code }: Failure): boolean {
  return code === 'store.corrupt' || code === 'store.wrong-key';
}

async function giveUp(
  parts: FaceSenderParts,
  certifyId: string,
  why: 'expired' | 'unreadable',
): Promise<Result<null, Failure>> {
  const stopped = parts.queue.stop(certifyId, why);
  if (!stopped.ok) return stopped;
  if (why === 'unreadable') parts.log('face-return', failure('store.corrupt', 'a face picture can not be read'));
  return destroyed(parts, certifyId, 'retention');
}

/** What can't be removed now goes at the next start: without its row nothing wants it. */
async function destroyed(
  { faces, log }: FaceSenderParts,
  certifyId: string,
  why: 'sent' | 'retention',
): Promise<Result<null, Failure>> {
  const gone = await faces.destroy(certifyId, why);
  if (!gone.ok) log('face-return', gone.error);
  return ok(null);
}

async function expire(parts: FaceSenderParts): Promise<void> {
  const overdue = parts.queue.waitingSince(parts.clock.wallMs() - FACE_RETURN_LIFETIME_MS);
  if (!overdue.ok) return parts.log('face-return', overdue.error);
  for (const certifyId of overdue.value) {
    const stopped = await giveUp(parts, certifyId, 'expired');
    if (!stopped.ok) parts.log('face-return', stopped.error);
  }
}
