/** What decides what may be sent next; times are on the monotonic clock. */
export interface SendingState {
  readonly paused: boolean;
  /** Of the breaker that both lanes share. */
  readonly breaker: 'closed' | 'open' | 'half-open';
  readonly enrolled: boolean;
  /** Live questions under way. */
  readonly live: number;
  /** Questions of the backlog under way. */
  readonly backlog: number;
  readonly nowMs: number;
  /** Nothing of this lane before then: it failed, or the verifier asked for it. */
  readonly quietUntilMs: number;
  /** Nothing at all before then: the verifier asked for it. */
  readonly askedUntilMs: number;
}

/** At most so many live questions at once: more than the counters that share one device. */
const LIVE_AT_ONCE = 2;
/** One after the other, so that an outage's leftovers don't fill the line. */
const BACKLOG_AT_ONCE = 1;

/** Whether anything may go out at all; only a probe does while the breaker isn't closed. */
function isOpenForWork({ paused, breaker, enrolled, nowMs, askedUntilMs }: SendingState): boolean {
  return !paused && breaker === 'closed' && enrolled && nowMs >= askedUntilMs;
}

/** A live question goes out whatever else is under way, and whatever the backlog has run into. */
export function mayStartLive(state: SendingState): boolean {
  return isOpenForWork(state) && state.live < LIVE_AT_ONCE;
}

/** A question of the backlog goes out when nobody waits for an answer. */
export function mayStartBacklog(state: SendingState): boolean {
  const isQuiet = state.nowMs < state.quietUntilMs;
  return isOpenForWork(state) && !isQuiet && state.live === 0 && state.backlog < BACKLOG_AT_ONCE;
}

type BatchState = Pick<SendingState, 'paused' | 'breaker' | 'live' | 'nowMs' | 'askedUntilMs'>;

/** The next batch of records: what is under way ends, and no other one starts while somebody waits for an answer. */
export function mayStartBatch({ paused, breaker, live, nowMs, askedUntilMs }: BatchState): boolean {
  return !paused && breaker === 'closed' && live === 0 && nowMs >= askedUntilMs;
}
