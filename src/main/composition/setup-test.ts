import type { Clock } from '../../shared/clock.ts';
import type { SetupTest } from '../../shared/ipc/admin-setup.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { CertificationService } from '../certification/service-contract.ts';

/** A certification that tries the terminal out, from its start to its committed record. */
export interface SetupTestDesk {
  status(): SetupTest;
  /** Begins one on the kiosk, or says why none begins; one that runs already is followed on. */
  start(): Result<SetupTest, Failure>;
  /** Breaks the running one off; its record says so. */
  stop(): SetupTest;
}

/** Follows tests on the kiosk. Only what was committed as a test of this desk is ever shown. */
export function createSetupTest(
  service: Pick<CertificationService, 'startTest' | 'act' | 'view' | 'onRecord'>,
  clock: Clock,
): SetupTestDesk {
  let test: SetupTest = { state: 'none' };
  // Trying again on the kiosk is a test too, with an id of its own.
  service.onRecord((record) => {
    if (record.test !== true) return;
    test = {
      state: 'ended',
      certifyId: record.certifyId,
      verdict: record.verdict.state,
      reason: record.verdict.reason,
      detail: record.detail ?? null,
      tookMs: record.decidedAtMs - record.startedAtMs,
      simulated: record.simulated,
    };
  });

  function status(): SetupTest {
    const { certifyId, screen, test: isTest } = service.view();
    const runs = isTest === true && certifyId !== null;
    if (runs && test.state === 'running') {
      return { ...test, certifyId, screen };
    }
    // Somebody has tried again on the kiosk.
    if (runs && test.state === 'ended' && test.certifyId !== certifyId) {
      test = { state: 'running', certifyId, screen, startedAtMs: clock.wallMs() };
    }
    return test;
  }

  return {
    status,
    start: () => {
      const now = status();
      if (now.state === 'running' && service.view().certifyId !== null) return ok(now);
      const begun = service.startTest();
      if (!begun.ok) return begun;
      const startedAtMs = clock.wallMs();
      test = { state: 'running', certifyId: begun.value, screen: service.view().screen, startedAtMs };
      return ok(status());
    },
    stop: () => {
      if (service.view().test === true) service.act({ type: 'cancel' });
      return status();
    },
  };
}
