import type { AuditDetail, AuditLog } from '../store/audit-log.ts';
import type { Serving } from './serving.ts';

/** The audit log whose entries say by whom of the staff, while somebody is served: `by`, their id. */
export function attributedAudit(audit: AuditLog, serving: Serving): AuditLog {
  const attributed = (detail: AuditDetail): AuditDetail => {
    const staff = serving.staff();
    return staff === null || 'by' in detail ? detail : { ...detail, by: staff.staffId };
  };
  return {
    append: (kind, detail) => audit.append(kind, attributed(detail)),
    appendWithin: (kind, detail) => audit.appendWithin(kind, attributed(detail)),
    latestCheckpoint: () => audit.latestCheckpoint(),
  };
}
