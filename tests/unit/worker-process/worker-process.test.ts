import { describe, expect, it } from 'vitest';
import { failure, type Failure } from '../../../src/shared/reasons.ts';
import { err, ok, type Result } from '../../../src/shared/result.ts';
import type { WorkerProcess } from '../../../src/main/worker-process/endpoint.ts';
import { callerFor, serve } from '../../../src/main/worker-process/rpc.ts';
import { RESTART_BUDGET, superviseWorker } from '../../../src/main/worker-process/supervisor.ts';

type Echo = { echo: { params: string; result: string }; fail: { params: null; result: null } };
const CODES = { crashed: 'inference.crashed', late: 'inference.unavailable' } as const;

/** Both ends of a channel within this process; `die` ends the worker's. */
function pair() {
  const toWorker: ((message: unknown) => void)[] = [];
  const toOwner: ((message: unknown) => void)[] = [];
  const exits: ((code: number | null) => void)[] = [];
  const deliver = (listeners: ((message: unknown) => void)[], message: unknown): void =>
    queueMicrotask(() => listeners.forEach((listener) => listener(structuredClone(message))));
  const worker: WorkerProcess = {
    post: (message) => deliver(toWorker, message),
    onMessage: (listener) => void toOwner.push(listener),
    onExit: (listener) => void exits.push(listener),
    kill: () => undefined,
  };
  const endpoint = {
    post: (message: unknown) => deliver(toOwner, message),
    onMessage: (listener: (message: unknown) => void) => void toWorker.push(listener),
  };
  return { worker, endpoint, die: () => exits.forEach((listener) => listener(1)) };
}

function serveEcho(endpoint: ReturnType<typeof pair>['endpoint'], bugs: unknown[] = []) {
  return serve<Echo>(
    endpoint,
    {
      echo: async (text) => ok(text),
      fail: async (): Promise<Result<null, Failure>> => {
        throw new Error('a bug');
      },
    },
    (error) => bugs.push(error),
  );
}

describe('calls to a worker', () => {
  it('are answered in any order, and events arrive', async () => {
    const { worker, endpoint } = pair();
    const emitter = serveEcho(endpoint);
    const caller = callerFor<Echo>(worker, CODES);
    const events: unknown[] = [];
    caller.onEvent((name, payload) => events.push([name, payload]));
    emitter.emit('state', { ready: true });
    expect(await Promise.all([caller.call('echo', 'a'), caller.call('echo', 'b')])).toEqual([ok('a'), ok('b')]);
    expect(events).toEqual([['state', { ready: true }]]);
  });

  it('end with the crash code when the worker dies, now and later', async () => {
    const { worker, die } = pair();
    const caller = callerFor<Echo>(worker, CODES);
    const pending = caller.call('echo', 'a');
    die();
    expect(await pending).toEqual(err(failure('inference.crashed')));
    expect(await caller.call('echo', 'b')).toEqual(err(failure('inference.crashed')));
  });

  it('end with the late code when nothing comes', async () => {
    const { worker } = pair();
    let run = (): void => undefined;
    const caller = callerFor<Echo>(worker, CODES, (timer) => {
      run = timer;
      return () => undefined;
    });
    const pending = caller.call('echo', 'a', 5);
    run();
    expect(await pending).toEqual(err(failure('inference.unavailable', 'echo after 5 ms')));
  });

  it('tell a bug from a failure', async () => {
    const { worker, endpoint } = pair();
    const bugs: unknown[] = [];
    serveEcho(endpoint, bugs);
    expect(await callerFor<Echo>(worker, CODES).call('fail', null)).toEqual(err(failure('internal.bug', 'fail')));
    expect(bugs).toHaveLength(1);
  });

  it('never take a failure for a pass', async () => {
    const { worker, endpoint } = pair();
    endpoint.onMessage((message) => {
      const { id } = message as { id: number };
      endpoint.post({ type: 'reply', id, result: { ok: false, error: { code: 'ok.matched' } } });
    });
    let run = (): void => undefined;
    const caller = callerFor<Echo>(worker, CODES, (timer) => {
      run = timer;
      return () => undefined;
    });
    const pending = caller.call('echo', 'a');
    await new Promise((resolve) => setImmediate(resolve));
    run();
    // The reply does not parse, so it is as if none had come.
    expect(await pending).toMatchObject({ ok: false, error: { code: 'inference.unavailable' } });
  });

  it('refuse methods that are not there', async () => {
    const { worker, endpoint } = pair();
    serveEcho(endpoint);
    const caller = callerFor<Record<string, { params: unknown; result: unknown }>>(worker, CODES);
    for (const method of ['nothing', 'constructor', '__proto__']) {
      expect(await caller.call(method, null)).toMatchObject({ ok: false, error: { code: 'request.invalid' } });
    }
  });
});

describe('supervision', () => {
  it('restarts a worker five times in ten minutes, and no more', () => {
    let nowMs = 0;
    const workers: ReturnType<typeof pair>[] = [];
    const seen: string[] = [];
    superviseWorker<Echo>(
      'inference',
      () => {
        workers.push(pair());
        return workers.at(-1)!.worker;
      },
      CODES,
      { wallMs: () => nowMs, monotonicMs: () => nowMs },
      { onRestart: () => seen.push('restart'), onExhausted: () => seen.push('exhausted') },
    );
    for (let crash = 0; crash < RESTART_BUDGET.restarts; crash += 1) workers.at(-1)!.die();
    expect(seen).toEqual(Array<string>(RESTART_BUDGET.restarts).fill('restart'));
    nowMs = RESTART_BUDGET.windowMs + 1;
    workers.at(-1)!.die();
    expect(seen.at(-1)).toBe('restart');
    for (let crash = 0; crash < RESTART_BUDGET.restarts; crash += 1) workers.at(-1)!.die();
    expect(seen.at(-1)).toBe('exhausted');
    expect(workers).toHaveLength(2 * RESTART_BUDGET.restarts + 1);
  });
});
