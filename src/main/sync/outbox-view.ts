import type {
  OutboxCaps,
  OutboxItemView,
  OutboxLane,
  OutboxLaneView,
  OutboxView,
} from '../../shared/ipc/admin-outbox.ts';
import type { KeptCheck, LaneLoad } from '../../shared/protocol/check-queue.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Breaker } from './breaker.ts';
import { refusalOf, type Backlog } from './offline-caps.ts';
import type { CheckQueue, DecisionQueue, InspectedOutbox, QueuedRecord } from './ports.ts';

/** Most rows that the window is given. */
const MAX_VIEW_ITEMS = 50;

/** Who takes what of this device. */
export interface Receivers {
  /** Records leave for a verifier of our own; without one they stay here, and no cap is about them. */
  readonly takesRecords: boolean;
  readonly answersQuestions: boolean;
}

/** What of the outbox isn't in the store. */
export interface SendingNow extends Receivers {
  readonly paused: boolean;
  readonly caps: OutboxCaps;
  readonly breaker: Breaker;
  readonly clockOffsetMs: number | null;
  readonly nextTryAtMs: number | null;
  readonly lastSyncAtMs: number | null;
  readonly lastFailure: Failure | null;
  readonly wallMs: number;
  readonly monotonicMs: number;
}

export interface InspectedLanes {
  readonly records: Pick<InspectedOutbox, 'load' | 'list'>;
  readonly checks: Pick<CheckQueue, 'load' | 'list' | 'openCertifications'>;
  /** Null where nobody takes what the staff decides. */
  readonly decisions: Pick<DecisionQueue, 'load'> | null;
}

/** What waits on both lanes together, for the caps; of the records only where somebody takes them. */
export function backlogOf(
  lanes: Pick<InspectedLanes, 'records' | 'checks'>,
  { takesRecords, answersQuestions }: Receivers,
  wallMs: number,
): Result<Backlog, Failure> {
  const records = lanes.records.load();
  if (!records.ok) return records;
  const checks = lanes.checks.load();
  if (!checks.ok) return checks;
  const count = lanes.checks.openCertifications(takesRecords);
  if (!count.ok) return count;
  const loads = takesRecords ? [records.value, checks.value] : [checks.value];
  const starts = loads.map(({ oldestWaitingAtMs }) => oldestWaitingAtMs).filter((atMs) => atMs !== null);
  return ok({
    enrolled: takesRecords || answersQuestions,
    count: count.value,
    oldestAgeMs: starts.length === 0 ? null : wallMs - Math.min(...starts),
    bytes: loads.reduce((sum, { bytes }) => sum + bytes, 0),
  });
}

/** Everything that the administrator's window shows about the outbox. */
export function viewOf(lanes: InspectedLanes, now: SendingNow): Result<OutboxView, Failure> {
  const backlog = backlogOf(lanes, now, now.wallMs);
  if (!backlog.ok) return backlog;
  const records = lanes.records.load();
  if (!records.ok) return records;
  const checks = lanes.checks.load();
  if (!checks.ok) return checks;
  const decisions = lanes.decisions === null ? ok(null) : lanes.decisions.load();
  if (!decisions.ok) return decisions;
  const items = itemsOf(lanes);
  if (!items.ok) return items;
  const { paused, caps, clockOffsetMs, nextTryAtMs, lastSyncAtMs, lastFailure } = now;
  return ok({
    enrolled: backlog.value.enrolled,
    paused,
    lanes: [laneView('records', records.value), laneView('checks', checks.value)],
    decisions: decisions.value,
    certifications: backlog.value.count,
    caps,
    refusal: refusalOf(caps, backlog.value),
    breaker: breakerView(now),
    clockOffsetMs,
    nextTryAtMs,
    lastSyncAtMs,
    lastFailure,
    items: items.value,
  });
}

function laneView(lane: OutboxLane, { waiting, stopped, unknown, bytes, oldestAtMs }: LaneLoad): OutboxLaneView {
  return { lane, waiting, stopped, unknown, bytes, oldestAtMs };
}

function breakerView({ breaker, wallMs, monotonicMs }: SendingNow): OutboxView['breaker'] {
  const probeAtMs = breaker.state === 'open' ? wallMs + Math.max(0, breaker.probeAtMs - monotonicMs) : null;
  return { state: breaker.state, probeAtMs };
}

function itemsOf({ records, checks }: InspectedLanes): Result<readonly OutboxItemView[], Failure> {
  const queuedRecords = records.list(MAX_VIEW_ITEMS);
  if (!queuedRecords.ok) return queuedRecords;
  const queuedChecks = checks.list(MAX_VIEW_ITEMS);
  if (!queuedChecks.ok) return queuedChecks;
  const all = [...queuedChecks.value.map(checkItem), ...queuedRecords.value.map(recordItem)];
  const [somebody, others] = [all.filter(needsSomebody), all.filter((item) => !needsSomebody(item))];
  return ok([...somebody, ...others].slice(0, MAX_VIEW_ITEMS));
}

function needsSomebody({ state }: OutboxItemView): boolean {
  return state === 'unknown' || state === 'stopped';
}

function checkItem({ certifyId, state, check, queuedAtMs, attempts, bytes, lastFailure }: KeptCheck): OutboxItemView {
  return { lane: 'checks', certifyId, state, check, queuedAtMs, attempts, bytes, lastFailure };
}

function recordItem({ certifyId, state, queuedAtMs, attempts, bytes, lastFailure }: QueuedRecord): OutboxItemView {
  return { lane: 'records', certifyId, state, check: null, queuedAtMs, attempts, bytes, lastFailure };
}
