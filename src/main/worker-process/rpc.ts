import { z } from 'zod';
import { failure, isFailureCode, type Failure, type FailureCode } from '../../shared/reasons.ts';
import { err, type Result } from '../../shared/result.ts';
import type { MessageEndpoint, WorkerProcess } from './endpoint.ts';

/** Method name → its parameters and result. Both ends are built together, so payloads are typed, not re-parsed. */
export type Contract = Record<string, { params: unknown; result: unknown }>;

export type Handlers<C extends Contract> = {
  readonly [M in keyof C]: (params: C[M]['params']) => Promise<Result<C[M]['result'], Failure>>;
};

const request = z.object({ type: z.literal('call'), id: z.int(), method: z.string(), params: z.unknown() });
const failureSchema = z.object({
  code: z.string().refine(isFailureCode),
  detail: z.string().optional(),
});
const reply = z.object({
  type: z.literal('reply'),
  id: z.int(),
  result: z.union([
    z.object({ ok: z.literal(true), value: z.unknown() }),
    z.object({ ok: z.literal(false), error: failureSchema }),
  ]),
});
const event = z.object({ type: z.literal('event'), name: z.string(), payload: z.unknown() });

/**
 * Answers calls that arrive on `endpoint`. A handler that throws is a bug: the caller gets `internal.bug`, and the
 * process ends so that its owner starts a clean one.
 */
export function serve<C extends Contract>(
  endpoint: MessageEndpoint,
  handlers: Handlers<C>,
  onBug: (error: unknown) => void,
): { emit(name: string, payload: unknown): void } {
  endpoint.onMessage((message) => {
    const parsed = request.safeParse(message);
    if (!parsed.success) return;
    const { id, method, params } = parsed.data;
    const handler = Object.hasOwn(handlers, method) ? handlers[method] : undefined;
    if (!handler) {
      endpoint.post({ type: 'reply', id, result: err(failure('request.invalid', `unknown method ${method}`)) });
      return;
    }
    handler(params).then(
      (result) => endpoint.post({ type: 'reply', id, result }),
      (error: unknown) => {
        endpoint.post({ type: 'reply', id, result: err(failure('internal.bug', method)) });
        onBug(error);
      },
    );
  });
  return { emit: (name, payload) => endpoint.post({ type: 'event', name, payload }) };
}

export interface Caller<C extends Contract> {
  /** Resolves with the worker's answer; `crashed` when the worker ends first, `late` when `timeoutMs` passes. */
  call<M extends keyof C & string>(
    method: M,
    params: C[M]['params'],
    timeoutMs?: number,
  ): Promise<Result<C[M]['result'], Failure>>;
  onEvent(listener: (name: string, payload: unknown) => void): void;
}

/** Calls the worker at the other end of `worker`, giving `crashed` for whatever is pending when it ends. */
export function callerFor<C extends Contract>(
  worker: WorkerProcess,
  codes: { readonly crashed: FailureCode; readonly late: FailureCode },
  setTimer: (run: () => void, ms: number) => () => void = startTimer,
): Caller<C> {
  const pending = new Map<number, (result: Result<unknown, Failure>) => void>();
  const listeners: ((name: string, payload: unknown) => void)[] = [];
  let nextId = 1;
  let ended = false;
  worker.onMessage((message) => {
    const answer = reply.safeParse(message);
    if (answer.success) {
      pending.get(answer.data.id)?.(answer.data.result as Result<unknown, Failure>);
      return;
    }
    const sent = event.safeParse(message);
    if (sent.success) for (const listener of listeners) listener(sent.data.name, sent.data.payload);
  });
  worker.onExit(() => {
    ended = true;
    for (const settle of [...pending.values()]) settle(err(failure(codes.crashed)));
  });
  return {
    call: (method, params, timeoutMs = 30_000) => {
      if (ended) return Promise.resolve(err(failure(codes.crashed)));
      const id = nextId++;
      return new Promise((resolve) => {
        const cancel = setTimer(() => settle(err(failure(codes.late, `${method} after ${timeoutMs} ms`))), timeoutMs);
        const settle = (result: Result<unknown, Failure>): void => {
          pending.delete(id);
          cancel();
          resolve(result);
        };
        pending.set(id, settle);
        worker.post({ type: 'call', id, method, params });
      });
    },
    onEvent: (listener) => void listeners.push(listener),
  };
}

function startTimer(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
