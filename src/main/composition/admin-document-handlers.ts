import { v4 as randomId } from 'uuid';
import type { DocumentReading } from '../../shared/domain/document-reading.ts';
import type { ADMIN_DOCUMENT_CHANNELS } from '../../shared/ipc/admin-documents.ts';
import { failure } from '../../shared/reasons.ts';
import { err, ok } from '../../shared/result.ts';
import type { DocumentInference } from '../certification/ports/document-inference.ts';
import { localDayOf } from '../store/local-day.ts';
import type { AdminHandlers, AdminParts } from './admin-handlers.ts';
import { clerkCorrections } from './document-desk.ts';
import type { TravelDocumentService } from './travel-document-service.ts';

const BUSY = failure('request.invalid', 'a certification is running: wait until it has ended');
const WATCH_ID = 'admin';

export interface DocumentHandlerParts extends Pick<AdminParts, 'installation' | 'busy' | 'clock' | 'onSettings'> {
  readonly documents: DocumentInference;
  readonly travelDocuments: TravelDocumentService;
}

/** Reading documents at the counter, and what they are read with. */
export function documentHandlers({
  installation,
  documents,
  travelDocuments,
  busy,
  clock,
  onSettings,
}: DocumentHandlerParts): Pick<AdminHandlers, keyof typeof ADMIN_DOCUMENT_CHANNELS> {
  const { settings, audit } = installation;
  /** What the clerk is looking at; pictures and fields go with it. */
  let open: { readonly id: string; readonly reading: DocumentReading } | null = null;
  const today = (): string => localDayOf(clock.wallMs());

  return {
    'admin:document-devices': () => settings.read('documents'),
    'admin:save-document-devices': async (devices) => {
      if (busy()) return err(BUSY);
      const saved = settings.write('documents', devices);
      if (!saved.ok) return saved;
      onSettings();
      const configured = await travelDocuments.configure(saved.value);
      return configured.ok ? saved : configured;
    },
    'admin:read-document': async ({ page, image }) => {
      if (busy()) return err(BUSY);
      open = null;
      void documents.endWatch(WATCH_ID);
      const read = await documents.read(image, page, today());
      if (!read.ok) return read;
      open = { id: randomId(), reading: read.value };
      return ok({ readingId: open.id, reading: read.value });
    },
    'admin:document-frame': ({ page, ...frame }) => (busy() ? err(BUSY) : documents.watch(WATCH_ID, page, frame)),
    'admin:confirm-document': ({ readingId, values }) => {
      if (open?.id !== readingId)
        return err(failure('request.invalid', 'this reading is gone: read the document again'));
      const corrections = clerkCorrections(open.reading, values, today());
      if (!corrections.ok) return corrections;
      const changed = corrections.value.filter(({ action }) => action === 'changed');
      const noted = audit.append('document.confirmed', {
        page: open.reading.page,
        by: 'clerk',
        confirmed: fieldNames(corrections.value.filter(({ action }) => action === 'confirmed')),
        changed: fieldNames(changed),
        warnings: open.reading.warnings
          .filter(({ raised }) => raised)
          .map(({ kind }) => kind)
          .join(' '),
      });
      if (!noted.ok) return noted;
      open = null;
      return ok({ corrections: corrections.value });
    },
    'admin:drop-document': () => {
      open = null;
      void documents.endWatch(WATCH_ID);
      return ok(null);
    },
    'admin:chip-readers': () => travelDocuments.listReaders(),
    'admin:read-chip': async ({ key }) => {
      if (busy()) return err(BUSY);
      return travelDocuments.read(key, new AbortController().signal, () => undefined);
    },
    'admin:chip-progress': () => ok({ progress: travelDocuments.progress(), zone: travelDocuments.takeSwiped() }),
  };
}

function fieldNames(corrections: readonly { readonly field: string }[]): string {
  return corrections.map(({ field }) => field).join(' ');
}
