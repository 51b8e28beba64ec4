import type { Clock } from '../../shared/clock.ts';
import type { FailureCode } from '../../shared/reasons.ts';
import type { StartWorker, WorkerName, WorkerProcess } from './endpoint.ts';
import { callerFor, type Caller, type Contract } from './rpc.ts';

/** A worker may be restarted five times in ten minutes; past that the kiosk shows its maintenance screen. */
export const RESTART_BUDGET = { restarts: 5, windowMs: 10 * 60_000 } as const;

export interface SupervisedWorker<C extends Contract> {
  /** Calls the current process. While it is being restarted, calls end with the `crashed` code. */
  readonly caller: Caller<C>;
  /** Ends the process for good. */
  stop(): void;
}

/**
 * Keeps one worker process alive within the restart budget.
 *
 * @param onRestart called after each restart with the new caller, so that state (models, port) is set up again.
 * @param onExhausted called once, when the budget is spent and the worker stays down.
 */
export function superviseWorker<C extends Contract>(
  name: WorkerName,
  start: StartWorker,
  codes: { readonly crashed: FailureCode; readonly late: FailureCode },
  clock: Clock,
  hooks: { onRestart(): void; onExhausted(): void },
): SupervisedWorker<C> {
  const restarts: number[] = [];
  const listeners: ((name: string, payload: unknown) => void)[] = [];
  let stopped = false;
  let worker: WorkerProcess;
  let caller: Caller<C>;
  const launch = (): void => {
    worker = start(name);
    caller = callerFor<C>(worker, codes);
    caller.onEvent((event, payload) => {
      for (const listener of listeners) listener(event, payload);
    });
    worker.onExit(() => {
      if (stopped) return;
      const now = clock.monotonicMs();
      while (restarts.length > 0 && now - restarts[0]! > RESTART_BUDGET.windowMs) restarts.shift();
      if (restarts.length >= RESTART_BUDGET.restarts) {
        hooks.onExhausted();
        return;
      }
      restarts.push(now);
      launch();
      hooks.onRestart();
    });
  };
  launch();
  return {
    caller: {
      call: (method, params, timeoutMs) => caller.call(method, params, timeoutMs),
      onEvent: (listener) => void listeners.push(listener),
    },
    stop: () => {
      stopped = true;
      worker.kill();
    },
  };
}
