import type { AdminAnswers, AdminChannel, ADMIN_CHANNELS } from '../shared/ipc/admin.ts';
import type { KioskAnswers, KioskChannel, KIOSK_CHANNELS, KioskView } from '../shared/ipc/kiosk.ts';
import type { Failure } from '../shared/reasons.ts';
import type { Result } from '../shared/result.ts';
import type { z } from 'zod';

/** What the kiosk page finds as `window.countersign`. */
export interface KioskBridge {
  invoke<C extends KioskChannel>(
    channel: C,
    request: z.input<(typeof KIOSK_CHANNELS)[C]>,
  ): Promise<Result<KioskAnswers[C], Failure>>;
  /** Calls `listener` with every new view; returns how to stop. */
  onView(listener: (view: KioskView) => void): () => void;
}

/** What the admin page finds as `window.countersign`. */
export interface AdminBridge {
  invoke<C extends AdminChannel>(
    channel: C,
    request: z.input<(typeof ADMIN_CHANNELS)[C]>,
  ): Promise<Result<AdminAnswers[C], Failure>>;
}
