import type { CertificationRequest } from '../../shared/domain/certification-request.ts';
import type { Scheme } from '../../shared/domain/scheme.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { RequestDesk } from '../certification/ports/request-desk.ts';
import type { RequestBook } from '../requests/request-book.ts';
import type { CalledRequest } from '../store/called-request.ts';

export interface CallingDesk extends RequestDesk {
  /** Lets the next visitor carry out a waiting request; null takes it back. */
  call(requestId: string | null): Result<null, Failure>;
}

export interface RequestDeskParts {
  readonly book: Pick<RequestBook, 'find' | 'begin'>;
  readonly calledRequest: CalledRequest;
  readonly resolve: (sceneId: string) => Result<{ readonly scheme: Scheme }, Failure>;
  readonly nowMs: () => number;
}

/** Requests as the kiosk and its staff see them. */
export function createRequestDesk({ book, calledRequest, resolve, nowMs }: RequestDeskParts): CallingDesk {
  function called(): CertificationRequest | null {
    const requestId = calledRequest.read();
    if (!requestId.ok || requestId.value === null) return null;
    const request = book.find(requestId.value);
    return request.ok && isOpen(request.value) ? request.value : null;
  }

  function isOpen({ state, expiresAtMs }: CertificationRequest): boolean {
    return state === 'waiting' && nowMs() < expiresAtMs;
  }

  return {
    called,
    call: (requestId) => {
      if (requestId === null) return calledRequest.write(null);
      const request = book.find(requestId);
      if (!request.ok) return request;
      if (!isOpen(request.value)) {
        const { state } = request.value;
        return err(failure(state === 'running' || state === 'submitted' ? 'request.used' : 'request.expired'));
      }
      const resolved = resolve(request.value.sceneId);
      if (!resolved.ok) return resolved;
      if (resolved.value.scheme.actor === 'caller') {
        return err(failure('request.invalid', `scheme: ${resolved.value.scheme.id} needs nobody at the kiosk`));
      }
      return calledRequest.write(requestId);
    },
    begin: (requestId, certifyId) => {
      const begun = book.begin(requestId, certifyId);
      if (!begun.ok) return begun;
      const { request, inputs } = begun.value;
      return ok({ requestId, orderId: request.orderId, inputs });
    },
  };
}
