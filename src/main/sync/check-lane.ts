import type { Clock } from '../../shared/clock.ts';
import type { CheckDelivery, CheckProgress } from '../../shared/protocol/check-delivery.ts';
import type { CheckChange, KeptCheck } from '../../shared/protocol/check-queue.ts';
import type { DeliveryProblem } from '../../shared/protocol/delivery.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { backoffMs } from './backoff.ts';
import { changeOfTry } from './check-results.ts';
import type { DeliveryGate } from './delivery-gate.ts';
import { mayStartBacklog, mayStartLive, type SendingState } from './lane-schedule.ts';
import type { CheckQueue, Materials, StartTimer } from './ports.ts';

/** An idle lane looks again at least so often: a new local day lets questions go out that were refused before. */
export const LOOK_EVERY_MS = 600_000;
/** How long a delivery under way may take when the lane is stopped, before it is told to give up. */
const STOP_WITHIN_MS = 5_000;

export interface CheckLaneParts {
  readonly queue: CheckQueue;
  readonly materials: Materials;
  /** Who answers; null while nobody does. Asked before every try. */
  readonly delivery: () => CheckDelivery | null;
  readonly gate: DeliveryGate;
  readonly clock: Clock;
  /** The local calendar day of a time, `YYYY-MM-DD`. */
  readonly dayOf: (wallMs: number) => string;
  readonly startTimer: StartTimer;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Called after every change that is on the disk. */
  readonly onChange: (certifyId: string, change: CheckChange) => void;
}

export interface CheckLane {
  /** Starts what may be started now. */
  wake(): void;
  /** Forgets all waiting times, then `wake`. */
  wakeNow(): void;
  /** Settles when nothing is under way. */
  idle(): Promise<void>;
  /** Settles when what is under way now has ended, whatever has begun since. */
  settled(): Promise<void>;
  readonly nextTryAtMs: number | null;
  readonly lastFailure: Failure | null;
  stop(): Promise<void>;
}

/**
 * Nothing begins before the first `wake`; then the lane wakes itself, at least every `LOOK_EVERY_MS`. `stop` leaves
 * five seconds to what is under way.
 */
export function createCheckLane(parts: CheckLaneParts): CheckLane {
  return new Lane(parts);
}

class Lane implements CheckLane {
  readonly #parts: CheckLaneParts;
  readonly #underWay = new Map<string, Promise<void>>();
  /** Ids that are left alone until a time on the monotonic clock. */
  readonly #waits = new Map<string, number>();
  readonly #abort = new AbortController();
  #backlog = 0;
  #failures = 0;
  #quietUntilMs = Number.NEGATIVE_INFINITY;
  #cancelTimer: (() => void) | null = null;
  #stopped = false;
  nextTryAtMs: number | null = null;
  lastFailure: Failure | null = null;

  constructor(parts: CheckLaneParts) {
    this.#parts = parts;
  }

  wake(): void {
    if (this.#stopped) return;
    for (const priority of ['live', 'backlog'] as const) while (this.#startNext(priority));
    this.#schedule();
  }

  wakeNow(): void {
    this.#waits.clear();
    this.#quietUntilMs = Number.NEGATIVE_INFINITY;
    this.wake();
  }

  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay.values());
  }

