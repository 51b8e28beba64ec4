import type { Clock } from '../../shared/clock.ts';
import type { DeliveryProblem } from '../../shared/protocol/delivery.ts';
import type { DeletionReceipt } from '../../shared/protocol/kv1-sessions.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import { backoffMs } from './backoff.ts';
import type { StartTimer } from './ports.ts';

/** Without a verifier, or with nothing to tell it, it is looked again so often at least. */
const LOOK_EVERY_MS = 600_000;
/** A verifier that refuses is asked again so seldom: somebody has to act there. */
const REFUSED_AGAIN_MS = 3_600_000;

export interface ErasureQueue {
  nextQueued(): Result<{ readonly deletionId: string; readonly subjectKey: string } | null, Failure>;
  noteVerifier(deletionId: string, receipt: DeletionReceipt | null, done: boolean): Result<null, Failure>;
}

/** The enrolled verifier; null when it has nothing of the person. */
export interface ErasingVerifier {
  eraseSubject(subjectKey: string): Promise<Result<DeletionReceipt | null, DeliveryProblem>>;
}

export interface ErasureSenderParts {
  readonly queue: ErasureQueue;
  /** Null while this device isn't enrolled. */
  readonly verifier: () => ErasingVerifier | null;
  /** Settles when no question that was under way when it was asked is any more: it could bring back what is erased. */
  readonly settled: () => Promise<unknown>;
  readonly clock: Clock;
  readonly startTimer: StartTimer;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** The verifier has done its part of an erasure. */
  readonly onErased?: (deletionId: string) => void;
  readonly log?: (event: string, failure: Failure) => void;
}

export interface ErasureSender {
  /** Something may wait: tells the verifier at once, whatever it has refused before. */
  wake(): void;
  /** Settles when nothing is under way. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** Tells the verifier of erasures until it has confirmed each with a receipt, over restarts. */
export function createErasureSender(parts: ErasureSenderParts): ErasureSender {
  return new Sender(parts);
}

class Sender implements ErasureSender {
  readonly #parts: ErasureSenderParts;
  #underWay: Promise<void> | null = null;
  #again = false;
  #failures = 0;
  #cancelTimer: (() => void) | null = null;
  #stopped = false;

  constructor(parts: ErasureSenderParts) {
    this.#parts = parts;
  }

  wake(): void {
    if (this.#stopped) return;
    if (this.#underWay !== null) {
      this.#again = true;
      return;
    }
    this.#cancelTimer?.();
    this.#underWay = this.#work().then((delayMs) => {
      this.#underWay = null;
      if (this.#stopped) return;
      if (this.#again) {
        this.#again = false;
        return this.wake();
      }
      this.#cancelTimer = this.#parts.startTimer(() => this.wake(), delayMs);
    });
  }

  async idle(): Promise<void> {
    while (this.#underWay !== null) await this.#underWay;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer?.();
    await this.idle();
  }

  /** Until nothing waits or something is in the way; gives how long to wait. */
  async #work(): Promise<number> {
    const { queue, verifier, settled } = this.#parts;
    for (;;) {
      const next = queue.nextQueued();
      if (!next.ok) return this.#failed(next.error, null);
      const asked = verifier();
      if (next.value === null || asked === null || this.#stopped) return LOOK_EVERY_MS;
      await settled();
      const { deletionId, subjectKey } = next.value;
      const answer = await asked.eraseSubject(subjectKey);
      if (!answer.ok) {
        const { failure, scope, retryAfterMs } = answer.error;
        return this.#failed(failure, scope === 'transient' ? retryAfterMs : REFUSED_AGAIN_MS);
      }
      const unfinished = answer.value?.body.vendors.some(({ outcome }) => outcome === 'failed') ?? false;
      const noted = queue.noteVerifier(deletionId, answer.value, !unfinished);
      if (!noted.ok) return this.#failed(noted.error, null);
      if (unfinished) return this.#failed({ code: 'source.unavailable', detail: 'a vendor has not erased yet' }, null);
      this.#failures = 0;
      this.#parts.onErased?.(deletionId);
    }
  }

  #failed(failure: Failure, waitMs: number | null): number {
    this.#failures += 1;
    this.#parts.log?.('erasure at the verifier', failure);
    return Math.max(backoffMs(this.#failures, this.#parts.random()), waitMs ?? 0);
  }
}
