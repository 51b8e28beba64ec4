import type { VerifierDatabase } from '../storage/database.ts';
import type { StateCount, SubmissionStore } from '../submission-store.ts';

/** What the status page shows: numbers, and nothing about anybody. */
export interface StatusFigures {
  readonly records: readonly StateCount[];
  readonly sessions: readonly { readonly state: string; readonly count: number }[];
  readonly devices: number;
  readonly revokedDevices: number;
  /** Sessions that are being decided. */
  readonly queued: number;
  /** How long the oldest of them waits; null when none does. */
  readonly oldestQueuedMs: number | null;
}

/** Read side by side, so not of one moment. Devices that were revoked are not among `devices`. */
export async function statusFigures(
  { queries }: VerifierDatabase,
  submissions: SubmissionStore,
  nowMs: number,
): Promise<StatusFigures> {
  const [records, sessions, devices, oldest] = await Promise.all([
    submissions.counts(),
    queries
      .selectFrom('sessions')
      .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
      .groupBy('state')
      .orderBy('state')
      .execute(),
    queries
      .selectFrom('devices')
      .select(({ fn }) => [fn.countAll<number>().as('all'), fn.count<number>('revoked_at_ms').as('revoked')])
      .executeTakeFirstOrThrow(),
    queries
      .selectFrom('sessions')
      .select(({ fn }) => fn.min<number | null>('submitted_at_ms').as('since'))
      .where('state', '=', 'submitted')
      .executeTakeFirst(),
  ]);
  const since = oldest?.since ?? null;
  return {
    records,
    sessions: sessions.map(({ state, count }) => ({ state, count: Number(count) })),
    devices: Number(devices.all) - Number(devices.revoked),
    revokedDevices: Number(devices.revoked),
    queued: Number(sessions.find(({ state }) => state === 'submitted')?.count ?? 0),
    oldestQueuedMs: since === null ? null : Math.max(0, nowMs - Number(since)),
  };
}
