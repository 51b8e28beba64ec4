import type { Clock } from '../../shared/clock.ts';
import type { DeliveryProblem } from '../../shared/protocol/delivery.ts';
import { KV1_LIMITS, type AuditCheckpoint, type BatchResult, type Submission } from '../../shared/protocol/kv1.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import { BACKOFF_CAP_MS, backoffMs } from './backoff.ts';
import type { DeliveryGate } from './delivery-gate.ts';
import type { Delivery, Outbox, StartTimer } from './ports.ts';

/** How often an idle device asks whether the verifier is there. */
export const PROBE_EVERY_MS = 4 * 60_000;

/** Records in a batch while somebody is at the counter. */
const ATTENDED_BATCH_ITEMS = 10;

export interface OutboxSenderParts {
  readonly outbox: Outbox;
  /** The verifier to send to; null while the device isn't enrolled. Asked before every batch. */
  readonly delivery: () => Delivery | null;
  readonly latestCheckpoint: () => Result<AuditCheckpoint | null, Failure>;
  readonly clock: Clock;
  readonly startTimer: StartTimer;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** What this lane shares with the questions; without it nothing else holds it up. */
  readonly gate?: DeliveryGate;
  /** Whether somebody is at the counter: batches are small then, so that nothing waits long for one to end. */
  readonly attended?: () => boolean;
  /** Called after every exchange, for the administrator's window. */
  readonly onChange?: () => void;
}

export interface SyncStatus {
  /** Records that the verifier has not confirmed, stopped ones included. */
  readonly unsent: number;
  /** Records that the verifier refused for good. */
  readonly stopped: number;
  readonly oldestAtMs: number | null;
  /** Wall clock of the last exchange that succeeded. */
  readonly lastSyncAtMs: number | null;
  /** Null after a success. */
  readonly lastFailure: Failure | null;
}

export interface OutboxSender {
  /** Tells that a record was committed: sends it now, unless the verifier is being left alone. */
  recordQueued(): void;
  /** The verifier is there again, or may be asked again: forgets the waiting time and sends. */
  wakeNow(): void;
  /** Sends now whatever the waiting time, stopped records included; settles when nothing more can be sent. */
  kick(): Promise<void>;
  /** Whether the last exchange succeeded and was at most `withinMs` ago. */
  onlineWithin(withinMs: number): boolean;
  status(): Result<SyncStatus, Failure>;
  /** Wall clock of the next try after a failure; null where nothing has to be waited for. */
  nextTryAtMs(): number | null;
  /** No exchange starts after this; settles when the one under way has ended. */
  stop(): Promise<void>;
}

/**
 * Delivers the outbox: one batch at a time, in the order of the receipts, with full-jitter backoff. A record leaves
 * the outbox only with the verifier's countersignature; one that is refused for good is kept and counted as stopped.
 */
export function createOutboxSender(parts: OutboxSenderParts): OutboxSender {
  const sender = new Sender(parts);
  sender.schedule(0);
  return {
    recordQueued: () => sender.wake(),
    wakeNow: () => sender.wakeNow(),
    kick: () => sender.kick(),
    nextTryAtMs: () => sender.nextTryAtMs(),
    onlineWithin: (withinMs) => sender.onlineWithin(withinMs),
    status: () => sender.status(),
    stop: () => sender.stop(),
  };
}

class Sender {
  readonly #parts: OutboxSenderParts;
  #running: Promise<void> | null = null;
  #again = false;
  #stopped = false;
  #cancelTimer: (() => void) | null = null;
  #failures = 0;
  /** No request before this, on the monotonic clock. */
  #quietUntilMs = Number.NEGATIVE_INFINITY;
  /** Records still to be sent alone, after a batch was refused as a whole. */
  #oneByOne = 0;
  #lastSync: { readonly wallMs: number; readonly monotonicMs: number } | null = null;
  #lastFailure: Failure | null = null;

  constructor(parts: OutboxSenderParts) {
    this.#parts = parts;
  }

  wake(): void {
    const waitMs = this.#quietUntilMs - this.#parts.clock.monotonicMs();
    if (waitMs > 0) return;
    void this.#start();
  }

  wakeNow(): void {
    this.#quietUntilMs = Number.NEGATIVE_INFINITY;
    void this.#start();
  }

  nextTryAtMs(): number | null {
    const { clock } = this.#parts;
    const waitMs = this.#quietUntilMs - clock.monotonicMs();
    return waitMs > 0 ? clock.wallMs() + waitMs : null;
  }

  async kick(): Promise<void> {
    this.#quietUntilMs = Number.NEGATIVE_INFINITY;
    const resumed = this.#parts.outbox.resume();
    if (!resumed.ok) this.#lastFailure = resumed.error;
    await this.#start();
  }

