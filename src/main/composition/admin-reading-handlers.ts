import type { AdminAnswers } from '../../shared/ipc/admin.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { AdminHandlers, AdminParts } from './admin-handlers.ts';
import { readerSetup } from './reader-setup.ts';

export type ReadingChannel =
  | 'admin:detect-readers'
  | 'admin:diagnose-reader'
  | 'admin:card-reading'
  | 'admin:save-card-reading'
  | 'admin:try-photo-decoder';

const BUSY = failure('request.invalid', 'a certification is running: wait until it has ended');

/** Finding and examining readers, and what of a card is read. */
export function readingHandlers(
  parts: Pick<AdminParts, 'installation' | 'reader' | 'busy' | 'demo'>,
): Pick<AdminHandlers, ReadingChannel> {
  const { reader } = parts;
  const { settings } = parts.installation;

  function reading(): Result<AdminAnswers['admin:card-reading'], Failure> {
    const decoding = settings.read('photo-decoding');
    if (!decoding.ok) return decoding;
    const asked = settings.read('card-reading');
    return asked.ok ? ok({ reading: asked.value, decoding: decoding.value }) : asked;
  }

  return {
    'admin:detect-readers': () => (parts.busy() ? err(BUSY) : reader.detect()),
    'admin:diagnose-reader': ({ transport }) => {
      if (parts.busy()) return err(BUSY);
      const now = reading();
      return now.ok ? reader.diagnose(transport, now.value.decoding) : now;
    },
    'admin:card-reading': reading,
    'admin:save-card-reading': async ({ reading: asked, decoding }) => {
      if (parts.busy()) return err(BUSY);
      const savedDecoding = settings.write('photo-decoding', decoding);
      if (!savedDecoding.ok) return savedDecoding;
      const saved = settings.write('card-reading', asked);
      if (!saved.ok) return saved;
      const setup = readerSetup(settings, reader.status().transport, parts.demo);
      if (!setup.ok) return setup;
      await reader.configure(setup.value);
      return reading();
    },
    'admin:try-photo-decoder': ({ decoding }) => (parts.busy() ? err(BUSY) : reader.tryPhotoDecoder(decoding)),
  };
}
