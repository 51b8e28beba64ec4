import type { Clock } from '../../shared/clock.ts';
import type { CertificationRequest } from '../../shared/domain/certification-request.ts';
import type { Scene } from '../../shared/domain/scene.ts';
import { reasonOnScreen } from '../../shared/domain/staff-call.ts';
import type { StaffRight } from '../../shared/domain/staff.ts';
import type { ClerkLive, RunningCertification } from '../../shared/ipc/clerk.ts';
import type { KioskView } from '../../shared/ipc/kiosk-view.ts';
import type { Failure, ReasonCode } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { RequestDesk } from '../certification/ports/request-desk.ts';
import type { CertificationService } from '../certification/service-contract.ts';
import type { ReviewQueueQueries } from '../store/review-queue.ts';
import type { StaffCalls } from './staff-calls.ts';

export interface ClerkLiveParts {
  readonly service: Pick<CertificationService, 'view' | 'onView' | 'running'>;
  readonly staffCalls: Pick<StaffCalls, 'current'>;
  readonly requests: Pick<RequestDesk, 'called'>;
  readonly queue: Pick<ReviewQueueQueries, 'count'>;
  readonly siteName: () => Result<string, Failure>;
  readonly scenes: () => Result<readonly { readonly scene: Pick<Scene, 'id' | 'name'> }[], Failure>;
  readonly clock: Clock;
}

export type ReadLive = (rights: readonly StaffRight[]) => Result<ClerkLive, Failure>;

/** The kiosk's view changes many times a second; what waits for a decision doesn't. */
const COUNT_EVERY_MS = 1_500;

/** What the kiosk is doing, for whoever has these rights. */
export function createClerkLive(parts: ClerkLiveParts): ReadLive {
  const { service, clock } = parts;
  const place = (view: KioskView): string => `${view.certifyId ?? ''} ${view.screen}`;
  let at = { place: place(service.view()), sinceMs: clock.wallMs() };
  service.onView((view) => {
    if (place(view) !== at.place) at = { place: place(view), sinceMs: clock.wallMs() };
  });

  let counted = { atMs: -Infinity, waiting: ok(0) as Result<number, Failure> };
  function waitingReviews(): Result<number, Failure> {
    const nowMs = clock.monotonicMs();
    if (nowMs - counted.atMs >= COUNT_EVERY_MS) counted = { atMs: nowMs, waiting: parts.queue.count() };
    return counted.waiting;
  }

  function running(view: KioskView): RunningCertification | null {
    const facts = service.running();
    if (facts === null) return null;
    return { ...facts, screen: view.screen, stepSinceMs: at.sinceMs, problem: problemOf(view) };
  }

  return (rights) => {
    const siteName = parts.siteName();
    if (!siteName.ok) return siteName;
    const waiting = rights.includes('see-records') ? waitingReviews() : ok(null);
    if (!waiting.ok) return waiting;
    const view = service.view();
    const serves = rights.includes('certify');
    const called = serves ? parts.requests.called() : null;
    return ok({
      siteName: siteName.value,
      nowMs: clock.wallMs(),
      screen: view.screen,
      running: serves ? running(view) : null,
      outOfService: view.screen === 'maintenance' ? view.reason : null,
      call: serves ? parts.staffCalls.current() : null,
      expected: called && expectedRequest(called, parts.scenes()),
      waitingReviews: waiting.value,
    });
  };
}

/** What was called, with its scene as people call it; by its id where its name can't be read. */
function expectedRequest(
  { requestId, sceneId, orderId }: CertificationRequest,
  scenes: ReturnType<ClerkLiveParts['scenes']>,
): ClerkLive['expected'] {
  const found = scenes.ok ? scenes.value.find(({ scene }) => scene.id === sceneId) : undefined;
  return { requestId, sceneId, sceneName: found?.scene.name ?? sceneId, orderId };
}

/** What keeps a step from going on, or why another check than usual follows. */
function problemOf(view: KioskView): ReasonCode | null {
  if (view.screen === 'position' || view.screen === 'challenge') return view.notice;
  if (view.screen === 'travel-chip' || view.screen === 'guardian-card') return view.problem;
  return view.screen === 'result' ? null : reasonOnScreen(view);
}
