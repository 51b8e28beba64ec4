import type { Clock } from '../../shared/clock.ts';
import { failure } from '../../shared/reasons.ts';
import { err, ok } from '../../shared/result.ts';
import type { AdminHandlers } from './admin-handlers.ts';
import { admitSight, sightSince } from './record-sight.ts';
import type { RequestServices } from './request-services.ts';
import type { Serving } from './serving.ts';

type RequestChannel =
  | 'admin:requests'
  | 'admin:make-request'
  | 'admin:call-request'
  | 'admin:run-request'
  | 'admin:withdraw-request'
  | 'admin:request-result';

export interface RequestHandlerParts extends Pick<RequestServices, 'book' | 'desk' | 'results' | 'runner'> {
  /** The kiosk shows whether a request waits for its next visitor. */
  readonly onCalled: () => void;
  readonly serving: Pick<Serving, 'staff'>;
  readonly clock: Clock;
}

/** Requests of callers, as the staff sees them. */
export function requestHandlers({
  book,
  desk,
  results,
  runner,
  onCalled,
  serving,
  clock,
}: RequestHandlerParts): Pick<AdminHandlers, RequestChannel> {
  return {
    'admin:requests': ({ offset, limit }) => {
      const page = book.list(offset, limit);
      return page.ok ? ok({ ...page.value, called: desk.called()?.requestId ?? null }) : page;
    },
    'admin:make-request': (asked) => book.make(asked),
    'admin:call-request': ({ requestId }) => {
      const called = desk.call(requestId);
      if (called.ok) onCalled();
      return called;
    },
    'admin:run-request': ({ requestId }) => runner.run(requestId),
    'admin:withdraw-request': async ({ requestId }) => {
      const withdrawn = await book.withdraw(requestId);
      if (withdrawn.ok) onCalled();
      return withdrawn;
    },
    'admin:request-result': async ({ certifyId }) => {
      const viewer = serving.staff();
      if (viewer === null) return err(failure('staff.signed-out'));
      const result = await results.ofCertification(certifyId);
      if (!result.ok) return result;
      const { decidedAtMs: startedAtMs, receiptHash } = result.value;
      const seen = { startedAtMs, certifyId, receiptHash };
      const admitted = admitSight(seen, null, sightSince(viewer, clock.wallMs()));
      return admitted.ok ? result : admitted;
    },
  };
}
