import { useCallback, useEffect, useState } from 'react';
import type { AuditCheckState } from '../../../shared/ipc/admin-audit.ts';
import type { Failure } from '../../../shared/reasons.ts';
import type { Result } from '../../../shared/result.ts';
import { ask } from '../answers.ts';
import { useEnvironment } from '../environment.ts';

const POLL_MS = 300;

export interface AuditCheckUse {
  readonly state: AuditCheckState | null;
  readonly failure: Failure | null;
  readonly isRunning: boolean;
  readonly start: () => void;
  readonly cancel: () => void;
}

/** Starts the check of the chain and follows it, also after the page was left and opened again. */
export function useAuditCheck(onOver: () => void): AuditCheckUse {
  const { bridge } = useEnvironment();
  const [state, setState] = useState<AuditCheckState | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [asking, setAsking] = useState(false);
  const take = useCallback((answer: Result<AuditCheckState, Failure>): void => {
    if (answer.ok) setState(answer.value);
    else setFailure(answer.error);
  }, []);
  const isRunning = asking || state?.state === 'running';
  useEffect(() => {
    const look = (): void => void ask(bridge, 'admin:audit-check', null).then(take);
    look();
    if (!isRunning) return;
    const timer = setInterval(look, POLL_MS);
    return () => clearInterval(timer);
  }, [bridge, isRunning, take]);
  return {
    state,
    failure,
    isRunning,
    start: () => {
      setAsking(true);
      setFailure(null);
      void ask(bridge, 'admin:verify-audit', null).then((answer) => {
        setAsking(false);
        // The state says by itself how it ended.
        if (!answer.ok && answer.error.code === 'request.invalid') setFailure(answer.error);
        onOver();
      });
    },
    cancel: () => void ask(bridge, 'admin:cancel-audit-check', null).then(take),
  };
}
