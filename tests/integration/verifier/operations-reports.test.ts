import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportAnswerSchema, SESSION_PATHS, type ReportAnswer } from '../../../src/shared/protocol/kv1-sessions.ts';
import { VERDICT_STATES, type VerdictState } from '../../../src/shared/reasons.ts';
import { postgresMissing, startPostgres, type PostgresServer } from '../../support/postgres.ts';
import { startOperatedVerifier, type OperatedVerifier } from '../../support/operated-verifier.ts';
import { enrolRawDevice, type RawDevice } from '../../support/raw-device.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Midnight of UTC. */
const START_MS = Date.UTC(2026, 2, 2);

const missing = postgresMissing();
if (missing !== null) console.log(`operations on PostgreSQL are left out: ${missing}`);
const KINDS = missing === null ? (['sqlite', 'postgres'] as const) : (['sqlite'] as const);

describe.each(KINDS)('reports on %s', (kind) => {
  let postgres: PostgresServer | null = null;
  interface Case {
    readonly deviceId: string;
    readonly sceneId: string;
    readonly check: string;
    readonly state: VerdictState;
    readonly atMs: number;
    readonly simulated: boolean;
  }

  let verifier: OperatedVerifier;
  let auditor: string;
  let devices: readonly RawDevice[];
  let sessions: readonly Case[];
  let records: readonly Case[];

  beforeAll(async () => {
    if (kind === 'postgres') postgres = await startPostgres();
    verifier = await startOperatedVerifier({ database: (await postgres?.createDatabase()) ?? null });
    devices = [await enrolRawDevice(verifier), await enrolRawDevice(verifier)];
    auditor = await verifier.operator('auditor', 'auditor');
    sessions = manyCases(11, ['face-authority', 'phone']);
    records = manyCases(12, ['chip-face', 'card-only']);
    await verifier.database.transaction(async (queries) => {
      for (const [index, row] of sessions.entries()) await insertSession(queries, row, index);
      for (const [index, row] of records.entries()) await insertRecord(queries, row, index);
    });
  });
  afterAll(async () => {
    await verifier.close();
    await postgres?.stop();
  });

  /** Some at random, some exactly at borders of hours and days here and elsewhere, and a millisecond before. */
  function manyCases(seed: number, checks: readonly string[]): readonly Case[] {
    let state = seed;
    const random = (below: number): number => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((state / 2_147_483_648) * below);
    };
    const borders = [0, HOUR_MS, DAY_MS, DAY_MS - 8 * HOUR_MS, 5 * DAY_MS, 90 * DAY_MS].flatMap((at) => [at - 1, at]);
    const times = [...borders, ...Array.from({ length: 150 }, (_, index) => random(index < 60 ? DAY_MS : 40 * DAY_MS))];
    return times.map((time) => ({
      deviceId: devices[random(2)]?.deviceId ?? '',
      sceneId: ['counter', 'vip'][random(2)] ?? '',
      check: checks[random(2)] ?? '',
      state: VERDICT_STATES[random(4)] ?? 'error',
      atMs: START_MS + time,
      simulated: random(3) === 0,
    }));
  }

  type Queries = OperatedVerifier['database']['queries'];

  async function insertSession(queries: Queries, row: Case, index: number): Promise<void> {
    const sessionId = `session-${index}`;
    await queries
      .insertInto('sessions')
      .values({
        session_id: sessionId,
        device_id: row.deviceId,
        certify_id: sessionId,
        scene_id: row.sceneId,
        check_name: row.check,
        order_id: sessionId,
        state: 'decided',
        simulated: row.simulated ? 1 : 0,
        request: '{}',
        consent: '{}',
        policy_version: 1,
        revision: 2,
        created_at_ms: row.atMs,
        updated_at_ms: row.atMs,
        expires_at_ms: row.atMs,
        decided_at_ms: row.atMs,
      })
      .execute();
    const decision = { session_id: sessionId, reason: 'x', body: '{}', signature: '{}' };
    for (const [revision, state] of [
      [1, 'review'],
      [2, row.state],
    ] as const) {
      // A review later changes what is counted, and not where.
      const values = { ...decision, revision, state, decided_at_ms: row.atMs + (revision - 1) * 3 * DAY_MS };
      await queries.insertInto('decisions').values(values).execute();
    }
  }

  async function insertRecord(queries: Queries, row: Case, index: number): Promise<void> {
    await queries
      .insertInto('submissions')
      .values({
        certify_id: `record-${index}`,
        device_id: row.deviceId,
        seq: index + 1,
        prev_hash: '',
        record_hash: '',
        receipt_hash: '',
        state: row.state,
        simulated: row.simulated ? 1 : 0,
        record: JSON.stringify({ sceneId: row.sceneId, scheme: row.check }),
        receipt: '{}',
        countersignature: '{}',
        accepted_at_ms: row.atMs,
      })
      .execute();
  }

  interface Asked {
    readonly from: number;
    readonly to: number;
    readonly bucket: 'hour' | 'day';
    readonly offset?: number;
    readonly scene?: string;
    readonly simulated?: 'yes' | 'no';
  }

  const queryOf = (asked: Asked): string => {
    const members = Object.entries(asked).map(([name, value]): [string, string] => [name, String(value)]);
    return `${SESSION_PATHS.reports}?${new URLSearchParams(members).toString()}`;
  };

  /** The same by looking at every case, and at the clock on the wall of the place. */
  function bruteForce(cases: readonly Case[], asked: Asked, deviceId: string | null): ReportAnswer['buckets'] {
    const rows = new Map<string, ReportAnswer['buckets'][number]>();
    for (const { atMs, ...found } of cases) {
      if (atMs < asked.from || atMs >= asked.to || (deviceId !== null && found.deviceId !== deviceId)) continue;
      if (asked.scene !== undefined && found.sceneId !== asked.scene) continue;
      if (asked.simulated !== undefined && found.simulated !== (asked.simulated === 'yes')) continue;
      const offsetMs = (asked.offset ?? 0) * 60_000;
      const wall = new Date(atMs + offsetMs);
      wall.setUTCMinutes(0, 0, 0);
      if (asked.bucket === 'day') wall.setUTCHours(0);
      const fromMs = wall.getTime() - offsetMs;
      const name = `${String(fromMs).padStart(15, '0')} ${found.sceneId} ${found.check}`;
      const empty = { passed: 0, failed: 0, review: 0, error: 0 };
      const row = rows.get(name) ?? { fromMs, sceneId: found.sceneId, check: found.check, ...empty };
      rows.set(name, { ...row, [found.state]: row[found.state] + 1 });
    }
    return [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
  }

  describe('a report', () => {
    it.each<[string, Asked]>([
      ['by the day for 90 days', { from: START_MS, to: START_MS + 90 * DAY_MS, bucket: 'day' }],
      ['by the day in China', { from: START_MS - 8 * HOUR_MS, to: START_MS + 40 * DAY_MS, bucket: 'day', offset: 480 }],
      [
        'by the day west of Greenwich',
        { from: START_MS + 1, to: START_MS + 9 * DAY_MS - 1, bucket: 'day', offset: -210 },
      ],
      ['by the hour for one day', { from: START_MS, to: START_MS + DAY_MS, bucket: 'hour' }],
      [
        'by the hour where it begins at half past',
        { from: START_MS, to: START_MS + DAY_MS, bucket: 'hour', offset: 330 },
      ],
      ['of one scene', { from: START_MS, to: START_MS + 40 * DAY_MS, bucket: 'day', scene: 'vip' }],
      ['without what was simulated', { from: START_MS, to: START_MS + 40 * DAY_MS, bucket: 'day', simulated: 'no' }],
      ['of nothing', { from: START_MS - 9 * DAY_MS, to: START_MS - 8 * DAY_MS, bucket: 'day' }],
    ])('%s counts what there is: all of it for operators, its own for a device', async (_name, asked) => {
      const all = await verifier.operate(auditor, 'GET', queryOf(asked));
      expect(reportAnswerSchema.parse(all.json)).toEqual({
        fromMs: asked.from,
        toMs: asked.to,
        bucket: asked.bucket,
        buckets: bruteForce(sessions, asked, null),
        records: bruteForce(records, asked, null),
      });
      const device = devices[0];
      const own = await device?.send({ path: queryOf(asked) });
      expect(own?.signed).toBe(true);
      expect(JSON.parse(own?.text ?? '')).toMatchObject({
        buckets: bruteForce(sessions, asked, device?.deviceId ?? ''),
        records: bruteForce(records, asked, device?.deviceId ?? ''),
      });
    });

    it.each<[string, string, string]>([
      [`from=0&to=${90 * DAY_MS + 1}&bucket=day`, 'report_window', 'at most 90 days'],
      [`from=0&to=${DAY_MS + 1}&bucket=hour`, 'report_window', 'by the hour at most 1 day'],
      ['from=5&to=5', 'report_window', 'from is before to'],
      ['from=5', 'request_invalid', 'to'],
      ['from=1e9&to=2e9', 'request_invalid', 'from'],
      ['from=0&to=9&bucket=week', 'request_invalid', 'bucket'],
      ['from=0&to=9&offset=900', 'request_invalid', 'offset'],
      ['from=0&to=9&scene=%27%20or%201', 'request_invalid', 'scene'],
    ])('for ?%s is refused as %s: %s', async (query, code, detail) => {
      const { status, json } = await verifier.operate(auditor, 'GET', `${SESSION_PATHS.reports}?${query}`);
      expect([status, json]).toMatchObject([400, { code, detail }]);
    });

    it('is for those who may see it', async () => {
      const asked = queryOf({ from: 0, to: 1, bucket: 'day' });
      expect((await fetch(`${verifier.address}${asked}`)).status).toBe(401);
      expect((await verifier.operate('cso_nobody', 'GET', asked)).json).toMatchObject({ code: 'operator_unknown' });
    });
  });
});
