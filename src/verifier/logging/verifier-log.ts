import { pino, type DestinationStream } from 'pino';
import type { TraceContext } from '../../shared/domain/trace-context.ts';

/** One answered request, as it is logged. */
export interface RequestEntry {
  readonly method: string;
  /** The pattern, never the address: an address holds ids. */
  readonly route: string;
  readonly status: number;
  readonly durationMs: number;
  readonly requestBytes: number;
  readonly trace: TraceContext;
  /** Who signed it; null where nobody did or it wasn't believed. */
  readonly deviceId: string | null;
  readonly operator: string | null;
  /** Code of the problem that it was answered with. */
  readonly problem: string | null;
}

/**
 * Structured logs, one JSON object a line. Whatever is logged is a field that is named here and has the form that is
 * given here: there is no free text, so nothing that a client or a vendor sent can get in.
 */
export interface VerifierLog {
  request(entry: RequestEntry): void;
  /** Something that this program did: started, stopping, a policy that changed. */
  event(name: LogEvent, fields?: Readonly<Record<string, number | boolean>>): void;
  /** A failure of this program: its kind and where, without its message. */
  failure(error: unknown, trace: TraceContext | null): void;
}

export const LOG_EVENTS = [
  'started',
  'stopping',
  'stopped',
  'not-ready',
  'ready',
  'policy-changed',
  'operator-locked-out',
  'erased',
] as const;
export type LogEvent = (typeof LOG_EVENTS)[number];

const NAME = /^[\w.@:-]{1,100}$/;
const ROUTE = /^[\w/:.*-]{1,100}$/;

/** Logs to a stream, or to standard error where none is given. `silent` writes nothing. */
export function createVerifierLog(destination: DestinationStream | 'stderr' | 'silent'): VerifierLog {
  const logger =
    destination === 'silent'
      ? pino({ enabled: false })
      : pino(
          { base: null, timestamp: pino.stdTimeFunctions.isoTime },
          destination === 'stderr' ? pino.destination({ fd: 2, sync: true }) : destination,
        );
  return {
    request: (entry) => logger[entry.status >= 500 ? 'error' : 'info'](requestFields(entry), 'request'),
    event: (name, fields) => logger.info({ event: name, ...numbersOf(fields) }, 'event'),
    failure: (error, trace) =>
      logger.error({ kind: kindOf(error), place: placeOf(error), ...(trace && { traceId: trace.traceId }) }, 'failure'),
  };
}

function requestFields(entry: RequestEntry): Record<string, string | number | null> {
  return {
    method: fit(entry.method, NAME),
    route: fit(entry.route, ROUTE),
    status: entry.status,
    durationMs: Math.round(entry.durationMs * 10) / 10,
    requestBytes: entry.requestBytes,
    traceId: entry.trace.traceId,
    spanId: entry.trace.spanId,
    device: entry.deviceId === null ? null : fit(entry.deviceId, NAME),
    operator: entry.operator === null ? null : fit(entry.operator, NAME),
    problem: entry.problem === null ? null : fit(entry.problem, NAME),
  };
}

function fit(text: string, form: RegExp): string {
  return form.test(text) ? text : '(unfit)';
}

function numbersOf(fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => typeof value === 'number' || typeof value === 'boolean'),
  );
}

/** Name of the error's class and, of a system error, its code. Messages can quote what was sent. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  return fit(`${error.name}${code}`.replaceAll(' ', ':'), NAME);
}

/** File and line of the first frame of this program. */
function placeOf(error: unknown): string | null {
  if (!(error instanceof Error) || error.stack === undefined) return null;
  const frames = error.stack.split('\n').filter((line) => /^\s+at /.test(line));
  const frame = frames.find((line) => line.includes('/verifier/')) ?? frames[0];
  return /([\w.-]+:\d+):\d+\)?$/.exec(frame ?? '')?.[1] ?? null;
}
