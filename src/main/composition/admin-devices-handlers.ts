import type { ADMIN_DEVICES_CHANNELS } from '../../shared/ipc/admin-devices.ts';
import { failure } from '../../shared/reasons.ts';
import { err, ok } from '../../shared/result.ts';
import type { AdminHandlers, AdminParts } from './admin-handlers.ts';

/** What the camera overlay, sound and the printer may ask. */
export function devicesHandlers(parts: AdminParts): Pick<AdminHandlers, keyof typeof ADMIN_DEVICES_CHANNELS> {
  const { settings } = parts.installation;
  return {
    'admin:quality-frame': async (frame) => {
      // The models belong to whoever stands before the kiosk.
      if (parts.busy()) return err(failure('setup.not-idle', 'a certification is running'));
      return parts.qualityPreview.look(frame);
    },
    'admin:end-quality': async () => {
      await parts.qualityPreview.close();
      return ok(null);
    },
    'admin:peripherals': () => settings.read('peripherals'),
    'admin:save-peripherals': (peripherals) => {
      const written = settings.write('peripherals', peripherals);
      if (written.ok) parts.onSettings();
      return written;
    },
    'admin:printers': () => parts.receiptPrinter.list(),
    'admin:print-test': ({ printer, paperWidthMm }) => parts.receiptPrinter.printTest(printer, paperWidthMm),
    'admin:microphone-test': ({ on }) => ok({ forMs: parts.microphoneTest.set(on) }),
  };
}
