import type { Clock } from '../../shared/clock.ts';
import { reasonOnScreen, staffCallState, type StaffCall, type StaffCallState } from '../../shared/domain/staff-call.ts';
import type { KioskView } from '../../shared/ipc/kiosk-view.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { AuditLog } from '../store/audit-log.ts';

/** An answered call is over after this, so that the next person can call. */
export const ANSWERED_CALL_MS = 120_000;

/** Calls from the kiosk to its staff: one at a time, since there is one kiosk and one person before it. */
export interface StaffCalls {
  /** The person before the kiosk asks for help. A call that waits already stays as it is. */
  call(view: KioskView): Result<StaffCall, Failure>;
  /** Somebody comes. Fails with `request.invalid` where this call is over. */
  answer(callId: string): Result<null, Failure>;
  current(): StaffCall | null;
  /** For the kiosk's own screen. */
  state(): StaffCallState;
  onChange(listener: () => void): void;
}

export interface StaffCallParts {
  readonly clock: Clock;
  readonly startTimer: (run: () => void, delayMs: number) => () => void;
  readonly newCallId: () => string;
  readonly audit: Pick<AuditLog, 'append'>;
}

/** In memory alone. An answer counts once it is in the audit log; a call counts even where that can't be written. */
export function createStaffCalls({ clock, startTimer, newCallId, audit }: StaffCallParts): StaffCalls {
  const listeners: (() => void)[] = [];
  let current: StaffCall | null = null;
  let cancelEnd: () => void = () => undefined;

  function become(next: StaffCall | null): void {
    current = next;
    for (const listener of listeners) listener();
  }

  return {
    call: (view) => {
      if (current !== null && current.answeredAtMs === null) return ok(current);
      const call: StaffCall = {
        callId: newCallId(),
        sinceMs: clock.wallMs(),
        screen: view.screen,
        reason: reasonOnScreen(view),
        certifyId: view.certifyId,
        answeredAtMs: null,
      };
      const { callId, screen, reason, certifyId } = call;
      // Somebody waits for help: a log that can't be written is no reason to leave them standing there.
      void audit.append('staff.called', { callId, screen, reason, certifyId });
      cancelEnd();
      become(call);
      return ok(call);
    },
    answer: (callId) => {
      if (current?.callId !== callId) return err(failure('request.invalid', 'this call is over'));
      if (current.answeredAtMs !== null) return ok(null);
      const answeredAtMs = clock.wallMs();
      const logged = audit.append('staff.call-answered', { callId, waitedMs: answeredAtMs - current.sinceMs });
      if (!logged.ok) return logged;
      become({ ...current, answeredAtMs });
      cancelEnd = startTimer(() => become(null), ANSWERED_CALL_MS);
      return ok(null);
    },
    current: () => current,
    state: () => staffCallState(current),
    onChange: (listener) => void listeners.push(listener),
  };
}
