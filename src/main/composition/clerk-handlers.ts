import type { Clock } from '../../shared/clock.ts';
import type { StaffMember } from '../../shared/domain/staff.ts';
import type { Scene } from '../../shared/domain/scene.ts';
import { siteTexts } from '../../shared/domain/site.ts';
import { CLERK_POLLED, CLERK_RIGHTS } from '../../shared/ipc/clerk-rights.ts';
import type { CLERK_CHANNELS, ClerkAnswers, ClerkChannel } from '../../shared/ipc/clerk.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { CertificationService } from '../certification/service-contract.ts';
import { createReviewQueue } from '../store/review-queue.ts';
import type { z } from 'zod';
import { createClerkLive } from './clerk-live.ts';
import { createClerkPictures } from './clerk-pictures.ts';
import { receiptSheet } from './clerk-receipt.ts';
import { admitSight, sightSince } from './record-sight.ts';
import { createClerkReviews } from './clerk-review.ts';
import { createClerkStart } from './clerk-start.ts';
import type { EvidenceSource } from './evidence-keeper.ts';
import type { Installation } from './installation.ts';
import type { ReceiptPrinter } from './receipt-printer.ts';
import type { RequestServices } from './request-services.ts';
import type { StaffCalls } from './staff-calls.ts';
import { guardHandlers } from './staff-guard.ts';

/** Opening another window is the application's part. */
export type ClerkHandlers = {
  readonly [C in Exclude<ClerkChannel, 'clerk:open-admin'>]: (
    request: z.output<(typeof CLERK_CHANNELS)[C]>,
  ) => Result<ClerkAnswers[C], Failure> | Promise<Result<ClerkAnswers[C], Failure>>;
};

export interface ClerkParts {
  readonly installation: Installation;
  readonly service: CertificationService;
  readonly requests: RequestServices;
  readonly staffCalls: StaffCalls;
  readonly source: Pick<EvidenceSource, 'bestFrames'>;
  readonly clock: Clock;
  readonly newOrderId: () => string;
  readonly printer: Pick<ReceiptPrinter, 'printReceipt'>;
  /** A record was decided. */
  readonly onDecided: (certifyId: string) => void;
}

/** What the clerk's window may ask, each channel behind the right that it needs. */
export function createClerkHandlers(parts: ClerkParts): ClerkHandlers {
  return guardHandlers(
    parts.installation,
    { window: 'clerk', needs: CLERK_RIGHTS, polled: CLERK_POLLED },
    { ...gateHandlers(parts), ...kioskHandlers(parts), ...recordHandlers(parts), ...reviewHandlers(parts) },
  );
}

type Handlers<Channels extends keyof ClerkHandlers> = Pick<ClerkHandlers, Channels>;

function gateHandlers({
  installation: { staff, settings },
}: ClerkParts): Handlers<
  | 'clerk:brand'
  | 'clerk:gate'
  | 'clerk:create-first'
  | 'clerk:sign-in'
  | 'clerk:sign-out'
  | 'clerk:change-own-secret'
  | 'clerk:staff-choices'
> {
  return {
    'clerk:brand': () => settings.read('brand'),
    'clerk:gate': () => staff.gate('clerk'),
    'clerk:create-first': (first) => staff.createFirst('clerk', first),
    'clerk:sign-in': (credentials) => staff.signIn('clerk', credentials),
    'clerk:sign-out': () => staff.signOut('clerk'),
    'clerk:change-own-secret': (change) => staff.changeOwnSecret('clerk', change),
    'clerk:staff-choices': ({ right }) => staff.choices(right),
  };
}

function kioskHandlers(
  parts: ClerkParts,
): Handlers<
  | 'clerk:live'
  | 'clerk:pictures'
  | 'clerk:answer-call'
  | 'clerk:scenes'
  | 'clerk:start'
  | 'clerk:take-back'
  | 'clerk:cancel'
> {
  const { installation, service, staffCalls, clock } = parts;
  const readLive = createClerkLive({
    service,
    staffCalls,
    requests: parts.requests.desk,
    queue: createReviewQueue(installation.database),
    siteName: () => siteName(parts),
    scenes: () => resolvedScenes(installation),
    clock,
  });
  const live = (): Result<ClerkAnswers['clerk:live'], Failure> => {
    const gate = installation.staff.gate('clerk');
    if (!gate.ok) return gate;
    return gate.value.state === 'signed-in' ? readLive(gate.value.rights) : err(failure('staff.signed-out'));
  };
  const after = <T>(done: Result<T, Failure>) => (done.ok ? live() : done);
  const pictures = createClerkPictures({ ...parts, vault: installation.vault, audit: installation.audit });
  const start = createClerkStart({
    requests: parts.requests,
    service,
    scenes: () => resolvedScenes(installation),
    newOrderId: parts.newOrderId,
  });
  return {
    'clerk:live': live,
    'clerk:pictures': ({ certifyId }) => pictures.running(certifyId),
    'clerk:answer-call': ({ callId }) => after(staffCalls.answer(callId)),
    'clerk:scenes': () => start.scenes(),
    'clerk:start': (asked) => start.start(asked),
    'clerk:take-back': async () => after(await start.takeBack()),
    'clerk:cancel': ({ certifyId }) => after(start.cancel(certifyId)),
  };
}