  async settled(): Promise<void> {
    await Promise.all([...this.#underWay.values()]);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer?.();
    const cancel = this.#parts.startTimer(() => this.#abort.abort(), STOP_WITHIN_MS);
    await this.idle();
    cancel();
  }

  #sendingState(): SendingState {
    const { gate, clock, delivery } = this.#parts;
    return {
      paused: gate.isPaused(),
      breaker: gate.breaker.state,
      enrolled: delivery() !== null,
      live: gate.live,
      backlog: this.#backlog,
      nowMs: clock.monotonicMs(),
      quietUntilMs: this.#quietUntilMs,
      askedUntilMs: gate.askedUntilMs,
    };
  }

  #startNext(priority: 'live' | 'backlog'): boolean {
    const state = this.#sendingState();
    if (!(priority === 'live' ? mayStartLive(state) : mayStartBacklog(state))) return false;
    const waiting = [...this.#waits].flatMap(([id, untilMs]) => (untilMs > state.nowMs ? [id] : []));
    const except = [...this.#underWay.keys(), ...waiting];
    const next = this.#parts.queue.next({ priority, today: this.#today(), except });
    if (!next.ok) this.#slowDown(null, next.error, null);
    if (!next.ok || next.value === null) return false;
    this.#start(next.value, priority);
    return true;
  }

  #start(check: KeptCheck, priority: 'live' | 'backlog'): void {
    const { certifyId } = check;
    const count = (by: number): void => {
      if (priority === 'backlog') this.#backlog += by;
      else if (by > 0) this.#parts.gate.liveStarted();
      else this.#parts.gate.liveEnded();
    };
    count(1);
    this.#waits.delete(certifyId);
    const run = this.#carryOn(check).finally(() => {
      this.#underWay.delete(certifyId);
      count(-1);
      this.wake();
    });
    this.#underWay.set(certifyId, run);
  }

  async #carryOn(check: KeptCheck): Promise<void> {
    const delivery = this.#parts.delivery();
    if (delivery === null) return;
    if (check.state === 'acked') return this.#erase(check.certifyId);
    if (check.state === 'decided') return this.#acknowledge(check, delivery);
    const tried = await this.#ask(check.certifyId, delivery);
    const { change, waitMs, laneFailed } = tried.ok ? changeOfTry(tried.value, this.#today()) : tried.error;
    if (waitMs !== null) this.#waits.set(check.certifyId, this.#parts.clock.monotonicMs() + waitMs);
    if (laneFailed && 'failure' in change) this.#slowDown(check.certifyId, change.failure, waitMs);
    else this.#succeeded();
    this.#change(check.certifyId, change);
  }

  #succeeded(): void {
    this.#failures = 0;
    this.lastFailure = null;
  }

  /** One try. An error is what becomes of a question that could not even be put. */
  async #ask(
    certifyId: string,
    delivery: CheckDelivery,
  ): Promise<Result<Result<CheckProgress, DeliveryProblem>, ReturnType<typeof changeOfTry>>> {
    const asked = this.#parts.queue.question(certifyId);
    if (!asked.ok) return err(unaskable(asked.error));
    const materials = await this.#parts.materials.read(certifyId);
    if (!materials.ok) return err(unaskable(materials.error));
    if (materials.value === null) return err(unaskable(failure('material.missing')));
    const { queued } = asked.value;
    const item = { ...asked.value, materials: materials.value, lastOutcome: queued.outcome };
    const progressed = (progress: CheckProgress): void => this.#note(certifyId, progress);
    try {
      const tried = await delivery.deliver(item, progressed, this.#abort.signal);
      if (tried.ok) this.#parts.gate.reached();
      else this.#parts.gate.failed(tried.error);
      return ok(tried);
    } catch {
      // Nobody knows how far it got, so nothing but a person asks it again.
      return err(unaskable(failure('internal.bug', 'the delivery of a check threw')));
    }
  }

  /** Keeps what has to survive a crash in the middle of a try. */
  #note(certifyId: string, progress: CheckProgress): void {
    const { queue } = this.#parts;
    if (progress.state === 'submitted') {
      this.#change(certifyId, { event: 'submit', reference: progress.reference });
    } else if (progress.state === 'uploading') {
      const found = queue.find(certifyId);
      if (found.ok && found.value?.state === 'sealed') this.#change(certifyId, { event: 'upload' });
    }
  }

  async #acknowledge(check: KeptCheck, delivery: CheckDelivery): Promise<void> {
    const { gate } = this.#parts;
    const told = await delivery.acknowledge(check);
    if (told.ok) gate.reached();
    else gate.failed(told.error);
    if (!told.ok && told.error.scope !== 'items') {
      this.#slowDown(check.certifyId, told.error.failure, told.error.retryAfterMs);
      const { failure: reason } = told.error;
      return this.#change(check.certifyId, { event: 'defer', failure: reason, outcome: null, refusedDay: null });
    }
    // A verifier that knows nothing of it any more has nothing left to be told.
    this.#change(check.certifyId, { event: 'acknowledge' });
    await this.#erase(check.certifyId);
  }

  async #erase(certifyId: string): Promise<void> {
    const destroyed = await this.#parts.materials.destroy(certifyId, 'acknowledged');
    if (destroyed.ok) return this.#change(certifyId, { event: 'erase' });
    this.#slowDown(certifyId, destroyed.error, null);
  }

  #change(certifyId: string, change: CheckChange): void {
    const changed = this.#parts.queue.change(certifyId, change);
    if (changed.ok) this.#parts.onChange(certifyId, change);
    // What could not be kept has not happened: the same try follows, and the verifier knows it.
    else this.#slowDown(certifyId, changed.error, null);
  }

  /** The backlog waits, and with it the question that failed, whatever its priority. */
  #slowDown(certifyId: string | null, reason: Failure, waitMs: number | null): void {
    this.lastFailure = reason;
    this.#failures += 1;
    const delayMs = Math.max(backoffMs(this.#failures, this.#parts.random()), waitMs ?? 0);
    this.#quietUntilMs = this.#parts.clock.monotonicMs() + delayMs;
    if (certifyId !== null) this.#waits.set(certifyId, this.#quietUntilMs);
  }

  #today(): string {
    return this.#parts.dayOf(this.#parts.clock.wallMs());
  }

  #schedule(): void {
    this.#cancelTimer?.();
    if (this.#stopped) return;
    const { clock, gate, startTimer } = this.#parts;
    const nowMs = clock.monotonicMs();
    for (const [id, untilMs] of this.#waits) if (untilMs <= nowMs) this.#waits.delete(id);
    const times = [this.#quietUntilMs, gate.askedUntilMs, ...this.#waits.values()].filter((atMs) => atMs > nowMs);
    const delayMs = Math.min(LOOK_EVERY_MS, ...times.map((atMs) => atMs - nowMs));
    this.nextTryAtMs = times.length === 0 ? null : clock.wallMs() + delayMs;
    this.#cancelTimer = startTimer(() => this.wake(), delayMs);
  }
}

/** A question that this device can't put as it is: a person has to look at it, except when the disk is in the way. */
function unaskable(reason: Failure): ReturnType<typeof changeOfTry> {
  const passes = reason.code === 'store.unavailable' || reason.code === 'store.full';
  const event: CheckChange = passes
    ? { event: 'defer', failure: reason, outcome: null, refusedDay: null }
    : { event: 'refuse', failure: reason, outcome: null };
  return { change: event, waitMs: null, laneFailed: passes };
}
