import type { Clock } from '../../shared/clock.ts';
import { HAND_OFF_LIFETIME_MS } from '../../shared/domain/hand-off.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { createTokenBuckets } from '../token-bucket.ts';
import {
  createPhoneCapture,
  type PhoneCapture,
  type PhoneCaptureParts,
  type PhoneFrame,
  type PhoneSight,
} from './phone-capture.ts';

/** What a page may send. */
export const PHONE_LIMITS = {
  /** Of one picture's file. */
  frameBytes: 100_000,
  /** Of a picture's longer side in pixels; a small file can hold a huge picture. */
  frameSide: 1_280,
  framesPerSecond: 30,
  /** All in all, for one hand-off. */
  frames: 6_000,
  bytes: 300_000_000,
  /** Tries at a challenge that nothing could be decided by. */
  tries: 3,
  /** People who are looked at in one moment by one process: each needs eight pictures a second, one after the other. */
  captures: 3,
} as const;

/** Pictures of one phone that may wait for each other. */
const MOST_WAITING = 3;
/** Whoever sends nothing for so long lets others in. */
const IDLE_MS = 20_000;

/** Why a picture isn't looked at. */
export type FrameRefusal = 'sequence' | 'too-fast' | 'too-many' | 'busy';

/** The captures of all phones, in this process's memory: a restart loses them, and the page begins its try again. */
export interface PhoneCaptures {
  /** Pictures are taken in the order of their sequence numbers; what comes late or twice isn't. */
  see(handOffId: string, sequence: number, frame: PhoneFrame): Promise<FrameRefusal | Result<PhoneSight, Failure>>;
  /** Somebody is about to come: whatever takes its time to load can begin. */
  warmUp(): void;
  /** The page was loaded again: its pictures are counted anew, its tries are not. */
  restart(handOffId: string): void;
  /** Forgets all that is held of a hand-off. */
  drop(handOffId: string): void;
  /** Wipes captures that nothing was sent to for a while. */
  wipeIdle(): void;
}

interface Visit {
  sequence: number;
  capturedAtMs: number;
  frames: number;
  bytes: number;
  waiting: number;
  tries: number;
  /** Decided: no picture counts any more. */
  isOver: boolean;
  lastAtMs: number;
  capture: Promise<Result<PhoneCapture, Failure>> | null;
  turn: Promise<unknown>;
}

/**
 * Counts by `PHONE_LIMITS`. A picture that was taken is zeroed when it was looked at. `wipeIdle` is the caller's to
 * repeat.
 */
export function createPhoneCaptures(parts: PhoneCaptureParts): PhoneCaptures {
  const { clock } = parts;
  const visits = new Map<string, Visit>();
  const rate = createTokenBuckets(
    { burst: 2 * PHONE_LIMITS.framesPerSecond, perSecond: PHONE_LIMITS.framesPerSecond },
    clock,
  );
  const isBusy = (): boolean =>
    [...visits.values()].filter(({ capture }) => capture !== null).length >= PHONE_LIMITS.captures;
  const look = async (handOffId: string, visit: Visit, frame: PhoneFrame): Promise<Result<PhoneSight, Failure>> => {
    // A picture that waited while the one before decided it all.
    if (visit.isOver) return err(failure('handoff.expired'));
    visit.capture ??= openCapture(parts, handOffId);
    const opened = visit.capture;
    const capture = await opened;
    const seen = capture.ok ? await capture.value.see(frame) : capture;
    const isOver = !seen.ok || seen.value.kind !== 'step';
    if (isOver && visit.capture === opened) closeCapture(visit);
    const told = againOrUndecided(visit, seen);
    visit.isOver = told.ok && told.value.kind !== 'step';
    return told;
  };
  return {
    see: async (handOffId, sequence, frame) => {
      const visit = visits.get(handOffId) ?? newVisit(clock);
      const refusal = refusalOf(visit, sequence, frame) ?? (rate.take(handOffId) > 0 ? 'too-fast' : null);
      if (refusal !== null) return refusal;
      if (visit.capture === null && isBusy()) return 'busy';
      visits.set(handOffId, visit);
      Object.assign(visit, { sequence, capturedAtMs: frame.capturedAtMs, lastAtMs: clock.monotonicMs() });
      visit.frames += 1;
      visit.bytes += frame.jpeg.length;
      visit.waiting += 1;
      const seen = visit.turn.then(() =>
        visits.get(handOffId) === visit ? look(handOffId, visit, frame) : err(failure('handoff.expired')),
      );
      visit.turn = seen.catch(() => undefined);
      return seen.finally(() => {
        visit.waiting -= 1;
        frame.jpeg.fill(0);
      });
    },
    warmUp: () => void parts.inference.call('closeCapture', { captureId: 'none' }),
    restart: (handOffId) => {
      const visit = visits.get(handOffId);
      if (!visit) return;
      closeCapture(visit);
      Object.assign(visit, { sequence: -1, capturedAtMs: Number.NEGATIVE_INFINITY });
    },
    drop: (handOffId) => {
      const visit = visits.get(handOffId);
      visits.delete(handOffId);
      if (visit) closeCapture(visit);
    },
    wipeIdle: () => {
      const nowMs = clock.monotonicMs();
      for (const [handOffId, visit] of visits) {
        if (nowMs - visit.lastAtMs > IDLE_MS) closeCapture(visit);
        if (nowMs - visit.lastAtMs > HAND_OFF_LIFETIME_MS) visits.delete(handOffId);
      }
    },
  };
}

function newVisit(clock: Pick<Clock, 'monotonicMs'>): Visit {
  return {
    sequence: -1,
    capturedAtMs: Number.NEGATIVE_INFINITY,
    frames: 0,
    bytes: 0,
    waiting: 0,
    tries: 0,
    isOver: false,
    lastAtMs: clock.monotonicMs(),
    capture: null,
    turn: Promise.resolve(),
  };
}

function refusalOf(visit: Visit, sequence: number, { capturedAtMs, jpeg }: PhoneFrame): FrameRefusal | null {
  if (sequence <= visit.sequence || capturedAtMs <= visit.capturedAtMs) return 'sequence';
  if (visit.frames >= PHONE_LIMITS.frames || visit.bytes + jpeg.length > PHONE_LIMITS.bytes) return 'too-many';
  return visit.waiting >= MOST_WAITING ? 'too-fast' : null;
}

/** The capture has the hand-off's id, so that a new try takes the place of the one before. */
async function openCapture(parts: PhoneCaptureParts, handOffId: string): Promise<Result<PhoneCapture, Failure>> {
  const capture = createPhoneCapture(parts, handOffId);
  const opened = await capture.open();
  return opened.ok ? ok(capture) : opened;
}

function closeCapture(visit: Visit): void {
  const { capture } = visit;
  visit.capture = null;
  void capture?.then((opened) => (opened.ok ? opened.value.close() : undefined));
}

function againOrUndecided(visit: Visit, seen: Result<PhoneSight, Failure>): Result<PhoneSight, Failure> {
  if (!seen.ok || seen.value.kind !== 'undecided') return seen;
  visit.tries += 1;
  if (visit.tries >= PHONE_LIMITS.tries) return seen;
  return ok({ kind: 'step', step: { step: 'again', why: seen.value.reason } });
}
