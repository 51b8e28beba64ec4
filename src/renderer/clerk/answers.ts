import { useCallback, useEffect, useState } from 'react';
import type { z } from 'zod';
import type { ClerkBridge } from '../../preload/bridge.ts';
import type { ClerkAnswers, ClerkChannel, CLERK_CHANNELS } from '../../shared/ipc/clerk.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, type Result } from '../../shared/result.ts';
import { useEnvironment } from './environment.ts';

export type ClerkRequest<C extends ClerkChannel> = z.input<(typeof CLERK_CHANNELS)[C]>;

/** Asks main; a rejected call (a bug on the other side) becomes `internal.bug` instead of an unhandled rejection. */
export async function ask<C extends ClerkChannel>(
  bridge: ClerkBridge,
  channel: C,
  request: ClerkRequest<C>,
): Promise<Result<ClerkAnswers[C], Failure>> {
  try {
    return await bridge.invoke(channel, request);
  } catch {
    return err(failure('internal.bug', channel));
  }
}

export interface Answer<T> {
  /** The last value for this very request; null while there is none. */
  readonly value: T | null;
  /** Why the last attempt failed; `value` may still hold an older answer. */
  readonly failure: Failure | null;
  readonly reload: () => void;
  /** Takes over a value that another call returned. */
  readonly replace: (value: T) => void;
}

interface Held<T> {
  readonly key: string;
  readonly value: T | null;
  readonly failure: Failure | null;
}

/** Keeps the answer to one request; never shows that of another one. */
export function useAnswer<C extends ClerkChannel>(channel: C, request: ClerkRequest<C>): Answer<ClerkAnswers[C]> {
  const { bridge } = useEnvironment();
  const [held, setHeld] = useState<Held<ClerkAnswers[C]> | null>(null);
  const [round, setRound] = useState(0);
  const key = JSON.stringify(request);
  useEffect(() => {
    let current = true;
    void ask(bridge, channel, JSON.parse(key) as ClerkRequest<C>).then((result) => {
      if (!current) return;
      setHeld((before) => {
        if (result.ok) return { key, value: result.value, failure: null };
        return { key, value: before?.key === key ? before.value : null, failure: result.error };
      });
    });
    return () => {
      current = false;
    };
  }, [bridge, channel, key, round]);
  const reload = useCallback(() => setRound((n) => n + 1), []);
  const replace = useCallback((value: ClerkAnswers[C]) => setHeld({ key, value, failure: null }), [key]);
  const fits = held?.key === key;
  return { value: fits ? held.value : null, failure: fits ? held.failure : null, reload, replace };
}

/** Asks again on every change that main tells of. */
export function useChanges(reload: () => void): void {
  const { bridge } = useEnvironment();
  useEffect(() => bridge.onChange(reload), [bridge, reload]);
}

/** Asks again every `everyMs` while the window is visible. */
export function usePolling(reload: () => void, everyMs: number): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') reload();
    }, everyMs);
    return () => clearInterval(timer);
  }, [reload, everyMs]);
}

export interface Action<C extends ClerkChannel> {
  readonly running: boolean;
  readonly failure: Failure | null;
  readonly run: (request: ClerkRequest<C>) => Promise<Result<ClerkAnswers[C], Failure>>;
}

/** One thing that the clerk does, and how it went. */
export function useAction<C extends ClerkChannel>(channel: C): Action<C> {
  const { bridge } = useEnvironment();
  const [phase, setPhase] = useState<{ running: boolean; failure: Failure | null }>({ running: false, failure: null });
  const run = useCallback(
    async (request: ClerkRequest<C>) => {
      setPhase({ running: true, failure: null });
      const result = await ask(bridge, channel, request);
      setPhase({ running: false, failure: result.ok ? null : result.error });
      return result;
    },
    [bridge, channel],
  );
  return { ...phase, run };
}
