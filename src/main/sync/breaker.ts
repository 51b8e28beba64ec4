/** Failures in a row, on whichever lane, after which the verifier is left alone. */
export const BREAKER_OPENS_AFTER = 5;
/** How often a single exchange then asks whether it is back. */
export const BREAKER_PROBE_MS = 30_000;

/** Whether the verifier is worth trying; times are monotonic. */
export type Breaker =
  | { readonly state: 'closed'; readonly failures: number }
  | { readonly state: 'open'; readonly probeAtMs: number }
  | { readonly state: 'half-open' };

export type BreakerEvent = 'success' | 'failure' | 'probe' | 'retry-now';

export const CLOSED_BREAKER: Breaker = { state: 'closed', failures: 0 };

/**
 * The breaker after an event. `failure` is one of the transport: an answer that refuses something proves that the
 * verifier is there. `probe` goes out when `probeDueInMs` says so; `retry-now` is somebody's wish not to wait for that.
 */
export function breakerAfter(breaker: Breaker, event: BreakerEvent, nowMs: number): Breaker {
  if (event === 'success') return CLOSED_BREAKER;
  if (event === 'failure') return afterFailure(breaker, nowMs);
  if (breaker.state !== 'open') return breaker;
  return event === 'retry-now' || nowMs >= breaker.probeAtMs ? { state: 'half-open' } : breaker;
}

function afterFailure(breaker: Breaker, nowMs: number): Breaker {
  const failures = breaker.state === 'closed' ? breaker.failures + 1 : BREAKER_OPENS_AFTER;
  if (failures < BREAKER_OPENS_AFTER) return { state: 'closed', failures };
  // What was still under way when it opened doesn't put the probe off.
  return breaker.state === 'open' ? breaker : { state: 'open', probeAtMs: nowMs + BREAKER_PROBE_MS };
}

/** How long until a probe may go out: 0 for now, null where none is needed or one is under way. */
export function probeDueInMs(breaker: Breaker, nowMs: number): number | null {
  return breaker.state === 'open' ? Math.max(0, breaker.probeAtMs - nowMs) : null;
}
