import type { Clock } from '../../shared/clock.ts';
import type { CheckOutcome } from '../../shared/domain/verification.ts';
import type { OutboxCaps, OutboxView, ResolveOutboxItem } from '../../shared/ipc/admin-outbox.ts';
import type { CheckDelivery } from '../../shared/protocol/check-delivery.ts';
import type { CheckChange } from '../../shared/protocol/check-queue.ts';
import type { AuditCheckpoint } from '../../shared/protocol/kv1.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import { createCheckLane, type CheckLane } from './check-lane.ts';
import { createDecisionWaiters, type DecisionWaiters } from './decision-waiters.ts';
import { createDeliveryGate, type DeliveryGate } from './delivery-gate.ts';
import { expireMaterials } from './material-expiry.ts';
import { isNearlyFull, refusalOf, type Backlog } from './offline-caps.ts';
import { createOutboxSender, type OutboxSender, type SyncStatus } from './outbox-sender.ts';
import { createStaffDecisionSender, type StaffDecisionSender } from './staff-decision-sender.ts';
import { backlogOf, viewOf, type InspectedLanes, type Receivers } from './outbox-view.ts';
import type {
  CheckQueue,
  DecisionQueue,
  DecisionReceiver,
  Delivery,
  InspectedOutbox,
  Materials,
  Outbox,
  OutboxMemory,
  StartTimer,
} from './ports.ts';

/** How often materials are looked through for those whose time is over. */
const EXPIRE_EVERY_MS = 3_600_000;

export interface OutboxServiceParts {
  readonly outbox: Outbox & InspectedOutbox;
  readonly checks: CheckQueue;
  readonly materials: Materials;
  readonly memory: OutboxMemory;
  /** The enrolled verifier; null while the device isn't enrolled. */
  readonly delivery: () => Delivery | null;
  /** Who answers questions; null while nobody does. */
  readonly checkDelivery: () => CheckDelivery | null;
  /** What the staff decided, and who takes it; absent: it stays here. */
  readonly decisions?: { readonly queue: DecisionQueue; readonly receiver: () => DecisionReceiver | null };
  readonly latestCheckpoint: () => Result<AuditCheckpoint | null, Failure>;
  readonly caps: () => OutboxCaps;
  readonly clock: Clock;
  /** The local calendar day of a time, `YYYY-MM-DD`. */
  readonly dayOf: (wallMs: number) => string;
  readonly startTimer: StartTimer;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Whether a certification is in progress; absent: never. */
  readonly attended?: () => boolean;
  /** Called after every exchange and change, for the windows. */
  readonly onChange?: () => void;
  /** Called when the answer to a question is on the disk. */
  readonly onDecided?: (certifyId: string, outcome: CheckOutcome) => void;
  readonly log?: (event: string, failure: Failure) => void;
}

/** Everything that leaves this device for the verifier: records, and questions with their materials. */
export interface OutboxService {
  /** Tells that a record was committed. */
  recordQueued(): void;
  /** Tells that the staff has decided about a record. */
  decisionQueued(): void;
  /**
   * Asks right after a record was committed with a question, and waits for the answer for at most `waitMs`. Null, or
   * an outcome that is an error: the question stays queued or needs a clerk, and the result is provisional.
   */
  ask(certifyId: string, waitMs: number): Promise<CheckOutcome | null>;
  /** Sends and asks now whatever the waiting times; settles when nothing more can be sent. */
  sendNow(): Promise<void>;
  /** Keeps everything here until it is resumed, over restarts too; what is under way ends. */
  setPaused(paused: boolean, clerk: string): Result<null, Failure>;
  /** What a clerk decides about one item that needs somebody. @returns `request.invalid` where it needs nobody */
  resolve(item: ResolveOutboxItem, clerk: string): Promise<Result<null, Failure>>;
  /** Why no new certification may begin; null while there is room. What can't be counted is a reason too. */
  refusal(): Failure | null;
  /** Whether staff should be told that a cap is near. */
  isNearlyFull(): boolean;
  view(): Result<OutboxView, Failure>;
  status(): Result<SyncStatus, Failure>;
  /** Whether the last exchange succeeded and was at most `withinMs` ago. */
  onlineWithin(withinMs: number): boolean;
  /** Whether a question that is asked now goes out at once: somebody answers, nothing is paused, nobody was missing. */
  mayAnswerNow(): boolean;
  /** Settles when the questions that are under way now have ended. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts all lanes. Whoever was waited for before a restart isn't any more. */
export function createOutboxService(parts: OutboxServiceParts): OutboxService {
  return new Service(parts);
}

class Service implements OutboxService {
  readonly #parts: OutboxServiceParts;
  readonly #gate: DeliveryGate;
  readonly #records: OutboxSender;
  readonly #questions: CheckLane;
  readonly #decisions: StaffDecisionSender | null;
  readonly #waiters: DecisionWaiters;
  #cancelExpiry: (() => void) | null = null;

