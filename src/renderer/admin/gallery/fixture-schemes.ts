import type { RiskPolicy } from '../../../shared/domain/risk.ts';
import { ADMIN_SCHEME_CHANNELS, type FaceReturnStatus, type PrivacyStatus } from '../../../shared/ipc/admin-schemes.ts';
import type { AdminRequest } from '../admin-request.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { GalleryCase } from './gallery-case.ts';
import { fixtureExport, fixtureMetering, fixtureReconciliation } from './fixture-metering.ts';
import { fixtureDeletion, fixtureFaceReturn, fixturePrivacy } from './fixture-privacy.ts';
import { FixtureRequests, fixtureResult } from './fixture-requests.ts';
import { fixtureDryRun, fixtureRisk } from './fixture-risk.ts';
import { FixtureBook } from './fixture-scenes.ts';

export type SchemeChannel = keyof typeof ADMIN_SCHEME_CHANNELS;

/** Schemes, scenes, requests, rules, usage and privacy of the gallery's terminal. */
export class FixtureSchemes {
  readonly #which: GalleryCase;
  readonly #book: FixtureBook;
  readonly #requests: FixtureRequests;
  #risk: RiskPolicy;
  #privacy: PrivacyStatus;
  #faceReturn: FaceReturnStatus;

  constructor(which: GalleryCase) {
    this.#which = which;
    this.#book = new FixtureBook(which);
    this.#requests = new FixtureRequests(which);
    this.#risk = fixtureRisk(which);
    this.#privacy = fixturePrivacy(which);
    this.#faceReturn = fixtureFaceReturn(which);
  }

  answer(channel: SchemeChannel, request: unknown): Result<unknown, Failure> {
    const answers: Readonly<Record<SchemeChannel, unknown>> = {
      ...this.#sceneAnswers(),
      ...this.#requestAnswers(),
      ...this.#otherAnswers(),
    };
    const found = answers[channel] as (request: unknown) => Result<unknown, Failure>;
    return found(request);
  }

  #sceneAnswers() {
    const book = this.#book;
    return {
      'admin:scenes': () => ok(book.book()),
      'admin:check-scene': ({ scene }: AdminRequest<'admin:check-scene'>) => ok(book.check(scene)),
      'admin:put-scene': ({ scene, replaces }: AdminRequest<'admin:put-scene'>) => ok(book.putScene(scene, replaces)),
      'admin:remove-scene': ({ id }: AdminRequest<'admin:remove-scene'>) => ok(book.removeScene(id)),
      'admin:walk-up-scene': ({ id }: AdminRequest<'admin:walk-up-scene'>) => ok(book.walkUp(id)),
      'admin:check-scheme': ({ scheme }: AdminRequest<'admin:check-scheme'>) => ok(book.checkScheme(scheme)),
      'admin:put-scheme': ({ scheme }: AdminRequest<'admin:put-scheme'>) => ok(book.putScheme(scheme)),
      'admin:remove-scheme': ({ id }: AdminRequest<'admin:remove-scheme'>) => ok(book.removeScheme(id)),
    };
  }

  #requestAnswers() {
    const requests = this.#requests;
    return {
      'admin:requests': (asked: AdminRequest<'admin:requests'>) => ok(requests.list(asked.offset, asked.limit)),
      'admin:make-request': (asked: AdminRequest<'admin:make-request'>) => requests.make(asked),
      'admin:call-request': ({ requestId }: AdminRequest<'admin:call-request'>) => ok(requests.call(requestId)),
      'admin:run-request': ({ requestId }: AdminRequest<'admin:run-request'>) => requests.run(requestId),
      'admin:withdraw-request': ({ requestId }: AdminRequest<'admin:withdraw-request'>) =>
        ok(requests.withdraw(requestId)),
      'admin:request-result': ({ certifyId }: AdminRequest<'admin:request-result'>) =>
        ok(fixtureResult(certifyId, this.#which)),
    };
  }

  #otherAnswers() {
    return {
      'admin:risk': () => ok(this.#risk),
      'admin:save-risk': (policy: RiskPolicy) => ok((this.#risk = policy)),
      'admin:risk-dry-run': ({ policy }: AdminRequest<'admin:risk-dry-run'>) => ok(fixtureDryRun(policy, this.#which)),
      'admin:lift-limit': () => ok(null),
      'admin:metering': () => ok(fixtureMetering(this.#which)),
      'admin:export-metering': () => ok(fixtureExport(this.#which)),
      'admin:reconcile': () => ok(fixtureReconciliation(this.#which)),
      'admin:face-return': () => ok(this.#faceReturn),
      'admin:save-face-return': ({ destination }: AdminRequest<'admin:save-face-return'>) =>
        ok((this.#faceReturn = fixtureFaceReturn(this.#which, destination))),
      'admin:try-face-return': () =>
        this.#which === 'troubled' ? err(failure('face-return.refused', 'HTTP 403 AccessDenied')) : ok({ tookMs: 184 }),
      'admin:privacy': () => ok(this.#privacy),
      'admin:erase-subject': () =>
        ok(
          (this.#privacy = {
            ...this.#privacy,
            deletions: [fixtureDeletion(0, 'operator', 'queued'), ...this.#privacy.deletions],
          }),
        ),
    };
  }
}

export function isSchemeChannel(channel: string): channel is SchemeChannel {
  return Object.hasOwn(ADMIN_SCHEME_CHANNELS, channel);
}
