import type { Clock } from '../../shared/clock.ts';
import type { OpenHandOff } from '../../shared/domain/hand-off.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import type { FlowEvent } from './flow-event.ts';
import type { Run } from './run.ts';
import type { HandOffDesk } from './ports/hand-off-desk.ts';
import type { StartTimer } from './ports/start-timer.ts';
import { identityOf } from './run-facts.ts';
import { HAND_OFF_LOOK_MS } from './timing.ts';

/** Opens a page for somebody's phone and looks what becomes of it. */
export interface HandOffWork {
  open(run: Run): Promise<void>;
  /** Nobody waits any more; what has not ended by itself is closed. */
  close(): void;
  /** How long the page still lives; null while none is open. */
  secondsLeft(): number | null;
}

/**
 * One hand-off at a time. What becomes of it is dispatched, its failures and `handoff.expired` as `step-failed`; a page
 * that opens after `close` is closed again.
 */
export function createHandOffWork(parts: {
  readonly desk: HandOffDesk;
  readonly clock: Clock;
  readonly startTimer: StartTimer;
  readonly dispatch: (event: FlowEvent) => void;
  /** Why whoever is at their phone can not pass any more, by what has happened meanwhile. */
  readonly refusal: () => Failure | null;
  /** Somebody is at their phone. */
  readonly onPerson: () => void;
  /** Time has passed that the screen counts. */
  readonly onLook: () => void;
}): HandOffWork {
  const { desk, clock, startTimer, dispatch } = parts;
  let waiting: { readonly certifyId: string; opened: OpenHandOff | null; ended: boolean; cancel: () => void } | null =
    null;

  function look(mine: NonNullable<typeof waiting>, opened: OpenHandOff): void {
    mine.cancel = startTimer(() => void lookOnce(mine, opened), HAND_OFF_LOOK_MS);
  }

  /** A look that fails says nothing about the person: it is repeated until the page is too old. */
  async function lookOnce(mine: NonNullable<typeof waiting>, opened: OpenHandOff): Promise<void> {
    const { certifyId } = mine;
    const seen = await desk.look(opened);
    if (waiting !== mine) return;
    if (seen.ok) {
      mine.ended = seen.value.state === 'ended';
      if (seen.value.state === 'opened') parts.onPerson();
      const refused = mine.ended ? parts.refusal() : null;
      dispatch({ type: 'hand-off-seen', certifyId, state: seen.value, ...(refused ? { refused } : {}) });
      if (mine.ended) return;
    }
    parts.onLook();
    if (clock.wallMs() >= opened.expiresAtMs) {
      dispatch({ type: 'step-failed', certifyId, failure: failure('handoff.expired') });
    } else look(mine, opened);
  }

  return {
    secondsLeft: () =>
      waiting?.opened ? Math.max(0, Math.ceil((waiting.opened.expiresAtMs - clock.wallMs()) / 1000)) : null,
    open: async (run) => {
      const { certifyId } = run;
      const mine: NonNullable<typeof waiting> = {
        certifyId,
        opened: null,
        ended: false,
        cancel: () => undefined,
      };
      waiting = mine;
      const identity = identityOf(run);
      const opened = await desk.open(run, identity && { name: identity.name, number: identity.number });
      if (waiting !== mine) {
        if (opened.ok) void desk.close(opened.value);
        return;
      }
      if (!opened.ok) return dispatch({ type: 'step-failed', certifyId, failure: opened.error });
      mine.opened = opened.value;
      dispatch({ type: 'hand-off-opened', certifyId, opened: opened.value });
      look(mine, opened.value);
    },
    close: () => {
      const left = waiting;
      waiting = null;
      left?.cancel();
      if (left?.opened && !left.ended) void desk.close(left.opened);
    },
  };
}
