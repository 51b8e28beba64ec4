import { EVERY_RECORD, type RecordFilter } from '../../shared/domain/record-search.ts';
import { hasRight, type StaffMember } from '../../shared/domain/staff.ts';
import type { ADMIN_RECORDS_CHANNELS } from '../../shared/ipc/admin-records.ts';
import type { FileTaskState } from '../../shared/ipc/file-task.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { AuditDetail } from '../store/audit-log.ts';
import { localDayOf } from '../store/local-day.ts';
import { exportRecords } from '../store/record-export.ts';
import { createRecordSearch } from '../store/record-search.ts';
import type { AdminHandlers, AdminParts } from './admin-handlers.ts';
import { createFileTask } from './file-task.ts';
import { recordEvidence } from './record-evidence.ts';
import { evidenceEnd, recordSheet } from './record-sheet.ts';
import { admitSight, narrowed, sightSince } from './record-sight.ts';

type RecordsHandlers = Pick<AdminHandlers, keyof typeof ADMIN_RECORDS_CHANNELS>;
type RecordsParts = Pick<AdminParts, 'installation' | 'clock' | 'chooseFile'>;

/** What the records page may ask. */
export function recordsHandlers(parts: RecordsParts): RecordsHandlers {
  const { installation, clock } = parts;
  const { database, queries } = installation;
  const search = createRecordSearch(database);
  let counting: AbortController | null = null;

  /** Whoever is served; the guard has let nobody else in. */
  function viewer(): Result<StaffMember & { readonly sinceMs: number | null }, Failure> {
    const staff = installation.serving.staff();
    if (staff === null) return err(failure('staff.signed-out'));
    return ok({ ...staff, sinceMs: sightSince(staff, clock.wallMs()) });
  }

  return {
    'admin:records': async ({ filter, order, after, limit }) => {
      const asking = viewer();
      if (!asking.ok) return asking;
      const { sinceMs } = asking.value;
      const page = await search.page({ filter: narrowed(filter, sinceMs), order, after, limit });
      return page.ok ? ok({ ...page.value, sinceMs }) : page;
    },
    'admin:record-count': ({ filter }) => {
      const asking = viewer();
      if (!asking.ok) return asking;
      counting?.abort();
      counting = new AbortController();
      return search.count(narrowed(filter, asking.value.sinceMs), counting.signal);
    },
    'admin:record': ({ certifyId, receipt }) => {
      const asking = viewer();
      if (!asking.ok) return asking;
      const detail = queries.show(certifyId);
      if (!detail.ok) return detail;
      const { record, receiptHash } = detail.value;
      const seen = { startedAtMs: record.startedAtMs, certifyId, receiptHash };
      const admitted = admitSight(seen, receipt, asking.value.sinceMs);
      if (!admitted.ok) return admitted;
      const sheet = {
        database,
        queries,
        staff: installation.staff,
        sceneName: (sceneId: string) => sceneNameOf(parts, sceneId),
      };
      return recordSheet(sheet, detail.value, hasRight(asking.value.role, 'see-evidence'));
    },
    'admin:record-evidence': ({ certifyId }) =>
      recordEvidence(
        { vault: installation.vault, audit: installation.audit, endOf: (id) => evidenceEnd(database, id) },
        certifyId,
      ),
    ...exportHandlers(parts),
  };
}

function sceneNameOf({ installation }: RecordsParts, sceneId: string): string {
  const scene = installation.scenes.scene(sceneId);
  return scene.ok ? scene.value.name : sceneId;
}

function exportHandlers({
  installation,
  clock,
  chooseFile,
}: RecordsParts): Pick<RecordsHandlers, 'admin:export-records' | 'admin:record-export' | 'admin:cancel-record-export'> {
  const { database, audit, serving, staff } = installation;
  const task = createFileTask(chooseFile);
  return {
    'admin:export-records': ({ filter }) => {
      const by = serving.staff()?.staffId ?? null;
      const asked = filterDetail(filter);
      return task.start({
        name: `records-${localDayOf(clock.wallMs())}.csv`,
        kind: 'csv',
        begin: () => {
          // Choosing a place takes as long as it takes: by now they may have left.
          const still = staff.admit('admin', 'export-records', true);
          return still.ok ? audit.append('records.export-began', asked) : still;
        },
        pieces: () => exportRecords(database, filter),
        // It ends when nobody is served any more; the file is there whether or not this can be written.
        end: (state) => void audit.append('records.exported', { ...exportDetail(state), ...asked, by }),
      });
    },
    'admin:record-export': () => ok(task.state()),
    'admin:cancel-record-export': () => ok(task.cancel()),
  };
}

/** What an export was narrowed by, without what was looked for: that may be somebody's name. */
function filterDetail({ search, ...filter }: RecordFilter): AuditDetail {
  const asked = Object.entries(filter).filter(([name, value]) => value !== EVERY_RECORD[name as keyof RecordFilter]);
  return { ...Object.fromEntries(asked), ...(search === null ? {} : { searchedBy: search.by }) };
}

/** For the audit log, without the file's name; whatever was neither written nor failed counts as cancelled. */
export function exportDetail(state: FileTaskState): AuditDetail {
  switch (state.state) {
    case 'written':
      return { outcome: 'written', rows: state.rows };
    case 'failed':
      return { outcome: 'failed', why: state.failure.code };
    default:
      return { outcome: 'cancelled' };
  }
}