function recordHandlers(
  parts: ClerkParts,
): Handlers<'clerk:queue' | 'clerk:records' | 'clerk:evidence' | 'clerk:receipt' | 'clerk:print'> {
  const { installation, printer, clock } = parts;
  const { queries, vault, audit, database } = installation;
  const queue = createReviewQueue(database);
  const pictures = createClerkPictures({ ...parts, vault, audit });
  const receipts = {
    queries,
    siteName: () => siteName(parts),
    sceneName: (sceneId: string) => sceneOf(installation, sceneId)?.name ?? sceneId,
    canPrint: () => {
      const peripherals = installation.settings.read('peripherals');
      return peripherals.ok && peripherals.value.printer !== null;
    },
  };
  return {
    'clerk:queue': ({ offset, limit, ...filter }) =>
      withViewer(installation, (viewer) =>
        queue.page({ ...filter, sinceMs: sightSince(viewer, clock.wallMs()) }, offset, limit),
      ),
    'clerk:records': ({ offset, limit, state }) =>
      withViewer(installation, (viewer) => queries.list(offset, limit, state, sightSince(viewer, clock.wallMs()))),
    'clerk:evidence': ({ certifyId }) => pictures.kept(certifyId),
    'clerk:receipt': ({ certifyId }) => inSight(parts, certifyId, () => receiptSheet(receipts, certifyId)),
    'clerk:print': ({ certifyId }) => inSight(parts, certifyId, () => printer.printReceipt(certifyId)),
  };
}

function reviewHandlers(parts: ClerkParts): Handlers<'clerk:case' | 'clerk:decide' | 'clerk:override'> {
  const { installation } = parts;
  const reviews = createClerkReviews({
    reviews: installation.reviews,
    queries: installation.queries,
    vault: installation.vault,
    staff: installation.staff,
    scene: (sceneId) => sceneOf(installation, sceneId),
    onDecided: parts.onDecided,
  });
  return {
    'clerk:case': ({ certifyId }) => inSight(parts, certifyId, (viewer) => reviews.show(certifyId, viewer)),
    'clerk:decide': ({ review, second }) =>
      withViewer(installation, (viewer) => reviews.decide(review, viewer, second)),
    'clerk:override': ({ review, secret, second }) =>
      withViewer(installation, (viewer) => reviews.override(review, viewer, secret, second)),
  };
}

/** Whoever has signed in when the request begins: it stays theirs, however long it takes. */
function withViewer<T>({ staff }: Installation, serve: (viewer: StaffMember) => T): T | Result<never, Failure> {
  const gate = staff.gate('clerk');
  if (!gate.ok) return gate;
  return gate.value.state === 'signed-in' ? serve(gate.value.staff) : err(failure('staff.signed-out'));
}

/** Serves what is about one record to whoever may see records of its day. */
function inSight<T>(
  { installation, clock }: ClerkParts,
  certifyId: string,
  serve: (viewer: StaffMember) => T,
): T | Result<never, Failure> {
  return withViewer<T | Result<never, Failure>>(installation, (viewer) => {
    const detail = installation.queries.show(certifyId);
    if (!detail.ok) return detail;
    const { record, receiptHash } = detail.value;
    const seen = { startedAtMs: record.startedAtMs, certifyId, receiptHash };
    const admitted = admitSight(seen, null, sightSince(viewer, clock.wallMs()));
    return admitted.ok ? serve(viewer) : admitted;
  });
}

function siteName({ installation, service }: ClerkParts): Result<string, Failure> {
  const site = installation.settings.read('site');
  return site.ok ? ok(siteTexts(site.value, service.view().language).siteName) : site;
}

function sceneOf({ scenes }: Installation, sceneId: string): Scene | undefined {
  const found = scenes.scene(sceneId);
  return found.ok ? found.value : undefined;
}

function resolvedScenes({ scenes }: Installation) {
  const all = scenes.scenes();
  if (!all.ok) return all;
  // A scene whose scheme is gone can't be started; the admin window says why.
  return ok(
    all.value.flatMap((scene) => {
      const resolved = scenes.resolve(scene.id);
      return resolved.ok ? [{ scene, scheme: resolved.value.scheme }] : [];
    }),
  );
}
