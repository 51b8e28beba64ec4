import type { CheckDelivery, CheckProgress, CheckToDeliver } from '../../src/shared/protocol/check-delivery.ts';
import type { DeliveryProblem } from '../../src/shared/protocol/delivery.ts';
import { err, ok, type Result } from '../../src/shared/result.ts';

export type ScriptedTry = Result<CheckProgress, DeliveryProblem>;

export interface ScriptedDelivery extends CheckDelivery {
  /** Ids in the order in which they were asked; a clerk's retry has `!` before it. */
  readonly asked: string[];
  readonly acknowledged: string[];
}

export interface DeliveryScript {
  /** What the next try gives. */
  readonly answer: (item: CheckToDeliver, onProgress: (progress: CheckProgress) => void) => Promise<ScriptedTry>;
  readonly acknowledge?: () => Result<null, DeliveryProblem>;
}

/** Somebody who answers questions as a test says. */
export function scriptedDelivery({ answer, acknowledge }: DeliveryScript): ScriptedDelivery {
  const asked: string[] = [];
  const acknowledged: string[] = [];
  return {
    asked,
    acknowledged,
    deliver: (item, onProgress) => {
      asked.push(`${item.clerk === null ? '' : '!'}${item.queued.certifyId}`);
      return answer(item, onProgress);
    },
    acknowledge: async ({ certifyId }) => {
      const told = acknowledge?.() ?? ok(null);
      if (told.ok) acknowledged.push(certifyId);
      return told;
    },
  };
}

export function problem(
  code: DeliveryProblem['failure']['code'],
  scope: DeliveryProblem['scope'] = 'transient',
  retryAfterMs: number | null = null,
): Result<never, DeliveryProblem> {
  return err({ failure: { code }, scope, retryAfterMs });
}
