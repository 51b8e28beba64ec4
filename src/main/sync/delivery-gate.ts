import type { Clock } from '../../shared/clock.ts';
import type { DeliveryProblem } from '../../shared/protocol/delivery.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import { breakerAfter, CLOSED_BREAKER, probeDueInMs, type Breaker, type BreakerEvent } from './breaker.ts';
import { isTransportProblem } from './check-results.ts';
import { mayStartBatch } from './lane-schedule.ts';
import type { Delivery, StartTimer } from './ports.ts';

export interface DeliveryGateParts {
  readonly delivery: () => Delivery | null;
  readonly paused: () => Result<boolean, Failure>;
  readonly clock: Clock;
  readonly startTimer: StartTimer;
  /** Called when the breaker has changed its state. */
  readonly onChange?: () => void;
}

type OpenListener = (recovered: boolean) => void;

/** What both lanes have in common: the breaker, the pause, what the verifier asked for, who is waited for. */
export interface DeliveryGate {
  readonly breaker: Breaker;
  /** Live questions under way. */
  readonly live: number;
  /** Nothing at all before then, on the monotonic clock. */
  readonly askedUntilMs: number;
  isPaused(): boolean;
  mayStartBatch(): boolean;
  /** The verifier has answered. */
  reached(): void;
  failed(problem: DeliveryProblem): void;
  liveStarted(): void;
  liveEnded(): void;
  /** Asks now whether the verifier is there where the breaker says not to; settles when that is known. */
  retryNow(): Promise<void>;
  /** Called whenever more may be sent than before; `recovered`: the verifier was away and is back. */
  onOpen(listener: OpenListener): void;
  open(recovered: boolean): void;
  stop(): void;
}

/**
 * In memory: it begins as if the verifier were there. While the breaker says that it isn't, probes go out by
 * themselves, until `stop`.
 */
export function createDeliveryGate(parts: DeliveryGateParts): DeliveryGate {
  return new Gate(parts);
}

class Gate implements DeliveryGate {
  readonly #parts: DeliveryGateParts;
  readonly #listeners: OpenListener[] = [];
  #breaker: Breaker = CLOSED_BREAKER;
  #probing: Promise<void> | null = null;
  #cancelTimer: (() => void) | null = null;
  #stopped = false;
  live = 0;
  askedUntilMs = Number.NEGATIVE_INFINITY;

  constructor(parts: DeliveryGateParts) {
    this.#parts = parts;
  }

  get breaker(): Breaker {
    return this.#breaker;
  }

  /** Where that can't be read nothing is sent: it may be somebody's wish. */
  isPaused(): boolean {
    const paused = this.#parts.paused();
    return !paused.ok || paused.value;
  }

  mayStartBatch(): boolean {
    const { live, askedUntilMs } = this;
    const nowMs = this.#parts.clock.monotonicMs();
    return mayStartBatch({ paused: this.isPaused(), breaker: this.#breaker.state, live, nowMs, askedUntilMs });
  }

  reached(): void {
    this.#apply('success');
  }

  failed(problem: DeliveryProblem): void {
    if (isTransportProblem(problem)) return this.#apply('failure');
    // Whatever it refused, it is there.
    if (problem.failure.code.startsWith('verifier.')) this.reached();
    if (problem.scope !== 'transient' || problem.retryAfterMs === null) return;
    this.askedUntilMs = Math.max(this.askedUntilMs, this.#parts.clock.monotonicMs() + problem.retryAfterMs);
  }

  liveStarted(): void {
    this.live += 1;
  }

  liveEnded(): void {
    this.live -= 1;
    if (this.live === 0) this.open(false);
  }

  onOpen(listener: OpenListener): void {
    this.#listeners.push(listener);
  }

  open(recovered: boolean): void {
    if (!this.#stopped) for (const listener of this.#listeners) listener(recovered);
  }

  async retryNow(): Promise<void> {
    this.askedUntilMs = Number.NEGATIVE_INFINITY;
    this.#apply('retry-now');
    if (this.#breaker.state === 'half-open') await this.#probe();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #apply(event: BreakerEvent): void {
    const before = this.#breaker;
    this.#breaker = breakerAfter(before, event, this.#parts.clock.monotonicMs());
    if (this.#breaker.state === before.state) return;
    this.#scheduleProbe();
    this.#parts.onChange?.();
    if (this.#breaker.state === 'closed') this.open(true);
  }

  #scheduleProbe(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    const dueInMs = probeDueInMs(this.#breaker, this.#parts.clock.monotonicMs());
    if (dueInMs === null || this.#stopped) return;
    this.#cancelTimer = this.#parts.startTimer(() => {
      this.#apply('probe');
      void this.#probe();
    }, dueInMs);
  }

  #probe(): Promise<void> {
    this.#probing ??= this.#probeOnce().finally(() => (this.#probing = null));
    return this.#probing;
  }

  async #probeOnce(): Promise<void> {
    const probed = (await this.#parts.delivery()?.probe()) ?? ok(null);
    if (probed.ok) this.reached();
    else this.failed(probed.error);
  }
}