  schedule(delayMs: number): void {
    this.#cancelTimer?.();
    if (this.#stopped) return;
    this.#cancelTimer = this.#parts.startTimer(() => {
      this.#cancelTimer = null;
      void this.#start();
    }, delayMs);
  }

  onlineWithin(withinMs: number): boolean {
    if (this.#lastSync === null || this.#lastFailure !== null) return false;
    return this.#parts.clock.monotonicMs() - this.#lastSync.monotonicMs <= withinMs;
  }

  status(): Result<SyncStatus, Failure> {
    const state = this.#parts.outbox.state();
    if (!state.ok) return state;
    const { unsent, stopped, oldestAtMs, lastFailure } = state.value;
    return ok({
      unsent,
      stopped,
      oldestAtMs,
      lastSyncAtMs: this.#lastSync?.wallMs ?? null,
      lastFailure: this.#lastFailure ?? (stopped > 0 ? lastFailure : null),
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    await this.#running;
  }

  /** One pass at a time; being asked during a pass adds another one at its end. */
  #start(): Promise<void> {
    if (this.#stopped) return this.#running ?? Promise.resolve();
    this.#again = true;
    this.#running ??= this.#runPasses().finally(() => (this.#running = null));
    return this.#running;
  }

  async #runPasses(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      while (!this.#stopped && (await this.#sendOneBatch()));
    }
  }

  /** True when there may be more to send right away. */
  async #sendOneBatch(): Promise<boolean> {
    const { outbox, clock, gate } = this.#parts;
    if (clock.monotonicMs() < this.#quietUntilMs) return false;
    if (gate?.mayStartBatch() === false) return this.#holdOn(gate.askedUntilMs - clock.monotonicMs());
    const items = outbox.due(this.#batchItems());
    if (!items.ok) return this.#fail({ failure: items.error, scope: 'transient', retryAfterMs: null }, []);
    const delivery = this.#parts.delivery();
    if (delivery === null) {
      this.#lastFailure = failure('verifier.not-enrolled');
      return false;
    }
    if (items.value.length === 0) return this.#rest(delivery);
    const checkpoint = this.#parts.latestCheckpoint();
    const sent = await delivery.submit(items.value, checkpoint.ok ? checkpoint.value : null);
    const more = sent.ok ? this.#settle(sent.value) : this.#fail(sent.error, items.value);
    this.#parts.onChange?.();
    return more;
  }

  /** Whatever else holds it up wakes this lane when it ends; a time that the verifier asked for doesn't. */
  #holdOn(askedMs: number): false {
    if (askedMs > 0) this.schedule(askedMs);
    return false;
  }

  #batchItems(): number {
    if (this.#oneByOne > 0) return 1;
    return this.#parts.attended?.() === true ? ATTENDED_BATCH_ITEMS : KV1_LIMITS.batchItems;
  }

  /** Nothing to send: asks now and then whether the verifier is there, for scenes that may not decide offline. */
  async #rest(delivery: Delivery): Promise<boolean> {
    if (!this.onlineWithin(PROBE_EVERY_MS / 2)) {
      const probed = await delivery.probe();
      if (!probed.ok) return this.#fail(probed.error, []);
      this.#noteSuccess();
      this.#parts.onChange?.();
    }
    this.schedule(PROBE_EVERY_MS);
    return false;
  }

  #noteSuccess(): void {
    const { clock, gate } = this.#parts;
    gate?.reached();
    this.#failures = 0;
    this.#lastFailure = null;
    this.#lastSync = { wallMs: clock.wallMs(), monotonicMs: clock.monotonicMs() };
  }

  #settle(results: readonly BatchResult[]): boolean {
    const { outbox } = this.#parts;
    const accepted = results.flatMap((result) => (result.outcome === 'rejected' ? [] : [result.countersignature]));
    const confirmed = outbox.confirm(accepted);
    if (!confirmed.ok) return this.#fail({ failure: confirmed.error, scope: 'transient', retryAfterMs: null }, []);
    for (const result of results) {
      if (result.outcome !== 'rejected') continue;
      const stopped = outbox.stop(result.certifyId, failure('verifier.refused', result.problem.code));
      if (!stopped.ok) return this.#fail({ failure: stopped.error, scope: 'transient', retryAfterMs: null }, []);
    }
    this.#noteSuccess();
    this.#oneByOne = Math.max(0, this.#oneByOne - 1);
    return true;
  }

  #fail(problem: DeliveryProblem, items: readonly Submission[]): boolean {
    this.#lastFailure = problem.failure;
    this.#parts.gate?.failed(problem);
    if (problem.scope === 'items') return this.#isolate(problem.failure, items);
    this.#failures += 1;
    const delayMs = this.#delayAfter(problem);
    this.#quietUntilMs = this.#parts.clock.monotonicMs() + delayMs;
    const ids = items.map((item) => item.certifyId);
    const postponed = this.#parts.outbox.postpone(ids, problem.failure);
    if (!postponed.ok) this.#lastFailure = postponed.error;
    this.schedule(delayMs);
    return false;
  }

  #delayAfter(problem: DeliveryProblem): number {
    if (problem.scope === 'device') return Math.max(BACKOFF_CAP_MS, problem.retryAfterMs ?? 0);
    return Math.max(backoffMs(this.#failures, this.#parts.random()), problem.retryAfterMs ?? 0);
  }

  /** A refused batch is sent again one by one, so that a single bad record doesn't hold up the others. */
  #isolate(reason: Failure, items: readonly Submission[]): boolean {
    const [only, ...others] = items;
    if (only === undefined) return false;
    if (others.length > 0) {
      this.#oneByOne = items.length;
      return true;
    }
    this.#oneByOne = Math.max(0, this.#oneByOne - 1);
    const stopped = this.#parts.outbox.stop(only.certifyId, reason);
    return stopped.ok || this.#fail({ failure: stopped.error, scope: 'transient', retryAfterMs: null }, []);
  }
}
