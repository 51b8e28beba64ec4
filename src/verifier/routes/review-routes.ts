import type { Device } from '../device-registry.ts';
import {
  reviewRequestSchema,
  SESSION_PATHS,
  sessionIdSchema,
  type SessionAnswer,
} from '../../shared/protocol/kv1-sessions.ts';
import type { Problem } from '../../shared/protocol/kv1.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { OperatorDesk } from '../operators/operator-desk.ts';
import { operatorReviewSchema } from '../operators/operator-messages.ts';
import { OPERATOR_PATHS } from '../operators/operator-paths.ts';
import type { RouteModule } from '../parts.ts';
import { problem } from '../problems.ts';
import { REVIEW_DUE_MS } from '../reviews/open-reviews.ts';
import type { ReviewDesk } from '../reviews/review-desk.ts';
import { operatorRoute } from './operator-route.ts';
import { parameterOf, parseBody, SESSION_PARAMETER } from './request-body.ts';
import { onceRoute } from './signed-route.ts';

export interface ReviewRouteParts {
  readonly reviews: ReviewDesk;
  readonly operators: OperatorDesk;
  /** The session as its device is told about it. */
  readonly readSession: (
    device: Pick<Device, 'deviceId'>,
    sessionId: string,
  ) => Promise<Result<SessionAnswer, Problem>>;
}

const MOST_OPEN = 500;

/** Clerks decide what the machine left open, at a device or at the verifier. */
export function reviewRoutes({ reviews, operators, readSession }: ReviewRouteParts): RouteModule {
  return (app, parts) => {
    app.post(
      SESSION_PATHS.review(`${SESSION_PARAMETER}:`),
      onceRoute(parts, async ({ request, device }) => {
        const sessionId = sessionIdSchema.safeParse(parameterOf(request, 'sessionId'));
        if (!sessionId.success) return err(problem('not_found'));
        const parsed = parseBody(request, reviewRequestSchema);
        if (!parsed.ok) return parsed;
        const reviewed = await reviews.review(sessionId.data, parsed.value, { deviceId: device.deviceId });
        if (!reviewed.ok) return reviewed;
        const answer = await readSession(reviewed.value, sessionId.data);
        // What was read from a card is for the session's own device.
        const isOwn = reviewed.value.deviceId === device.deviceId;
        return isOwn || !answer.ok ? answer : ok({ ...answer.value, fields: null });
      }),
    );
    app.post(
      OPERATOR_PATHS.review(`${SESSION_PARAMETER}:`),
      operatorRoute(operators, 'review', async ({ request, operator }) => {
        const sessionId = sessionIdSchema.safeParse(parameterOf(request, 'sessionId'));
        if (!sessionId.success) return err(problem('not_found'));
        const parsed = parseBody(request, operatorReviewSchema);
        if (!parsed.ok) return parsed;
        const word = { ...parsed.value, clerk: operator.name };
        const reviewed = await reviews.review(sessionId.data, word, 'operator');
        return reviewed.ok ? ok(reviewed.value.decision) : reviewed;
      }),
    );
    app.get(
      OPERATOR_PATHS.reviews,
      operatorRoute(operators, 'see-reviews', async () =>
        ok({ dueMs: REVIEW_DUE_MS, reviews: await reviews.open(MOST_OPEN) }),
      ),
    );
  };
}
