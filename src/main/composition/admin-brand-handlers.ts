import type { ADMIN_BRAND_CHANNELS } from '../../shared/ipc/admin-brand.ts';
import type { AdminHandlers, AdminParts } from './admin-handlers.ts';

/** What may be asked and changed of the look of the windows. */
export function brandHandlers(parts: AdminParts): Pick<AdminHandlers, keyof typeof ADMIN_BRAND_CHANNELS> {
  const { settings } = parts.installation;
  return {
    'admin:brand': () => settings.read('brand'),
    'admin:save-brand': (brand) => {
      const saved = settings.write('brand', brand);
      if (saved.ok) parts.onSettings();
      return saved;
    },
  };
}
