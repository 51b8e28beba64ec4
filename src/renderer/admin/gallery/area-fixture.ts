import type { AdminAnswers, AdminChannel } from '../../../shared/ipc/admin.ts';
import type { Failure } from '../../../shared/reasons.ts';
import type { Result } from '../../../shared/result.ts';
import type { AdminRequest } from '../admin-request.ts';
import type { GalleryCase } from './gallery-case.ts';

/** The answers to one area's channels, in each case of the gallery. */
export type AreaFixture<Channels> = {
  readonly [C in keyof Channels & AdminChannel]: (
    request: AdminRequest<C>,
    which: GalleryCase,
  ) => Result<AdminAnswers[C], Failure> | Promise<Result<AdminAnswers[C], Failure>>;
};
