import type { Timing } from '../../../src/main/card-reader/timing.ts';

/** Time that only passes when nothing else is left to do, so that tests are exact and take no time. */
export class VirtualTiming implements Timing {
  #nowMs = 1000;
  readonly #timers: { atMs: number; run: () => void }[] = [];

  readonly clock = { wallMs: () => this.#nowMs, monotonicMs: () => this.#nowMs };

  readonly setTimer = (run: () => void, ms: number): (() => void) => {
    const timer = { atMs: this.#nowMs + ms, run };
    this.#timers.push(timer);
    return () => {
      const at = this.#timers.indexOf(timer);
      if (at >= 0) this.#timers.splice(at, 1);
    };
  };

  get pendingTimers(): number {
    return this.#timers.length;
  }

  /** Lets time pass until `promise` settles. */
  async run<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const done = promise.finally(() => (settled = true));
    done.catch(() => undefined);
    await settle();
    while (!settled) {
      if (!this.#step(Infinity)) throw new Error('nothing left to wait for');
      await settle();
    }
    return done;
  }

  /** Lets `ms` pass. */
  async pass(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    await settle();
    while (this.#step(untilMs)) await settle();
    this.#nowMs = untilMs;
  }

  #step(untilMs: number): boolean {
    this.#timers.sort((a, b) => a.atMs - b.atMs);
    if (this.#timers.length === 0 || this.#timers[0]!.atMs > untilMs) return false;
    const timer = this.#timers.shift()!;
    this.#nowMs = Math.max(this.#nowMs, timer.atMs);
    timer.run();
    return true;
  }
}

/** Lets every promise that can go on do so. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}
