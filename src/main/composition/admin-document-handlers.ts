import type { ADMIN_DOCUMENT_CHANNELS } from '../../shared/ipc/admin-documents.ts';
import { failure } from '../../shared/reasons.ts';
import { err, ok } from '../../shared/result.ts';
import type { AdminHandlers, AdminParts } from './admin-handlers.ts';

/** Reading documents at the counter, and what they are read with. */
export function documentHandlers({
  installation,
}: Pick<AdminParts, 'installation'>): Pick<AdminHandlers, keyof typeof ADMIN_DOCUMENT_CHANNELS> {
  const { settings } = installation;
  const unavailable = () => err(failure('inference.unavailable', 'no text models'));
  return {
    'admin:document-devices': () => settings.read('documents'),
    'admin:save-document-devices': (devices) => settings.write('documents', devices),
    'admin:read-document': unavailable,
    'admin:document-frame': unavailable,
    'admin:confirm-document': unavailable,
    'admin:drop-document': () => ok(null),
    'admin:chip-readers': () => ok([]),
    'admin:read-chip': unavailable,
    'admin:chip-progress': () => ok({ progress: null, zone: null }),
  };
}
