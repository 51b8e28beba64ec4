import type { ADMIN_AUDIT_CHANNELS, AuditChoices, AuditFilter, AuditLine } from '../../../shared/ipc/admin-audit.ts';
import { ok } from '../../../shared/result.ts';
import type { AreaFixture } from './area-fixture.ts';
import { NOW_MS } from './fixture-records.ts';
import type { GalleryCase } from './gallery-case.ts';

const STAFF: AuditChoices['staff'] = [
  { staffId: '019aa0c0-0000-4000-8000-00000000a001', name: '李复核' },
  { staffId: '019aa0c0-0000-4000-8000-00000000a002', name: '王店长' },
];
const CERTIFY_ID = '019aa0c0-0000-7000-8000-000000000003';
const ENTRIES = 4_127;

type Happened = readonly [kind: string, detail: AuditLine['detail'], who: number | null];

const CYCLE: readonly Happened[] = [
  ['certification.committed', { certifyId: CERTIFY_ID, recordHash: '9e'.repeat(32), state: 'passed' }, null],
  ['evidence.shown', { certifyId: CERTIFY_ID }, 0],
  ['review.decided', { certifyId: CERTIFY_ID, revision: 1, decision: 'approved', reason: 'seen-in-person' }, 0],
  ['setting.changed', { name: 'site', valueHash: 'c4'.repeat(32) }, 1],
  ['staff.signed-in', { staffId: STAFF[1]?.staffId ?? '', window: 'admin' }, null],
  ['sync.confirmed', { records: 12 }, null],
  ['records.exported', { outcome: 'written', rows: 312, state: 'failed' }, 1],
  ['clock.jumped', { byMs: -86_400_000 }, null],
  ['vendor.extension', { name: '<b>=cmd|x</b>', text: '\u202Etxet' }, null],
];

function lineOf(seq: number): AuditLine {
  const [kind, detail, who] = CYCLE[(ENTRIES - seq) % CYCLE.length] ?? ['setting.changed', {}, null];
  const said = who === null ? detail : { ...detail, by: STAFF[who]?.staffId ?? '' };
  const atMs = NOW_MS - (ENTRIES - seq) * 71_000;
  return { seq, kind, atMs, detail: said, raw: JSON.stringify({ atMs, detail: said, kind }) };
}

function fits({ kind, staffId, fromMs, toMs }: AuditFilter, line: AuditLine): boolean {
  if (kind !== null && line.kind !== kind) return false;
  if (staffId !== null && line.detail['by'] !== staffId) return false;
  return (fromMs === null || line.atMs >= fromMs) && (toMs === null || line.atMs < toMs);
}

function pageOf(filter: AuditFilter, before: number | null, limit: number, which: GalleryCase) {
  const entries: AuditLine[] = [];
  const newest = which === 'empty' ? 0 : Math.min(ENTRIES, (before ?? ENTRIES + 1) - 1);
  for (let seq = newest; seq > 0 && entries.length <= limit; seq -= 1) {
    const line = lineOf(seq);
    if (fits(filter, line)) entries.push(line);
  }
  const shown = entries.slice(0, limit);
  return { entries: shown, next: entries.length > limit ? (shown.at(-1)?.seq ?? null) : null };
}

/** What the gallery's terminal answers about the audit page. */
export const auditFixture: AreaFixture<typeof ADMIN_AUDIT_CHANNELS> = {
  'admin:audit': ({ filter, before, limit }, which) => ok(pageOf(filter, before, limit, which)),
  'admin:audit-choices': () => ok({ kinds: CYCLE.map(([kind]) => kind).toSorted(), staff: STAFF }),
  'admin:verify-audit': (_request, which) =>
    ok(
      which === 'troubled'
        ? { entries: ENTRIES, ok: false, firstBadEntry: 3981 }
        : { entries: ENTRIES, ok: true, firstBadEntry: null },
    ),
  'admin:audit-check': (_request, which) =>
    ok(
      which === 'troubled'
        ? {
            state: 'checked',
            outcome: { entries: ENTRIES, ok: false, firstBadEntry: 3981 },
            reason: 'mac-wrong',
            atMs: NOW_MS,
          }
        : which === 'empty'
          ? { state: 'never' }
          : {
              state: 'checked',
              outcome: { entries: ENTRIES, ok: true, firstBadEntry: null },
              reason: null,
              atMs: NOW_MS,
            },
    ),
  'admin:cancel-audit-check': () => ok({ state: 'cancelled' }),
  'admin:export-audit': () => ok({ state: 'written', file: 'audit-2026-11-21.jsonl', rows: ENTRIES }),
  'admin:audit-export': (_request, which) =>
    ok(
      which === 'troubled'
        ? { state: 'running', file: 'audit-2026-11-21.jsonl', done: 1_800, of: ENTRIES, rows: 1_800 }
        : { state: 'idle' },
    ),
  'admin:cancel-audit-export': () => ok({ state: 'cancelled', file: 'audit-2026-11-21.jsonl' }),
};
