import { failure, type Failure } from '../../../shared/reasons.ts';

/** Nothing listens there, or what listened has gone. */
export function serviceMissing(detail: string): Failure {
  return failure('reader.service-missing', detail);
}

/** What answered is not the service, or another version of it. @param what the field or the part, never its value. */
export function serviceMalformed(what: string): Failure {
  return failure('reader.service-malformed', what);
}

/** No answer within the time that the call has; the service may be there. */
export function serviceSlow(): Failure {
  return failure('reader.service-slow', 'no answer in time');
}

/** The service says that it can't read now. */
export function serviceRefused(detail: string): Failure {
  return failure('reader.service-refused', detail);
}
