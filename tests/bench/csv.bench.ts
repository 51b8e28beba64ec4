/**
 * An export of records as CSV from an encrypted database on this disk, beside what bounds it: writing the same bytes
 * raw, and reading the same rows into objects. Then what a search costs at that size: pages, counts, rare filters.
 * Run with `npm run bench -- csv [--rows=1000000]`.
 */
import { closeSync, fsyncSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { exportRecords, RECEIPTS_PER_STEP } from '../../src/main/store/record-export.ts';
import { writeExport } from '../../src/main/store/export-file.ts';
import { createRecordSearch } from '../../src/main/store/record-search.ts';
import { EVERY_RECORD, type RecordFilter, type RecordPlace } from '../../src/shared/domain/record-search.ts';
import { canonicalJson } from '../../src/shared/canonical-json.ts';
import { csvLine } from '../../src/shared/csv-text.ts';
import { maskName, maskNumber } from '../../src/shared/domain/masking.ts';
import { sampleRecord, SAMPLE_START_MS } from '../support/sample-records.ts';
import { expectOk, openSampleStore, temporaryFolder } from '../support/sample-store.ts';

const GOAL_ROWS_PER_S = 200_000;
const ROUNDS = 3;

const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' } } });
const count = Number(values.rows);
const REASONS = [
  'ok.matched',
  'ok.matched',
  'ok.matched',
  'ok.matched',
  'face.low-similarity',
  'face.grey-band',
] as const;
const NAMES = ['王小明', '李雷', '欧阳测试', 'Ada Lovelace', '张'];

const folder = temporaryFolder();
const store = openSampleStore(folder.path);
const { database } = store;
fill();
await measureExport();
await measureSearch();
database.close();
folder.remove();

/** Records as they are committed, without receipts: every step of an export and a search leaves those alone. */
function fill(): void {
  const insert = database.prepare(
    'INSERT INTO records (seq, certify_id, day, provisional, record) VALUES (?, ?, ?, ?, ?)',
  );
  const began = performance.now();
  const page = database.transaction((from: number, until: number) => {
    for (let number = from; number < until; number += 1) {
      const reason = number % 50_000 === 7 ? 'challenge.replayed' : (REASONS[number % REASONS.length] ?? 'ok.matched');
      const record = sampleRecord(number, reason, {
        startedAtMs: SAMPLE_START_MS + number * 7_776,
        sceneId: number % 100_000 === 11 ? 'closed-ward' : `scene-${number % 3}`,
        subject: {
          nameMasked: maskName(NAMES[number % NAMES.length] ?? ''),
          numberMasked: maskNumber(`110101199003${String(number % 1_000_000).padStart(6, '0')}`),
          subjectKey: 'ab'.repeat(32),
        },
        order: { orderId: `ORD-${number}`, requestId: 'r' },
      });
      insert.run(number, record.certifyId, '2026-03-02', 0, canonicalJson(record));
    }
  });
  for (let from = 1; from <= count; from += 20_000) page(from, Math.min(from + 20_000, count + 1));
  console.log(`${count} records in ${((performance.now() - began) / 1_000).toFixed(0)} s`);
}

async function measureExport(): Promise<void> {
  const target = join(folder.path, 'records.csv');
  const quiet = new AbortController().signal;
  let memory: number[] = [];
  const cpuSeconds: number[] = [];
  let longestMs = 0;
  const ours = await median(async () => {
    let last = performance.now();
    const before = process.cpuUsage();
    memory = [];
    expectOk(
      await writeExport(target, exportRecords(database, EVERY_RECORD), {
        signal: quiet,
        onPiece: ({ done }) => {
          longestMs = Math.max(longestMs, performance.now() - last);
          last = performance.now();
          if (done % (RECEIPTS_PER_STEP * 5) === 0) memory.push(process.memoryUsage().rss / 1e6);
        },
      }),
    );
    const { user, system } = process.cpuUsage(before);
    cpuSeconds.push((user + system) / 1e6);
  });
  const bytes = readFileSync(target);
  const raw = await median(() => writeRaw(bytes));
  const rows = await median(() => void readRows());
  const script = await median(() => void scriptLines());
  const size = statSync(target).size;
  const rate = (seconds: number): string => `${Math.round(count / seconds).toLocaleString('en')} rows/s`;
  console.log(`file: ${(size / 1e6).toFixed(0)} MB, ${(size / count).toFixed(0)} bytes a row`);
  console.log(
    `export: ${rate(ours)}, ${(size / 1e6 / ours).toFixed(0)} MB/s (goal ${GOAL_ROWS_PER_S.toLocaleString('en')} rows/s)`,
  );
  console.log(`by its time on processors: ${rate(Math.min(...cpuSeconds))}, load ${loadavg()[0]!.toFixed(1)}`);
  const tenth = Math.ceil(memory.length / 10);
  const most = (part: readonly number[]): string => `${Math.max(...part).toFixed(0)} MB`;
  console.log(
    `longest step ${longestMs.toFixed(0)} ms; most RSS of the last round: first tenth ${most(memory.slice(0, tenth))}, ` +
      `middle ${most(memory.slice(tenth, -tenth))}, last tenth ${most(memory.slice(-tenth))}`,
  );
  console.log(`floor, the same bytes raw with fsync: ${rate(raw)}: ours is ${((100 * raw) / ours).toFixed(0)} % of it`);
  console.log(
    `floor, the same rows read from the encrypted database: ${rate(rows)}: ours is ${((100 * rows) / ours).toFixed(0)} %`,
  );
  console.log(`the same lines made in JavaScript from rows: ${rate(script)}`);
}

function writeRaw(bytes: Uint8Array): void {
  const path = join(folder.path, 'raw.csv');
  const file = openSync(path, 'w');
  for (let at = 0; at < bytes.length; at += 430_000) writeSync(file, bytes.subarray(at, at + 430_000));
  fsyncSync(file);
  closeSync(file);
  rmSync(path);
}

function readRows(): number {
  let sum = 0;
  const page = database.prepare<[number, number], number>(
    'SELECT sum(length(times) + length(order_id)) FROM record_facts NOT INDEXED WHERE seq > ? AND seq <= ?',
  );
  for (let at = 0; at < count; at += RECEIPTS_PER_STEP) sum += page.pluck().get(at, at + RECEIPTS_PER_STEP) ?? 0;
  return sum;
}

function scriptLines(): number {
  let length = 0;
  const page = database
    .prepare<[number, number], (string | number | null)[]>(
      `SELECT seq, certify_id, times, scene_id, scheme, state, reason, decided_by, device_state, device_reason, basis,
              name_masked, number_masked, order_id, provisional, countersigned, by_person, has_evidence, simulated, test
       FROM record_facts NOT INDEXED WHERE seq > ? AND seq <= ?`,
    )
    .raw();
  for (let at = 0; at < count; at += RECEIPTS_PER_STEP) {
    for (const row of page.all(at, at + RECEIPTS_PER_STEP)) length += csvLine(row).length;
  }
  return length;
}

async function measureSearch(): Promise<void> {
  const search = createRecordSearch(database);
  const cases: readonly (readonly [string, Partial<RecordFilter>])[] = [
    ['everything', {}],
    ['failed', { state: 'failed' }],
    ['a rare reason', { reason: 'challenge.replayed' }],
    ['a rare scene', { sceneId: 'closed-ward' }],
    ['no such scene', { sceneId: 'none' }],
    ['a number', { search: { by: 'number', text: '110101199003000042' } }],
    ['a name', { search: { by: 'name', text: '王小明' } }],
    ['an order', { search: { by: 'order', text: 'ORD-77' } }],
    ['the beginning of an id', { search: { by: 'id', text: '019caa00-0000-7000-8000-0000000000' } }],
    ['a day long ago', { fromMs: SAMPLE_START_MS, toMs: SAMPLE_START_MS + 86_400_000, state: 'review' }],
    ['decided by a person', { byPerson: true }],
  ];
  for (const [name, change] of cases) {
    const filter = { ...EVERY_RECORD, ...change };
    const page = async (after: RecordPlace | null) =>
      expectOk(await search.page({ filter, order: 'newest', after, limit: 20 }));
    const first = await median(async () => void (await page(null)));
    const counted = await median(async () => void expectOk(await search.count(filter)));
    const { count: found, more } = expectOk(await search.count(filter));
    console.log(
      `${name}: page ${(first * 1_000).toFixed(1)} ms, count ${(counted * 1_000).toFixed(0)} ms (${more ? 'more than ' : ''}${found})`,
    );
  }
}

/** Median of some rounds, seconds. */
async function median(work: () => void | Promise<void>): Promise<number> {
  const took: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now();
    await work();
    took.push((performance.now() - began) / 1_000);
  }
  return took.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
}
