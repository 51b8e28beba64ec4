import type { ChallengeProgress } from '../../shared/domain/challenge.ts';
import { eraseRecordedClip, type ClipMoment, type RecordedClip } from '../../shared/domain/clip.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { watchBlink, type BlinkWatch } from './blink-moment.ts';
import type { StartTimer } from './ports/start-timer.ts';

/** A clip comes a moment after its challenge: the page encodes its end first. Longer than this nobody waits for it. */
export const CLIP_WAIT_MS = 5_000;

/** Holds the clip of a certification's last challenge in memory, from its arrival until its evidence is kept. */
export interface ClipCollection {
  /** A challenge begins: its clip is the certification's from now on, and an earlier one is erased. */
  expect(certifyId: string, nonce: string): void;
  /**
   * Takes what the page made of a challenge; null when it could make nothing. Fails with `challenge.expired` when
   * nothing is expected of the certification any more, with `challenge.replayed` for another nonce or a second clip.
   */
  take(certifyId: string, nonce: string, clip: RecordedClip | null): Result<null, Failure>;
  /** How the challenge stood after a frame of this time; of another challenge it is nothing. */
  see(certifyId: string, nonce: string, progress: ChallengeProgress, capturedAtMs: number): void;
  /** When the person blinked because the challenge asked for it, on the clock of its frames; null if never. */
  blink(certifyId: string): ClipMoment | null;
  /** Whether a challenge has begun whose clip is or will be here. */
  expects(certifyId: string): boolean;
  /** The clip, which is waited for `CLIP_WAIT_MS` at most; null when there is none. */
  collect(certifyId: string): Promise<RecordedClip | null>;
  /** Forgets the certification and overwrites its clip. */
  erase(certifyId: string): void;
}

interface Expected {
  readonly nonce: string;
  /** Undefined until the page has answered. */
  clip: RecordedClip | null | undefined;
  onAnswer: () => void;
  readonly blink: BlinkWatch;
}

/** Holds no more than what the certifications in hand expect; clips are in memory only. */
export function createClipCollection(startTimer: StartTimer): ClipCollection {
  const expected = new Map<string, Expected>();

  function erase(certifyId: string): void {
    const held = expected.get(certifyId);
    expected.delete(certifyId);
    if (held?.clip) eraseRecordedClip(held.clip);
    held?.onAnswer();
  }

  function refuse(clip: RecordedClip | null, code: 'challenge.expired' | 'challenge.replayed'): Result<never, Failure> {
    if (clip) eraseRecordedClip(clip);
    return err(failure(code, 'no clip of this challenge is expected'));
  }

  return {
    expect: (certifyId, nonce) => {
      erase(certifyId);
      expected.set(certifyId, { nonce, clip: undefined, onAnswer: () => undefined, blink: watchBlink() });
    },
    take: (certifyId, nonce, clip) => {
      const awaited = expected.get(certifyId);
      if (!awaited) return refuse(clip, 'challenge.expired');
      if (awaited.nonce !== nonce || awaited.clip !== undefined) return refuse(clip, 'challenge.replayed');
      awaited.clip = clip;
      awaited.onAnswer();
      return ok(null);
    },
    see: (certifyId, nonce, progress, capturedAtMs) => {
      const held = expected.get(certifyId);
      if (held?.nonce === nonce) held.blink.see(progress, capturedAtMs);
    },
    blink: (certifyId) => expected.get(certifyId)?.blink.moment() ?? null,
    expects: (certifyId) => expected.has(certifyId),
    collect: (certifyId) => {
      const awaited = expected.get(certifyId);
      if (!awaited || awaited.clip !== undefined) return Promise.resolve(awaited?.clip ?? null);
      return new Promise((resolve) => {
        const answered = (): void => {
          cancel();
          awaited.onAnswer = () => undefined;
          resolve(expected.get(certifyId)?.clip ?? null);
        };
        const cancel = startTimer(answered, CLIP_WAIT_MS);
        awaited.onAnswer = answered;
      });
    },
    erase,
  };
}