  constructor(parts: OutboxServiceParts) {
    const { outbox, checks, materials, memory, delivery, latestCheckpoint, clock, dayOf, startTimer, random } = parts;
    const onChange = (): void => parts.onChange?.();
    this.#parts = parts;
    this.#report('outbox', checks.stopWaiting(null));
    this.#waiters = createDecisionWaiters(startTimer, (certifyId) => {
      this.#report('outbox', checks.stopWaiting(certifyId));
    });
    this.#gate = createDeliveryGate({ delivery, paused: () => memory.paused(), clock, startTimer, onChange });
    const gate = this.#gate;
    this.#decisions = decisionSender(parts, gate);
    this.#records = createOutboxSender({
      ...{ outbox, delivery, latestCheckpoint, clock, startTimer, random, gate },
      onChange: () => {
        // A decision follows as soon as the record that it is about has arrived.
        this.#decisions?.wake();
        onChange();
      },
      attended: () => parts.attended?.() ?? false,
    });
    this.#questions = createCheckLane({
      ...{ queue: checks, materials, delivery: parts.checkDelivery, gate, clock, dayOf, startTimer, random },
      onChange: (certifyId, change) => this.#changed(certifyId, change),
    });
    gate.onOpen((recovered) => {
      if (recovered) this.#records.wakeNow();
      else this.#records.recordQueued();
      if (recovered) this.#questions.wakeNow();
      else this.#questions.wake();
      if (recovered) this.#decisions?.wakeNow();
      else this.#decisions?.wake();
    });
    this.#questions.wake();
    this.#decisions?.wake();
    this.#expireFromNowOn();
  }

  recordQueued(): void {
    this.#records.recordQueued();
  }

  decisionQueued(): void {
    this.#decisions?.wakeNow();
  }

  ask(certifyId: string, waitMs: number): Promise<CheckOutcome | null> {
    if (!this.mayAnswerNow()) {
      this.#report('outbox', this.#parts.checks.stopWaiting(certifyId));
      return Promise.resolve(null);
    }
    const answered = this.#waiters.wait(certifyId, waitMs);
    this.#questions.wake();
    return answered;
  }

  async sendNow(): Promise<void> {
    if (this.#gate.isPaused()) return;
    await this.#gate.retryNow();
    this.#questions.wakeNow();
    await Promise.all([this.#records.kick(), this.#questions.idle()]);
    await this.#decisions?.kick();
  }

  setPaused(paused: boolean, clerk: string): Result<null, Failure> {
    const kept = this.#parts.memory.setPaused(paused, clerk);
    if (kept.ok && !paused) this.#gate.open(true);
    if (kept.ok) this.#parts.onChange?.();
    return kept;
  }

  async resolve({ lane, certifyId, action }: ResolveOutboxItem, clerk: string): Promise<Result<null, Failure>> {
    const { outbox, checks, materials } = this.#parts;
    if (lane === 'records') {
      const resolved = action === 'retry' ? outbox.retry(certifyId, clerk) : outbox.giveUp(certifyId, clerk);
      if (resolved.ok) this.#records.wakeNow();
      return resolved;
    }
    const changed = checks.change(certifyId, { event: action, clerk });
    if (!changed.ok) return changed;
    this.#changed(certifyId, { event: action, clerk });
    if (action === 'retry') this.#questions.wakeNow();
    const gone = action === 'give-up' ? await materials.destroy(certifyId, 'erased') : ok(false);
    return gone.ok ? ok(null) : gone;
  }

  refusal(): Failure | null {
    const backlog = this.#backlog();
    return backlog.ok ? refusalOf(this.#parts.caps(), backlog.value) : backlog.error;
  }

  isNearlyFull(): boolean {
    const backlog = this.#backlog();
    return backlog.ok && isNearlyFull(this.#parts.caps(), backlog.value);
  }

  view(): Result<OutboxView, Failure> {
    const { caps, clock, memory } = this.#parts;
    const status = this.#records.status();
    if (!status.ok) return status;
    const offset = memory.clockOffsetMs();
    const tries = [this.#records.nextTryAtMs(), this.#questions.nextTryAtMs].filter((atMs) => atMs !== null);
    return viewOf(this.#lanes(), {
      ...this.#receivers(),
      paused: this.#gate.isPaused(),
      caps: caps(),
      breaker: this.#gate.breaker,
      clockOffsetMs: offset.ok ? offset.value : null,
      nextTryAtMs: tries.length === 0 ? null : Math.min(...tries),
      lastSyncAtMs: status.value.lastSyncAtMs,
      lastFailure: status.value.lastFailure ?? this.#questions.lastFailure,
      wallMs: clock.wallMs(),
      monotonicMs: clock.monotonicMs(),
    });
  }

  status(): Result<SyncStatus, Failure> {
    return this.#records.status();
  }

  onlineWithin(withinMs: number): boolean {
    return this.#records.onlineWithin(withinMs);
  }

  settled(): Promise<void> {
    return this.#questions.settled();
  }

  async stop(): Promise<void> {
    this.#gate.stop();
    this.#cancelExpiry?.();
    this.#waiters.stop();
    await Promise.all([this.#records.stop(), this.#questions.stop(), this.#decisions?.stop()]);
  }

  #backlog(): Result<Backlog, Failure> {
    return backlogOf(this.#lanes(), this.#receivers(), this.#parts.clock.wallMs());
  }

  #receivers(): Receivers {
    const { delivery, checkDelivery } = this.#parts;
    return { takesRecords: delivery() !== null, answersQuestions: checkDelivery() !== null };
  }

  mayAnswerNow(): boolean {
    return !this.#gate.isPaused() && this.#gate.breaker.state === 'closed' && this.#parts.checkDelivery() !== null;
  }

  #lanes(): InspectedLanes {
    const { outbox, checks, decisions } = this.#parts;
    const taken = decisions !== undefined && decisions.receiver() !== null;
    return { records: outbox, checks, decisions: taken ? decisions.queue : null };
  }

  #changed(certifyId: string, change: CheckChange): void {
    if (change.event === 'decide') this.#parts.onDecided?.(certifyId, change.outcome);
    this.#waiters.noteChange(certifyId, change);
    this.#parts.onChange?.();
  }

  #expireFromNowOn(): void {
    const { checks, materials, clock, startTimer } = this.#parts;
    this.#cancelExpiry = startTimer(() => this.#expireFromNowOn(), EXPIRE_EVERY_MS);
    void expireMaterials(checks, materials, clock.wallMs()).then((expired) => this.#report('materials', expired));
  }

  #report(event: string, result: Result<unknown, Failure>): void {
    if (!result.ok) this.#parts.log?.(event, result.error);
  }
}

function decisionSender(parts: OutboxServiceParts, gate: DeliveryGate): StaffDecisionSender | null {
  const { decisions, clock, startTimer, random, onChange, log } = parts;
  if (decisions === undefined) return null;
  return createStaffDecisionSender({
    ...{ ...decisions, gate, clock, startTimer, random },
    ...(onChange === undefined ? {} : { onChange }),
    ...(log === undefined ? {} : { log }),
  });
}
