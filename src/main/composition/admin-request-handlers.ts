import { ok } from '../../shared/result.ts';
import type { AdminHandlers } from './admin-handlers.ts';
import type { RequestServices } from './request-services.ts';

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
}

/** Requests of callers, as the staff sees them. */
export function requestHandlers({
  book,
  desk,
  results,
  runner,
  onCalled,
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
    'admin:request-result': ({ certifyId }) => results.ofCertification(certifyId),
  };
}
