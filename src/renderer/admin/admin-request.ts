import type { z } from 'zod';
import type { AdminChannel, ADMIN_CHANNELS } from '../../shared/ipc/admin.ts';

/** What a channel of the admin window is asked with. */
export type AdminRequest<C extends AdminChannel> = z.input<(typeof ADMIN_CHANNELS)[C]>;
