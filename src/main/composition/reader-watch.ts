import type { KioskView } from '../../shared/ipc/kiosk-view.ts';
import type { ReaderStatus } from '../../shared/ipc/admin.ts';
import type { FailureCode } from '../../shared/reasons.ts';
import type { StartTimer } from '../certification/ports/start-timer.ts';

/** A reader that is away for less is being plugged in, or the kiosk has just started. */
export const READER_GRACE_MS = 5_000;

export interface ReaderWatchParts {
  readonly startTimer: StartTimer;
  readonly status: () => Pick<ReaderStatus, 'state' | 'failure'>;
  readonly view: () => Pick<KioskView, 'screen'>;
  /** Whether nobody can be certified without a reader. */
  readonly isNeeded: () => boolean;
  readonly outOfService: (reason: FailureCode) => void;
  readonly backInService: () => void;
}

/**
 * Takes the kiosk out of service while nobody is at it and the reader that it needs is away, so that nobody starts in
 * vain; and brings it back. A certification that runs is left to its own way of ending.
 *
 * @returns has to be called whenever the reader, the view or the settings have changed.
 */
export function watchReader(parts: ReaderWatchParts): () => void {
  let cancel: (() => void) | null = null;
  const isMissed = (): boolean => parts.isNeeded() && parts.status().state !== 'ready';
  const giveUp = (): void => {
    cancel = null;
    if (!isMissed() || parts.view().screen !== 'attract') return;
    parts.outOfService(parts.status().failure?.code ?? 'reader.missing');
  };
  return () => {
    if (isMissed()) {
      if (parts.view().screen === 'attract') cancel ??= parts.startTimer(giveUp, READER_GRACE_MS);
      return;
    }
    cancel?.();
    cancel = null;
    if (parts.view().screen === 'maintenance') parts.backInService();
  };
}
