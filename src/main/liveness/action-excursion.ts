/** A signal that left its rest, reached what was asked, and (where that is asked too) came back. */
export interface Excursion {
  /** When it left its rest. */
  readonly startedAtMs: number;
  /** When it was complete. */
  readonly endedAtMs: number;
  /** The highest level it had. */
  readonly peak: number;
}

export interface ExcursionRule {
  /** Below this level the signal rests; 1 is what is asked. */
  readonly restBelow: number;
  /** How long the level has to stay up at least, from the first frame at 1 to the last. */
  readonly minMs: number;
  readonly maxMs: number;
  /** Complete when it has come back to rest, or as soon as it was held long enough. */
  readonly completes: 'return' | 'hold';
}

export interface ExcursionWatch {
  /**
   * @param level 0 at rest, 1 where the action counts.
   * @param clean false where something else moved as well: an excursion with such a frame is none.
   */
  see(atMs: number, level: number, clean: boolean): Excursion | null;
  /** When the signal left its rest; null while it rests. */
  startedAtMs(): number | null;
  reset(): void;
}

interface Running {
  readonly startedAtMs: number;
  enteredAtMs: number | null;
  lastUpAtMs: number;
  peak: number;
  clean: boolean;
  fired: boolean;
}

/** Watches one signal frame by frame. */
export function watchExcursions({ restBelow, minMs, maxMs, completes }: ExcursionRule): ExcursionWatch {
  let running: Running | null = null;
  const finished = (run: Running, atMs: number): Excursion | null => {
    const upMs = run.enteredAtMs === null ? -1 : run.lastUpAtMs - run.enteredAtMs;
    if (!run.clean || run.fired || upMs < minMs || upMs > maxMs) return null;
    run.fired = true;
    return { startedAtMs: run.startedAtMs, endedAtMs: atMs, peak: run.peak };
  };
  return {
    see: (atMs, level, clean) => {
      if (level < restBelow) {
        const over = running;
        running = null;
        return over && completes === 'return' ? finished(over, atMs) : null;
      }
      running ??= { startedAtMs: atMs, enteredAtMs: null, lastUpAtMs: atMs, peak: 0, clean: true, fired: false };
      running.clean &&= clean;
      running.peak = Math.max(running.peak, level);
      if (level >= 1) {
        running.enteredAtMs ??= atMs;
        running.lastUpAtMs = atMs;
      }
      return completes === 'hold' ? finished(running, atMs) : null;
    },
    startedAtMs: () => running?.startedAtMs ?? null,
    reset: () => void (running = null),
  };
}
