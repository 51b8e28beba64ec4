import type { CertificationService } from '../certification/service-contract.ts';
import type { Installation } from './installation.ts';
import { startTimer } from './timers.ts';

/** How often a store that refused a record is tried again. */
const STORE_PROBE_MS = 5000;

/** Brings the kiosk back once the store takes entries again; a damaged store stays out of service. */
export function watchStore(service: CertificationService, { audit }: Pick<Installation, 'audit'>): void {
  let probing = false;
  const probe = (): void => {
    const appended = audit.append('store.works-again', {});
    probing = !appended.ok;
    if (appended.ok) service.backInService('store');
    else startTimer(probe, STORE_PROBE_MS);
  };
  service.onView((view) => {
    const recoverable = view.screen === 'maintenance' && ['store.full', 'store.unavailable'].includes(view.reason);
    if (!recoverable || probing) return;
    probing = true;
    startTimer(probe, STORE_PROBE_MS);
  });
}
