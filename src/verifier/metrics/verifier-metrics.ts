import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { RetryClass } from '../../shared/domain/verification.ts';
import type { VerdictState } from '../../shared/reasons.ts';

/** What is counted. No label names a device, a session or a person: each takes its values from a closed list. */
export interface VerifierMetrics {
  /** One answered request. `route` is the pattern, never the address. */
  request(route: string, method: string, status: number, seconds: number): void;
  /** One refusal by its problem code; `clock_skew` among them. */
  problem(code: string): void;
  /** One call to whoever stands behind the verifier, by what may follow. */
  attempt(verifier: string, operation: string, retry: RetryClass | 'pending'): void;
  decision(state: VerdictState): void;
  /** Prometheus text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** A number of things by state, asked for when somebody scrapes. */
export type DepthSource = () => Promise<readonly { readonly state: string; readonly count: number }[]>;

/** Seconds; a request that only touches the database takes a few milliseconds, one that waits for a vendor up to 20 s. */
const DURATION_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30];

/** Metrics in a registry of their own, so that several verifiers can live in one process. */
export function createVerifierMetrics(depths: {
  readonly sessions?: DepthSource;
  readonly records?: DepthSource;
}): VerifierMetrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: 'countersign_http_requests_total',
    help: 'Answered requests',
    labelNames: ['route', 'method', 'status_class'],
    registers,
  });
  const durations = new Histogram({
    name: 'countersign_http_request_duration_seconds',
    help: 'From the first byte of a request to the last of its answer',
    labelNames: ['route', 'method', 'status_class'],
    buckets: DURATION_BUCKETS,
    registers,
  });
  const problems = new Counter({
    name: 'countersign_problems_total',
    help: 'Refusals by problem code',
    labelNames: ['code'],
    registers,
  });
  const attempts = new Counter({
    name: 'countersign_attempts_total',
    help: 'Calls to the verifiers behind this one, by what may follow',
    labelNames: ['verifier', 'operation', 'retry'],
    registers,
  });
  const decisions = new Counter({
    name: 'countersign_decisions_total',
    help: 'Signed decisions by state',
    labelNames: ['state'],
    registers,
  });
  addDepth(registry, 'countersign_sessions', 'Sessions by state', depths.sessions);
  addDepth(registry, 'countersign_records', 'Records from outboxes by state', depths.records);
  return {
    request: (route, method, status, seconds) => {
      const labels = { route, method, status_class: `${Math.floor(status / 100)}xx` };
      requests.inc(labels);
      durations.observe(labels, seconds);
    },
    problem: (code) => problems.inc({ code }),
    attempt: (verifier, operation, retry) => attempts.inc({ verifier, operation, retry }),
    decision: (state) => decisions.inc({ state }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

function addDepth(registry: Registry, name: string, help: string, source: DepthSource | undefined): void {
  if (source === undefined) return;
  new Gauge({
    name,
    help,
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const rows = await source();
      this.reset();
      for (const { state, count } of rows) this.inc({ state }, count);
    },
  });
}
