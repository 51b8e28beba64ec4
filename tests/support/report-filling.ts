import { hourOnDay } from '../../src/main/store/report-place.ts';
import { prepareReportTally } from '../../src/main/store/report-tally.ts';
import type { StoreDatabase } from '../../src/main/store/database.ts';
import { canonicalJson } from '../../src/shared/canonical-json.ts';
import { addDays, LONGEST_REPORT_DAYS } from '../../src/shared/domain/report-window.ts';
import { addSteps, type StepTimesByStage } from '../../src/shared/domain/step-times.ts';
import { REASONS, type ReasonCode } from '../../src/shared/reasons.ts';
import { sampleRecord } from './sample-records.ts';

export const FILLED_FROM_DAY = '2026-03-02';
const DAY_MS = 86_400_000;
const PER_TRANSACTION = 20_000;
const SCENES = ['counter', 'hospital', 'exam'];
const SCHEMES = ['CounterCard', 'ID_PRO'];
/** As often as they come; the first one ten times as often as all others. */
const OTHERS: readonly ReasonCode[] = [
  'ok.confirmed',
  'ok.live',
  'liveness.code-mismatch',
  'liveness.spoof-suspected',
  'liveness.face-swapped',
  'face.low-similarity',
  'face.grey-band',
  'document.expired',
  'document.photo-not-decoded',
  'user.timed-out',
  'user.cancelled',
  'user.refused-consent',
  'card.pulled',
  'card.read-failed',
  'reader.missing',
];

/** Puts that many records into 90 days, evenly, by the tally that a commit uses and without what no report reads. */
export function fillWithRecords(database: StoreDatabase, count: number): void {
  const insert = database.prepare(
    `INSERT INTO records (seq, certify_id, day, provisional, record, tally, utc_offset_min, compared)
     VALUES (?, ?, ?, 0, ?, 'hour', 0, ?)`,
  );
  const tally = prepareReportTally(database);
  database.pragma('synchronous=OFF');
  dropSearch(database);
  const fill = database.transaction((first: number, last: number) => {
    for (let number = first; number <= last; number += 1) {
      const atMs =
        Date.parse(`${FILLED_FROM_DAY}T00:00Z`) + Math.floor(((number - 1) / count) * LONGEST_REPORT_DAYS * DAY_MS);
      const day = addDays(FILLED_FROM_DAY, Math.floor(((number - 1) / count) * LONGEST_REPORT_DAYS));
      const reason = number % 10 === 0 ? OTHERS[(number / 10) % OTHERS.length]! : 'ok.matched';
      const sceneId = SCENES[number % SCENES.length]!;
      const scheme = SCHEMES[Math.floor(number / SCENES.length) % SCHEMES.length]!;
      const record = sampleRecord(number, reason, { sceneId, scheme, startedAtMs: atMs });
      const compared = record.comparison?.outcome ?? null;
      insert.run(number, record.certifyId, day, canonicalJson(record), compared);
      const { state } = REASONS[reason];
      const steps: StepTimesByStage = {};
      addSteps(steps, record.stagesMs);
      tally.add({ day, ...hourOnDay(atMs, day, () => 0), sceneId, scheme, state, reason, compared }, steps);
    }
  });
  for (let first = 1; first <= count; first += PER_TRANSACTION) {
    fill.immediate(first, Math.min(count, first + PER_TRANSACTION - 1));
  }
}

/** What records are searched by takes longer to keep up than everything else here, and no report reads it. */
function dropSearch(database: StoreDatabase): void {
  const kept = database.prepare<[], { type: string; name: string }>(
    `SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'index') AND tbl_name = 'records' AND sql IS NOT NULL`,
  );
  for (const { type, name } of kept.all()) database.exec(`DROP ${type} "${name}"`);
}
