import type { KioskView } from '../../shared/ipc/kiosk-view.ts';
import type { FailureCode } from '../../shared/reasons.ts';

export interface MaintenanceWatchParts {
  /** Whether the staff has taken the kiosk out of service; null where nobody can tell. */
  readonly wanted: () => boolean | null;
  readonly view: () => Pick<KioskView, 'screen'> & { readonly reason?: string };
  readonly outOfService: (reason: FailureCode) => void;
  readonly backInService: () => void;
}

/**
 * Takes the kiosk out of service for its staff while nobody is at it, and keeps it there: what ends another trouble
 * brings the attract screen back, and this takes it away in the same step. A certification that runs is let finish.
 *
 * @returns has to be called whenever the view or the settings have changed
 */
export function watchMaintenance(parts: MaintenanceWatchParts): () => void {
  return () => {
    const wanted = parts.wanted();
    const { screen, reason } = parts.view();
    // A setting that can't be read takes nobody out of service and brings nobody back.
    if (wanted === true && screen === 'attract') parts.outOfService('kiosk.maintenance');
    if (wanted === false && screen === 'maintenance' && reason === 'kiosk.maintenance') parts.backInService();
  };
}
