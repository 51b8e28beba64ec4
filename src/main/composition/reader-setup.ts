import type { ReaderTransport } from '../../shared/domain/reader-transport.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { SettingsStore } from '../settings/settings.ts';
import type { ReaderSetup } from './reader-service.ts';

/** A reader with all that the settings say of reading. Fails with the failure of a setting that can't be read. */
export function readerSetup(
  settings: SettingsStore,
  transport: ReaderTransport | null,
  simulated: boolean,
): Result<ReaderSetup, Failure> {
  const photoDecoding = settings.read('photo-decoding');
  if (!photoDecoding.ok) return photoDecoding;
  const cardReading = settings.read('card-reading');
  if (!cardReading.ok) return cardReading;
  return ok({ transport, simulated, photoDecoding: photoDecoding.value, cardReading: cardReading.value });
}
