import { useCallback, useEffect, useState } from 'react';
import type { AdminBridge } from '../../preload/bridge.ts';
import type { AdminAnswers, AdminChannel } from '../../shared/ipc/admin.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, type Result } from '../../shared/result.ts';
import { useEnvironment } from './environment.ts';
import type { AdminRequest } from './admin-request.ts';
import { rememberRevision, revisionOf, useRevisionScope } from './revision-scope.ts';

export type { AdminRequest } from './admin-request.ts';

/** Asks main; a rejected call (a bug on the other side) becomes `internal.bug` instead of an unhandled rejection. */
export async function ask<C extends AdminChannel>(
  bridge: AdminBridge,
  channel: C,
  request: AdminRequest<C>,
  basedOn: number | null = null,
): Promise<Revised<AdminAnswers[C]>> {
  try {
    const answer = await bridge.invoke(channel, request, basedOn);
    if (answer.ok) rememberRevision(answer.value, answer.revision);
    return answer;
  } catch {
    return err(failure('internal.bug', channel));
  }
}

type Revised<T> = Result<T, Failure> & { readonly revision?: number };

interface Held<T> {
  readonly asked: string;
  /** Of the settings that the value is of; null where main doesn't count. */
  readonly revision: number | null;
  readonly value: T | null;
  readonly failure: Failure | null;
}

export interface Answer<T> {
  /** The last value for this very request; null while there is none. */
  readonly value: T | null;
  /** Why the last attempt failed; `value` may still hold an older answer. */
  readonly failure: Failure | null;
  readonly refreshing: boolean;
  /** The revision of the settings that the value is of; null where main doesn't count. */
  readonly revision: number | null;
  readonly reload: () => void;
  /** Takes over a value that another call returned. */
  readonly replace: (value: T) => void;
}

function settle<T>(before: Held<T> | null, asked: string, request: string, result: Revised<T>): Held<T> {
  if (result.ok) return { asked, revision: result.revision ?? null, value: result.value, failure: null };
  const sameRequest = before !== null && before.asked.startsWith(`${request}#`);
  return {
    asked,
    revision: sameRequest ? before.revision : null,
    value: sameRequest ? before.value : null,
    failure: result.error,
  };
}

/**
 * Keeps the answer to one request. While a changed request is on its way the former answer stays, marked as
 * refreshing, so that nothing jumps; a failed request never shows the answer to another one.
 */
export function useAnswer<C extends AdminChannel>(channel: C, request: AdminRequest<C>): Answer<AdminAnswers[C]> {
  const { bridge } = useEnvironment();
  const [held, setHeld] = useState<Held<AdminAnswers[C]> | null>(null);
  const [round, setRound] = useState(0);
  const key = JSON.stringify(request);
  const asked = `${key}#${round}`;
  useEffect(() => {
    let current = true;
    void ask(bridge, channel, JSON.parse(key) as AdminRequest<C>).then((result) => {
      if (current) setHeld((before) => settle(before, asked, key, result));
    });
    return () => {
      current = false;
    };
  }, [bridge, channel, key, asked]);
  const reload = useCallback(() => setRound((n) => n + 1), []);
  const replace = useCallback(
    (value: AdminAnswers[C]) =>
      setHeld((before) => ({
        asked: before?.asked ?? '',
        revision: revisionOf(value) ?? before?.revision ?? null,
        value,
        failure: null,
      })),
    [],
  );
  return {
    value: held?.value ?? null,
    failure: held?.failure ?? null,
    refreshing: held?.asked !== asked,
    revision: held?.revision ?? null,
    reload,
    replace,
  };
}

export type ActionPhase =
  | { readonly state: 'idle' }
  | { readonly state: 'running' }
  | { readonly state: 'done'; readonly atMs: number }
  | { readonly state: 'failed'; readonly failure: Failure };

export interface Action<C extends AdminChannel> {
  readonly phase: ActionPhase;
  readonly run: (request: AdminRequest<C>) => Promise<Result<AdminAnswers[C], Failure>>;
  readonly reset: () => void;
}

/** One thing that the administrator does, and how it went. */
export function useAction<C extends AdminChannel>(channel: C): Action<C> {
  const { bridge, clock } = useEnvironment();
  const { basedOn } = useRevisionScope();
  const [phase, setPhase] = useState<ActionPhase>({ state: 'idle' });
  const run = useCallback(
    async (request: AdminRequest<C>) => {
      setPhase({ state: 'running' });
      const result = await ask(bridge, channel, request, basedOn);
      setPhase(result.ok ? { state: 'done', atMs: clock.wallMs() } : { state: 'failed', failure: result.error });
      return result;
    },
    [bridge, channel, clock, basedOn],
  );
  const reset = useCallback(() => setPhase({ state: 'idle' }), []);
  return { phase, run, reset };
}

/** Calls `reload` every `everyMs` while the window is visible. */
export function usePolling(reload: () => void, everyMs: number): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') reload();
    }, everyMs);
    return () => clearInterval(timer);
  }, [reload, everyMs]);
}
