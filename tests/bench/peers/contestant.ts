import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Frame } from '../../../src/main/inference/frame.ts';

/** What a contestant's process is told first. */
export interface Start {
  readonly frame: Frame;
  readonly threads: number;
  /** Folder with the peers' `node_modules`. */
  readonly peersFolder: string;
}

/** Cost of one task or of one stage of it. */
export interface Cost {
  readonly wallMs: number;
  /** Processor time of all threads of the process. */
  readonly cpuMs: number;
}

export type Costs = Readonly<Record<string, Cost>>;

/** Megabytes (10^6 bytes) after a garbage collection. */
export interface Memory {
  readonly rssMb: number;
  readonly heapMb: number;
  readonly externalMb: number;
}

/** Tasks by name; each works on the frame it was started with and throws when it didn't find what it should. */
export type Tasks = Readonly<Record<string, () => Promise<Costs>>>;

type Request =
  { readonly start: Start } | { readonly task: string; readonly times: number } | { readonly memory: true };

/** Measures one run. */
export async function costOf(run: () => Promise<unknown>): Promise<Cost> {
  const cpu = process.cpuUsage();
  const startMs = performance.now();
  await run();
  const wallMs = performance.now() - startMs;
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs, cpuMs: (user + system) / 1_000 };
}

/** Makes this process a contestant: it answers requests until its parent goes. */
export function serveContestant(create: (start: Start) => Promise<Tasks>): void {
  let tasks: Tasks = {};
  const answer = async (request: Request): Promise<unknown> => {
    if ('memory' in request) return currentMemory();
    if ('task' in request) return runTimes(tasks[request.task], request.times);
    tasks = await create(request.start);
    return null;
  };
  process.on('message', (request: Request) => {
    answer(request).then(
      (value) => process.send!({ value }),
      (error: unknown) => process.send!({ error: error instanceof Error ? (error.stack ?? error.message) : 'unknown' }),
    );
  });
}

async function runTimes(task: Tasks[string] | undefined, times: number): Promise<Costs> {
  if (!task) throw new Error('no such task');
  for (let time = 1; time < times; time++) await task();
  return task();
}

function currentMemory(): Memory {
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rssMb: rss / 1e6, heapMb: heapUsed / 1e6, externalMb: external / 1e6 };
}

/** A contestant in a process of its own, so that neither memory nor processor time of one counts for another. */
export interface Contestant {
  /** Runs a task `times` times and tells the cost of the last. */
  run(task: string, times?: number): Promise<Costs>;
  memory(): Promise<Memory>;
  stop(): void;
}

/** @throws what the contestant's start threw. */
export async function startContestant(file: string, start: Start): Promise<Contestant> {
  const child = fork(file, { serialization: 'advanced', execArgv: ['--expose-gc'] });
  const ask = (request: Request): Promise<unknown> => answerOf(child, file, request);
  await ask({ start });
  return {
    run: async (task, times = 1) => (await ask({ task, times })) as Costs,
    memory: async () => (await ask({ memory: true })) as Memory,
    stop: () => void child.kill(),
  };
}

async function answerOf(child: ChildProcess, file: string, request: Request): Promise<unknown> {
  const ended = new AbortController();
  const { signal } = ended;
  const exit = once(child, 'exit', { signal }).then(([code]) => Promise.reject(new Error(`${file} ended: ${code}`)));
  const message = once(child, 'message', { signal });
  child.send(request);
  try {
    const [reply] = (await Promise.race([message, exit])) as [{ value?: unknown; error?: string }];
    if (reply.error !== undefined) throw new Error(reply.error);
    return reply.value;
  } finally {
    ended.abort();
    await Promise.allSettled([exit, message]);
  }
}
