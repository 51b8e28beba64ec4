import type { Clock } from '../../shared/clock.ts';
import type { DeliveryProblem } from '../../shared/protocol/delivery.ts';
import type { SignedStaffDecision, StaffDecisionReceipt } from '../../shared/protocol/kv1-staff-decisions.ts';
import type { Failure } from '../../shared/reasons.ts';
import { backoffMs } from './backoff.ts';
import type { DeliveryGate } from './delivery-gate.ts';
import type { DecisionQueue, DecisionReceiver, StartTimer } from './ports.ts';

/** With nothing to tell, or nobody to tell it to, it is looked again so often at least. */
const LOOK_EVERY_MS = 600_000;
/** What the verifier can't take is tried again so seldom: somebody has to act there. */
const REFUSED_AGAIN_MS = 3_600_000;
/** Decisions that are looked at together; each goes out alone. */
const PAGE = 50;

export interface StaffDecisionSenderParts {
  readonly queue: Omit<DecisionQueue, 'load'>;
  /** The enrolled verifier; null while there is none. */
  readonly receiver: () => DecisionReceiver | null;
  readonly gate: Pick<DeliveryGate, 'mayStartBatch' | 'askedUntilMs' | 'reached' | 'failed'>;
  readonly clock: Clock;
  readonly startTimer: StartTimer;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Called after every one that was told or failed. */
  readonly onChange?: () => void;
  readonly log?: (event: string, failure: Failure) => void;
}

export interface StaffDecisionSender {
  /** Something may wait: sends it, unless the verifier is being left alone. */
  wake(): void;
  /** Forgets the waiting time and sends. */
  wakeNow(): void;
  /** Sends now whatever the waiting time, stopped ones included; settles when nothing is under way. */
  kick(): Promise<void>;
  stop(): Promise<void>;
}

/** Tells the verifier what the staff decided, one after the other, each until the verifier has signed that it keeps it. */
export function createStaffDecisionSender(parts: StaffDecisionSenderParts): StaffDecisionSender {
  const sender = new Sender(parts);
  return {
    wake: () => sender.wake(),
    wakeNow: () => sender.wakeNow(),
    kick: () => sender.kick(),
    stop: () => sender.stop(),
  };
}

/** What one try came to: carry on with the next one, or leave all of them alone for a time. */
type Step = { readonly kind: 'told' | 'left' } | { readonly kind: 'wait'; readonly delayMs: number };

class Sender {
  readonly #parts: StaffDecisionSenderParts;
  #underWay: Promise<void> | null = null;
  #again = false;
  #failures = 0;
  #quietUntilMs = Number.NEGATIVE_INFINITY;
  #cancelTimer: (() => void) | null = null;
  #stopped = false;

  constructor(parts: StaffDecisionSenderParts) {
    this.#parts = parts;
  }

  wake(): void {
    if (this.#stopped || this.#parts.clock.monotonicMs() < this.#quietUntilMs) return;
    this.#again = true;
    this.#underWay ??= this.#run().finally(() => {
      this.#underWay = null;
      if (this.#again) this.wake();
    });
  }

  wakeNow(): void {
    this.#quietUntilMs = Number.NEGATIVE_INFINITY;
    this.wake();
  }

  async kick(): Promise<void> {
    const resumed = this.#parts.queue.resume();
    if (!resumed.ok) this.#parts.log?.('decisions of the staff', resumed.error);
    this.wakeNow();
    while (this.#underWay !== null) await this.#underWay;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    await this.#underWay;
  }

  async #run(): Promise<void> {
    let delayMs = LOOK_EVERY_MS;
    while (this.#again && !this.#stopped) {
      this.#again = false;
      delayMs = await this.#sendAll();
    }
    this.#cancelTimer?.();
    if (!this.#stopped) this.#cancelTimer = this.#parts.startTimer(() => this.wakeNow(), delayMs);
  }

  /** Until nothing more can be told; gives how long to wait. */
  async #sendAll(): Promise<number> {
    const left = new Set<string>();
    for (;;) {
      const page = this.#parts.queue.due(PAGE);
      if (!page.ok) return this.#backOff(page.error, null);
      const next = page.value.filter(({ body }) => !left.has(body.certifyId));
      if (next.length === 0) return left.size === 0 ? LOOK_EVERY_MS : REFUSED_AGAIN_MS;
      for (const [index, decision] of next.entries()) {
        const step = await this.#send(decision, next.slice(index));
        if (step.kind === 'wait') return step.delayMs;
        if (step.kind === 'left') left.add(decision.body.certifyId);
      }
    }
  }

  /** @param next it, and what would follow: all of them wait for the same where the verifier takes none */
  async #send(decision: SignedStaffDecision, next: readonly SignedStaffDecision[]): Promise<Step> {
    const { receiver, gate, clock } = this.#parts;
    const asked = receiver();
    if (asked === null || this.#stopped) return { kind: 'wait', delayMs: LOOK_EVERY_MS };
    // Whatever else holds it up wakes this when it ends; a time that the verifier asked for doesn't.
    if (!gate.mayStartBatch()) {
      const askedMs = gate.askedUntilMs - clock.monotonicMs();
      return { kind: 'wait', delayMs: askedMs > 0 ? askedMs : LOOK_EVERY_MS };
    }
    const answer = await asked.decide(decision);
    const step = answer.ok ? this.#told(answer.value) : this.#failed(decision, next, answer.error);
    this.#parts.onChange?.();
    return step;
  }

  #told(receipt: StaffDecisionReceipt): Step {
    this.#parts.gate.reached();
    this.#failures = 0;
    const kept = this.#parts.queue.confirm(receipt);
    return kept.ok ? { kind: 'told' } : { kind: 'wait', delayMs: this.#backOff(kept.error, null) };
  }

  /** It waits, except where the verifier has understood and refused it. */
  #failed({ body }: SignedStaffDecision, next: readonly SignedStaffDecision[], problem: DeliveryProblem): Step {
    const { gate, queue } = this.#parts;
    const { scope, failure, retryAfterMs } = problem;
    gate.failed(problem);
    if (scope === 'items') {
      const missing = failure.code === 'verifier.record-missing';
      const kept = missing ? queue.postpone(body, failure) : queue.stop(body, failure);
      return kept.ok ? { kind: 'left' } : { kind: 'wait', delayMs: this.#backOff(kept.error, null) };
    }
    for (const waiting of next) queue.postpone(waiting.body, failure);
    return { kind: 'wait', delayMs: this.#backOff(failure, scope === 'device' ? REFUSED_AGAIN_MS : retryAfterMs) };
  }

  #backOff(failure: Failure, waitMs: number | null): number {
    this.#failures += 1;
    this.#parts.log?.('decisions of the staff', failure);
    const delayMs = Math.max(backoffMs(this.#failures, this.#parts.random()), waitMs ?? 0);
    this.#quietUntilMs = this.#parts.clock.monotonicMs() + delayMs;
    return delayMs;
  }
}
