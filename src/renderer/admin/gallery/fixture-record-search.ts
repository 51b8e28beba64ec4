import type { FoundRecord, RecordFilter } from '../../../shared/domain/record-search.ts';
import type { ADMIN_RECORDS_CHANNELS, EvidencePicture, RecordSheet } from '../../../shared/ipc/admin-records.ts';
import type { FileTaskState } from '../../../shared/ipc/file-task.ts';
import { isReasonCode, stateOf, type ReasonCode } from '../../../shared/reasons.ts';
import { ok } from '../../../shared/result.ts';
import type { AreaFixture } from './area-fixture.ts';
import { FIXTURE_ROWS, fixtureDetail, NOW_MS } from './fixture-records.ts';
import type { GalleryCase } from './gallery-case.ts';

const DAY_MS = 86_400_000;
/** What a name can be at worst: one character, sixty, HTML, a formula, an emoji, hidden marks of direction. */
const TROUBLED_NAMES = ['王', '李'.repeat(60), '<b onmouseover=x>', '=cmd|x', '😀***', '\u202Edcba\u202C***'];

const ROWS: readonly FoundRecord[] = FIXTURE_ROWS.map((row, index) => {
  const device: ReasonCode = isReasonCode(row.reason) ? row.reason : 'internal.bug';
  const byStaff = index % 14 === 3;
  const reason: ReasonCode = byStaff ? 'ok.approved-by-staff' : device;
  return {
    certifyId: row.certifyId,
    receipt: FIXTURE_ROWS.length - index,
    startedAtMs: row.startedAtMs,
    sceneId: row.sceneId,
    scheme: index % 4 === 3 ? 'PV_FC' : 'CounterCard',
    state: stateOf(reason),
    reason,
    decidedBy: byStaff ? 'staff' : 'device',
    deviceState: stateOf(device),
    deviceReason: device,
    nameMasked: row.nameMasked,
    numberMasked: row.numberMasked,
    provisional: row.provisional,
    countersigned: row.countersigned,
    byPerson: byStaff,
    hasEvidence: index % 5 === 0,
    simulated: row.simulated,
    test: index === 4,
  };
});

function rowsOf(which: GalleryCase): readonly FoundRecord[] {
  if (which === 'empty') return [];
  if (which !== 'troubled') return ROWS;
  return ROWS.map((row, index) => ({ ...row, nameMasked: TROUBLED_NAMES[index % TROUBLED_NAMES.length] ?? null }));
}

function fits(row: FoundRecord, { search, fromMs, toMs, ...conditions }: RecordFilter): boolean {
  const same = Object.entries(conditions).every(
    ([name, wanted]) => wanted === null || row[name as keyof FoundRecord] === wanted,
  );
  const inTime = (fromMs === null || row.startedAtMs >= fromMs) && (toMs === null || row.startedAtMs < toMs);
  if (!same || !inTime || search === null) return same && inTime;
  const { by, text } = search;
  if (by === 'id') return row.certifyId.startsWith(text.toLowerCase());
  if (by === 'receipt') return String(row.receipt) === text;
  if (by === 'number') return row.numberMasked?.endsWith(text.slice(-4)) === true;
  return by === 'name' && row.nameMasked === text;
}

/** A small picture of one colour with an oval, as a file. */
function painted(colour: string): EvidencePicture {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [180, 240];
  const paint = canvas.getContext('2d');
  if (paint !== null) {
    paint.fillStyle = colour;
    paint.fillRect(0, 0, 180, 240);
    paint.fillStyle = '#d8c3b0';
    paint.beginPath();
    paint.ellipse(90, 115, 50, 68, 0, 0, Math.PI * 2);
    paint.fill();
  }
  const text = atob(canvas.toDataURL('image/jpeg').split(',')[1] ?? '');
  return { bytes: Uint8Array.from(text, (character) => character.charCodeAt(0)), type: 'image/jpeg' };
}

const REVIEWER = '019aa0c0-0000-4000-8000-00000000a001';

function sheetOf(certifyId: string): RecordSheet {
  const index = Math.max(
    0,
    FIXTURE_ROWS.findIndex((row) => row.certifyId === certifyId),
  );
  const detail = fixtureDetail(FIXTURE_ROWS[index]!);
  const found = ROWS[index]!;
  const byStaff = found.decidedBy === 'staff';
  return {
    ...detail,
    ...(byStaff && { settled: { by: 'staff' as const, state: found.state, reason: found.reason } }),
    sceneName: '柜台业务',
    receiptNumber: '3F7K-0QXM',
    receiptCode: `countersign:1:${certifyId}:4f1d9c3e7a4f1d9c`,
    staffReviews: byStaff
      ? [
          {
            revision: 1,
            decision: 'approved',
            state: 'passed',
            outcomeReason: 'ok.approved-by-staff',
            reason: 'seen-in-person',
            note: '老照片，本人现场核对无误',
            override: false,
            staffId: REVIEWER,
            secondStaffId: null,
            receiptHash: detail.receiptHash,
            decidedAtMs: detail.record.decidedAtMs + 95_000,
            staffName: '李复核',
            secondStaffName: null,
            delivery: { state: 'waiting', reason: 'verifier.too-old' },
          },
        ]
      : [],
    followedBy: index === 4 ? [ROWS[3]!.certifyId] : [],
    evidenceUntilMs: found.hasEvidence || byStaff ? NOW_MS + 3 * DAY_MS : null,
    maySeeEvidence: true,
  };
}

const EXPORTS: Readonly<Partial<Record<GalleryCase, FileTaskState>>> = {
  troubled: { state: 'running', file: 'records-2026-11-21.csv', done: 412_000, of: 1_000_000, rows: 409_377 },
};

/** What the gallery's terminal answers about the records page. */
export const recordsFixture: AreaFixture<typeof ADMIN_RECORDS_CHANNELS> = {
  'admin:records': ({ filter, order, after, limit }, which) => {
    const found = rowsOf(which).filter((row) => fits(row, filter));
    const sorted = order === 'newest' ? found : found.toReversed();
    const from = after === null ? 0 : sorted.findIndex((row) => row.receipt === after.seq) + 1;
    const rows = sorted.slice(from, from + limit);
    const last = rows.at(-1);
    const next = last && from + limit < sorted.length ? { atMs: last.startedAtMs, seq: last.receipt } : null;
    return ok({ rows, next, sinceMs: null });
  },
  'admin:record-count': ({ filter }, which) =>
    which === 'troubled'
      ? ok({ count: 10_000, more: true })
      : ok({ count: rowsOf(which).filter((row) => fits(row, filter)).length, more: false }),
  'admin:record': ({ certifyId }) => ok(sheetOf(certifyId)),
  'admin:record-evidence': () =>
    ok({
      keptUntilMs: NOW_MS + 3 * DAY_MS,
      portrait: painted('#e7e3da'),
      best: [painted('#8d9499'), painted('#7f878c')],
    }),
  'admin:export-records': () => ok({ state: 'written', file: 'records-2026-11-21.csv', rows: ROWS.length }),
  'admin:record-export': (_request, which) => ok(EXPORTS[which] ?? { state: 'idle' }),
  'admin:cancel-record-export': () => ok({ state: 'cancelled', file: 'records-2026-11-21.csv' }),
};
