import { useCallback, useEffect, useState } from 'react';
import type { FileTaskState } from '../../../shared/ipc/file-task.ts';
import type { Failure } from '../../../shared/reasons.ts';
import type { Result } from '../../../shared/result.ts';
import { ask, type AdminRequest } from '../answers.ts';
import { useEnvironment } from '../environment.ts';

const POLL_MS = 300;

/** The channels of one kind of file. */
type FileTaskChannels =
  | {
      readonly start: 'admin:export-records';
      readonly state: 'admin:record-export';
      readonly cancel: 'admin:cancel-record-export';
    }
  | {
      readonly start: 'admin:export-audit';
      readonly state: 'admin:audit-export';
      readonly cancel: 'admin:cancel-audit-export';
    };

export interface FileTaskUse<Request> {
  readonly task: FileTaskState | null;
  readonly failure: Failure | null;
  /** Asking where to, or writing. */
  readonly isBusy: boolean;
  readonly start: (request: Request) => void;
  readonly cancel: () => void;
}

/** Starts a file, follows how far it is, also after the page was left and opened again. */
export function useFileTask<C extends FileTaskChannels>(channels: C): FileTaskUse<AdminRequest<C['start']>> {
  const { bridge } = useEnvironment();
  const [task, setTask] = useState<FileTaskState | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [asking, setAsking] = useState(false);
  const { start: startName, state: stateName, cancel: cancelName } = channels;
  const take = useCallback((answer: Result<FileTaskState, Failure>): void => {
    if (answer.ok) setTask(answer.value);
    setFailure(answer.ok ? null : answer.error);
  }, []);
  const isRunning = task?.state === 'running';
  useEffect(() => {
    const look = (): void => void ask(bridge, stateName, null).then(take);
    if (!isRunning) {
      look();
      return;
    }
    const timer = setInterval(look, POLL_MS);
    return () => clearInterval(timer);
  }, [bridge, stateName, isRunning, take]);
  return {
    task,
    failure,
    isBusy: asking || isRunning,
    start: (request) => {
      setAsking(true);
      void ask<C['start']>(bridge, startName, request).then((answer) => {
        setAsking(false);
        take(answer);
      });
    },
    cancel: () => void ask(bridge, cancelName, null).then(take),
  };
}
