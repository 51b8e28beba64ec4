import type { StaffRight } from '../../shared/domain/staff.ts';
import type { StaffWindow } from '../../shared/ipc/staff.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, type Result } from '../../shared/result.ts';
import type { Installation } from './installation.ts';

type Handler = (request: never) => unknown;

/** What a channel needs: a right, that somebody has signed in, or nothing (null). */
export interface GuardedChannels<Channel extends string> {
  readonly window: StaffWindow;
  readonly needs: Readonly<Record<Channel, StaffRight | 'signed-in' | null>>;
  /** Asked by the window itself: they don't keep anybody signed in. */
  readonly polled: ReadonlySet<Channel>;
}

/**
 * The same handlers, each behind what it needs. Whoever is admitted is served from then on: what happens meanwhile says
 * in the audit log by whom.
 */
export function guardHandlers<Handlers extends object>(
  { staff, serving }: Pick<Installation, 'staff' | 'serving'>,
  { window, needs, polled }: GuardedChannels<keyof Handlers & string>,
  handlers: Handlers,
): Handlers {
  const guard =
    (channel: keyof Handlers & string, handler: Handler) =>
    (request: never): unknown => {
      // A channel without a line has no right that could open it.
      const need: StaffRight | 'signed-in' | null | undefined = needs[channel];
      if (need === undefined) return refused(failure('internal.bug', channel));
      if (need === null) return handler(request);
      const admitted = staff.admit(window, need === 'signed-in' ? null : need, polled.has(channel));
      return admitted.ok ? serving.run(admitted.value, () => handler(request)) : admitted;
    };
  return Object.fromEntries(
    Object.entries(handlers).map(([channel, handler]) => [
      channel,
      guard(channel as keyof Handlers & string, handler as Handler),
    ]),
  ) as Handlers;
}

function refused(why: Failure): Result<never, Failure> {
  return err(why);
}
