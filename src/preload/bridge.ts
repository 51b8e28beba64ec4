import type { AdminAnswers, AdminChannel, ADMIN_CHANNELS } from '../shared/ipc/admin.ts';
import type { ClerkAnswers, ClerkChannel, CLERK_CHANNELS } from '../shared/ipc/clerk.ts';
import type { KioskAnswers, KioskChannel, KIOSK_CHANNELS } from '../shared/ipc/kiosk.ts';
import type { KioskView } from '../shared/ipc/kiosk-view.ts';
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
  /**
   * @param basedOn the revision of the settings that the request was made from; absent where it changes none.
   * @returns the answer, with the revision of the settings that its values are of
   */
  invoke<C extends AdminChannel>(
    channel: C,
    request: z.input<(typeof ADMIN_CHANNELS)[C]>,
    basedOn?: number | null,
  ): Promise<Result<AdminAnswers[C], Failure> & { readonly revision?: number }>;
}

/** What the clerk's page finds as `window.countersign`. */
export interface ClerkBridge {
  invoke<C extends ClerkChannel>(
    channel: C,
    request: z.input<(typeof CLERK_CHANNELS)[C]>,
  ): Promise<Result<ClerkAnswers[C], Failure>>;
  /** Calls `listener` when something may have changed; returns how to stop. */
  onChange(listener: () => void): () => void;
}
