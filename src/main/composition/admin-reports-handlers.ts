import type { ADMIN_REPORTS_CHANNELS } from '../../shared/ipc/admin-reports.ts';
import { ok } from '../../shared/result.ts';
import { machineOffset } from '../store/report-place.ts';
import { createReportRows } from '../store/report-rows.ts';
import type { AdminHandlers, AdminParts } from './admin-handlers.ts';
import { readReport } from './report-desk.ts';

/** What reports may ask. */
export function reportsHandlers(
  parts: Pick<AdminParts, 'installation' | 'clock' | 'adminPaper'>,
): Pick<AdminHandlers, keyof typeof ADMIN_REPORTS_CHANNELS> {
  const { installation, clock } = parts;
  const { database, scenes } = installation;
  const rows = createReportRows(database);
  return {
    'admin:report': (request) =>
      rows.ok ? readReport({ database, rows: rows.value, scenes, clock, offsetOf: machineOffset }, request) : rows,
    'admin:print-report': async () => {
      const pdf = await parts.adminPaper();
      return pdf.ok ? ok({ pdf: pdf.value }) : pdf;
    },
  };
}
