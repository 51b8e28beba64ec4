import type { CheckOutcome } from '../../shared/domain/verification.ts';
import type { CheckChange } from '../../shared/protocol/check-queue.ts';
import type { StartTimer } from './ports.ts';

/** Those who stand at the counter while the verifier decides. */
export interface DecisionWaiters {
  /** The outcome as soon as there is one that needs no other try today; null when that takes too long. */
  wait(certifyId: string, timeoutMs: number): Promise<CheckOutcome | null>;
  noteChange(certifyId: string, change: CheckChange): void;
  /** Lets everybody go without an outcome. */
  stop(): void;
}

/** @param onTimeout called when somebody has stopped waiting */
export function createDecisionWaiters(startTimer: StartTimer, onTimeout: (certifyId: string) => void): DecisionWaiters {
  const waiting = new Map<string, Set<(outcome: CheckOutcome | null) => void>>();
  const settle = (certifyId: string, outcome: CheckOutcome | null): void => {
    for (const resolve of waiting.get(certifyId) ?? []) resolve(outcome);
    waiting.delete(certifyId);
  };
  return {
    wait: (certifyId, timeoutMs) =>
      new Promise((resolve) => {
        const cancel = startTimer(() => {
          waiting.get(certifyId)?.delete(done);
          resolve(null);
          onTimeout(certifyId);
        }, timeoutMs);
        const done = (outcome: CheckOutcome | null): void => {
          cancel();
          resolve(outcome);
        };
        waiting.set(certifyId, (waiting.get(certifyId) ?? new Set()).add(done));
      }),
    noteChange: (certifyId, change) => {
      if (change.event === 'decide' || change.event === 'lose') settle(certifyId, change.outcome);
      // The next try isn't waited for: the person goes home with a provisional result.
      if (change.event === 'defer' || change.event === 'refuse') settle(certifyId, change.outcome);
    },
    stop: () => {
      for (const certifyId of [...waiting.keys()]) settle(certifyId, null);
    },
  };
}
