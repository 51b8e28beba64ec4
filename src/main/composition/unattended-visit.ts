import type { RequestInputs } from '../../shared/domain/certification-request.ts';
import type { CertificationRecord } from '../../shared/domain/certification.ts';
import type { KioskAction } from '../../shared/ipc/kiosk-action.ts';
import type { KioskView } from '../../shared/ipc/kiosk-view.ts';
import { failure, isFailureCode, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { CertificationService } from '../certification/service-contract.ts';

/** No visit takes longer: every step has a limit of its own. */
const LONGEST_VISIT_MS = 15 * 60_000;

type Act = Exclude<KioskAction, { type: 'open-admin' | 'open-clerk' | 'call-staff' | 'demo-choose' }>;

/** What a visitor who agrees to everything and knows what the caller gave would do on a screen; null: wait. */
export function visitorsAction(view: KioskView, inputs: RequestInputs): Act | null {
  switch (view.screen) {
    case 'guide':
      return { type: 'continue' };
    case 'consent':
      return { type: 'consent', capture: true, transmit: true };
    case 'identity-entry':
      return inputs.name !== undefined && inputs.number !== undefined
        ? { type: 'submit-identity', name: inputs.name, number: inputs.number }
        : { type: 'cancel' };
    case 'element-entry': {
      const value = inputs[view.asks];
      return value === undefined ? { type: 'cancel' } : { type: 'submit-element', value };
    }
    case 'card-photo':
      return { type: 'skip-card-photo' };
    case 'methods':
      return { type: 'choose-clerk' };
    default:
      return null;
  }
}

/**
 * Lets one visit go through the kiosk with nobody at the screen.
 *
 * @param decisionWaitMs how long a verdict of the verifier is waited for after the record is there
 * @returns the record that the visit ended with; the failure that kept it from beginning
 */
export function followVisit(
  service: Pick<CertificationService, 'act' | 'view' | 'onView' | 'onRecord'>,
  inputs: RequestInputs,
  decisionWaitMs: number,
): Promise<Result<CertificationRecord, Failure>> {
  return new Promise((resolve) => {
    let record: CertificationRecord | null = null;
    let answered: string | null = null;
    let waiting: NodeJS.Timeout | undefined;
    const giveUp = setTimeout(() => resolve(err(failure('user.timed-out'))), LONGEST_VISIT_MS);
    const done = (outcome: Result<CertificationRecord, Failure>): void => {
      clearTimeout(giveUp);
      clearTimeout(waiting);
      resolve(outcome);
    };
    const follow = (view: KioskView): void => {
      const isOver = ['result', 'other-method', 'attract', 'maintenance'].includes(view.screen);
      if (record !== null && isOver) return done(ok(record));
      if (view.screen === 'maintenance') {
        return done(err(isFailureCode(view.reason) ? failure(view.reason) : failure('internal.bug', view.reason)));
      }
      const action = visitorsAction(view, inputs);
      // A screen is answered once: what it refuses is left to its limit of time.
      const screen = `${view.screen} ${'asks' in view ? view.asks : ''}`;
      if (action === null || screen === answered) return;
      answered = screen;
      queueMicrotask(() => service.act(action));
    };
    service.onRecord((committed) => {
      record = committed;
      waiting = setTimeout(() => done(ok(committed)), decisionWaitMs);
    });
    service.onView(follow);
    const begun = service.act({ type: 'start' });
    if (!begun.ok) return done(begun);
    follow(service.view());
  });
}
