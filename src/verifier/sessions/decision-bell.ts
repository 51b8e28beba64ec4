/** Tells those who wait for a session that something happened to it. */
export interface DecisionBell {
  ring(sessionId: string): void;
  /** Settles at the next ring for this session, after `timeoutMs`, or when the signal aborts. Never rejects. */
  heard(sessionId: string, timeoutMs: number, signal?: AbortSignal): Promise<void>;
}

/** Within this process alone: whoever waits for another one's work looks again from time to time. */
export function createDecisionBell(): DecisionBell {
  const waiting = new Map<string, Set<() => void>>();
  return {
    ring: (sessionId) => {
      for (const wake of [...(waiting.get(sessionId) ?? [])]) wake();
    },
    heard: (sessionId, timeoutMs, signal) =>
      new Promise((resolve) => {
        const listeners = waiting.get(sessionId) ?? new Set<() => void>();
        waiting.set(sessionId, listeners);
        const wake = (): void => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', wake);
          listeners.delete(wake);
          if (listeners.size === 0 && waiting.get(sessionId) === listeners) waiting.delete(sessionId);
          resolve();
        };
        const timer = setTimeout(wake, timeoutMs);
        listeners.add(wake);
        if (signal?.aborted === true) wake();
        else signal?.addEventListener('abort', wake, { once: true });
      }),
  };
}
