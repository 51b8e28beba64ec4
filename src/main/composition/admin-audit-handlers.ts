import type { ADMIN_AUDIT_CHANNELS } from '../../shared/ipc/admin-audit.ts';
import { ok } from '../../shared/result.ts';
import { createAuditBrowse } from '../store/audit-browse.ts';
import { exportAudit } from '../store/audit-export.ts';
import { localDayOf } from '../store/local-day.ts';
import type { AdminHandlers, AdminParts } from './admin-handlers.ts';
import { exportDetail } from './admin-records-handlers.ts';
import type { AuditCheck } from './audit-check.ts';
import { createFileTask } from './file-task.ts';

/** What the audit page may ask. */
export function auditHandlers(
  { installation, clock, chooseFile }: Pick<AdminParts, 'installation' | 'clock' | 'chooseFile'>,
  check: AuditCheck,
): Pick<AdminHandlers, keyof typeof ADMIN_AUDIT_CHANNELS> {
  const { audit, database, identity, keys, serving, staff } = installation;
  const browse = createAuditBrowse(database);
  const task = createFileTask(chooseFile);
  return {
    'admin:audit': ({ filter, before, limit }) => browse.page(filter, before, limit),
    'admin:audit-choices': () => {
      const kinds = browse.kinds();
      if (!kinds.ok) return kinds;
      const names = staff.names();
      if (!names.ok) return names;
      return ok({ kinds: kinds.value, staff: [...names.value].map(([staffId, name]) => ({ staffId, name })) });
    },
    'admin:verify-audit': () => check.run(),
    'admin:audit-check': () => ok(check.state()),
    'admin:cancel-audit-check': () => ok(check.cancel()),
    'admin:export-audit': () => {
      const by = serving.staff()?.staffId ?? null;
      return task.start({
        name: `audit-${localDayOf(clock.wallMs())}.jsonl`,
        kind: 'jsonl',
        begin: () => {
          // Choosing a place takes as long as it takes: by now they may have left.
          const still = staff.admit('admin', 'export-audit', true);
          return still.ok ? audit.append('audit.export-began', {}) : still;
        },
        pieces: () =>
          exportAudit({
            path: database.name,
            databaseKey: keys.database,
            head: {
              countersign: 'audit',
              v: 1,
              deviceId: identity.deviceId(),
              publicKey: { kty: 'OKP', crv: 'Ed25519', x: identity.publicKeyJwk.x },
              exportedAtMs: clock.wallMs(),
            },
            sign: (text) => identity.sign(text),
          }),
        end: (state) => void audit.append('audit.exported', { ...exportDetail(state), by }),
      });
    },
    'admin:audit-export': () => ok(task.state()),
    'admin:cancel-audit-export': () => ok(task.cancel()),
  };
}
