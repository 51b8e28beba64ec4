import type { KioskView } from '../../shared/ipc/kiosk-view.ts';
import type { SettingsStore } from '../settings/settings.ts';

/** Whether a travel document is asked for, and the reader for its lower edge types like a keyboard. */
export function readsSwipedKeys(view: KioskView, settings: Pick<SettingsStore, 'read'>): boolean {
  if (view.screen !== 'document-capture' || view.page !== 'travel-document') return false;
  const devices = settings.read('documents');
  return devices.ok && devices.value.zoneReader?.kind === 'keyboard';
}
