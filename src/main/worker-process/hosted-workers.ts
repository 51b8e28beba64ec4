import { z } from 'zod';
import type { MessageEndpoint, StartWorker, WorkerName, WorkerProcess } from './endpoint.ts';

/**
 * Workers that a worker has: Electron lets only its main process start processes that run this program's code, so a
 * worker asks its owner, which starts the process and passes messages on. They share the worker's own channel with
 * its calls, which ignore them.
 */
const order = z.discriminatedUnion('order', [
  z.strictObject({ type: z.literal('hosted'), id: z.int(), order: z.literal('start'), name: z.string() }),
  z.strictObject({ type: z.literal('hosted'), id: z.int(), order: z.literal('post'), message: z.unknown() }),
  z.strictObject({ type: z.literal('hosted'), id: z.int(), order: z.literal('kill') }),
]);
const notice = z.discriminatedUnion('notice', [
  z.strictObject({ type: z.literal('hosted'), id: z.int(), notice: z.literal('message'), message: z.unknown() }),
  z.strictObject({ type: z.literal('hosted'), id: z.int(), notice: z.literal('exit'), code: z.int().nullable() }),
]);

/**
 * Starts workers like `start`, and for them the workers that they ask for; these end with the worker that asked.
 *
 * @param allowed which workers a worker may have; other requests end at once, as a process that couldn't start.
 */
export function hostingWorkers(
  start: StartWorker,
  allowed: Readonly<Partial<Record<WorkerName, readonly WorkerName[]>>>,
): StartWorker {
  return (name) => {
    const owner = start(name);
    const hosted = new Map<number, WorkerProcess>();
    const launch = (id: number, asked: string): void => {
      const known = allowed[name]?.find((each) => each === asked);
      if (known === undefined || hosted.has(id)) {
        owner.post({ type: 'hosted', id, notice: 'exit', code: null });
        return;
      }
      const worker = start(known);
      hosted.set(id, worker);
      worker.onMessage((message) => owner.post({ type: 'hosted', id, notice: 'message', message }));
      worker.onExit((code) => {
        hosted.delete(id);
        owner.post({ type: 'hosted', id, notice: 'exit', code });
      });
    };
    owner.onMessage((message) => {
      const parsed = order.safeParse(message);
      if (!parsed.success) return;
      const { id } = parsed.data;
      if (parsed.data.order === 'start') launch(id, parsed.data.name);
      else if (parsed.data.order === 'post') hosted.get(id)?.post(parsed.data.message);
      else hosted.get(id)?.kill();
    });
    owner.onExit(() => {
      for (const worker of hosted.values()) worker.kill();
    });
    return owner;
  };
}

/**
 * Starts workers through the owner of this process, which has to be one of `hostingWorkers`.
 *
 * @param endpoint the channel to that owner.
 */
export function hostedWorkerStarter(endpoint: MessageEndpoint): StartWorker {
  const workers = new Map<number, { message: (message: unknown) => void; exit: (code: number | null) => void }>();
  let nextId = 1;
  endpoint.onMessage((message) => {
    const parsed = notice.safeParse(message);
    if (!parsed.success) return;
    const worker = workers.get(parsed.data.id);
    if (parsed.data.notice === 'message') worker?.message(parsed.data.message);
    else {
      workers.delete(parsed.data.id);
      worker?.exit(parsed.data.code);
    }
  });
  return (name) => {
    const id = nextId++;
    const onMessage: ((message: unknown) => void)[] = [];
    const onExit: ((code: number | null) => void)[] = [];
    workers.set(id, {
      message: (message) => {
        for (const listener of onMessage) listener(message);
      },
      exit: (code) => {
        for (const listener of onExit) listener(code);
      },
    });
    endpoint.post({ type: 'hosted', id, order: 'start', name });
    return {
      post: (message) => endpoint.post({ type: 'hosted', id, order: 'post', message }),
      onMessage: (listener) => void onMessage.push(listener),
      onExit: (listener) => void onExit.push(listener),
      kill: () => endpoint.post({ type: 'hosted', id, order: 'kill' }),
    };
  };
}
