import { z } from 'zod';
import { REPORT_LIMITS } from '../../shared/protocol/kv1-sessions.ts';
import type { Problem } from '../../shared/protocol/kv1.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { problem } from '../problems.ts';

const MINUTE_MS = 60_000;
const milliseconds = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);

/** Query of a report's address; times are milliseconds since the Unix epoch, from inclusive, to exclusive. */
export const reportQuerySchema = z.strictObject({
  from: milliseconds,
  to: milliseconds,
  bucket: z.enum(['hour', 'day']).default('day'),
  scene: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,20}$/)
    .optional(),
  /** Minutes that the place's clocks are ahead of UTC; days begin at its midnight. China: 480. */
  offset: z
    .string()
    .regex(/^(0|-?[1-9]\d{0,2})$/)
    .transform(Number)
    .pipe(z.int().min(-720).max(840))
    .default(0),
  /** Only what a simulated person or reader took part in, or only what none did; absent: both. */
  simulated: z.enum(['yes', 'no']).optional(),
});

export interface ReportQuery {
  readonly fromMs: number;
  readonly toMs: number;
  readonly bucket: 'hour' | 'day';
  readonly sceneId: string | null;
  readonly offsetMs: number;
  readonly simulated: boolean | null;
}

export const BUCKET_MS = { hour: 3_600_000, day: 24 * 3_600_000 } as const;

/** Parses the query of a report. `report_window` says which limit a window breaks. */
export function parseReportQuery(query: unknown): Result<ReportQuery, Problem> {
  const parsed = reportQuerySchema.safeParse(query);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? '';
    return err(problem('request_invalid', { detail: field.slice(0, 40) }));
  }
  const { from, to, bucket, scene, offset, simulated } = parsed.data;
  if (to <= from) return err(problem('report_window', { detail: 'from is before to' }));
  if (to - from > REPORT_LIMITS.windowMs) return err(problem('report_window', { detail: 'at most 90 days' }));
  if (bucket === 'hour' && to - from > REPORT_LIMITS.hourlyMs) {
    return err(problem('report_window', { detail: 'by the hour at most 1 day' }));
  }
  return ok({
    fromMs: from,
    toMs: to,
    bucket,
    sceneId: scene ?? null,
    offsetMs: offset * MINUTE_MS,
    simulated: simulated === undefined ? null : simulated === 'yes',
  });
}

/** Start of the hour or day that a time lies in, at a place whose clocks are `offsetMs` ahead of UTC. */
export function bucketStart(timeMs: number, bucket: 'hour' | 'day', offsetMs: number): number {
  const size = BUCKET_MS[bucket];
  return Math.floor((timeMs + offsetMs) / size) * size - offsetMs;
}

/** The part of each bucket that lies in a window, in order. */
export function bucketsOf(query: ReportQuery): readonly { startMs: number; fromMs: number; toMs: number }[] {
  const { fromMs, toMs, bucket, offsetMs } = query;
  const buckets = [];
  for (let startMs = bucketStart(fromMs, bucket, offsetMs); startMs < toMs; startMs += BUCKET_MS[bucket]) {
    const endMs = startMs + BUCKET_MS[bucket];
    buckets.push({ startMs, fromMs: Math.max(startMs, fromMs), toMs: Math.min(endMs, toMs) });
  }
  return buckets;
}
