import { failure } from '../../shared/reasons.ts';
import { err } from '../../shared/result.ts';
import type { FlowEvent } from './flow-event.ts';
import { createOtherCardReading, type OtherCardParts } from './other-card.ts';
import type { StartTimer } from './ports/start-timer.ts';
import type { SubjectDesk } from './ports/subject-desk.ts';

/** Nobody is left before "erasing" for longer; the erasure itself goes on, and is finished after a restart at the latest. */
export const ERASE_WITHIN_MS = 60_000;

export interface WithdrawalWorkParts extends OtherCardParts {
  readonly subjects: SubjectDesk;
  /** HMAC of a document number under this device's key, hex. */
  readonly subjectKey: (number: string) => string;
  readonly dispatch: (event: FlowEvent) => void;
  readonly startTimer: StartTimer;
  /** Settles when nothing is being kept of the certification before: what comes later would outlive the erasure. */
  readonly kept: () => Promise<unknown>;
}

/** What a withdrawal asks for beside the screen. Of the card nothing but the subject's key is held, until `forget`. */
export interface WithdrawalWork {
  read(withdrawalId: string): Promise<void>;
  erase(withdrawalId: string): Promise<void>;
  forget(withdrawalId: string): void;
  /** Ends a read that waits for a card. */
  stop(): void;
}

/** One withdrawal at a time; each result comes back through `parts.dispatch`. */
export function createWithdrawalWork(parts: WithdrawalWorkParts): WithdrawalWork {
  const { subjects, dispatch } = parts;
  const card = createOtherCardReading(parts);
  let holder: { readonly withdrawalId: string; readonly subjectKey: string } | null = null;

  async function eraseNow(withdrawalId: string): ReturnType<SubjectDesk['erase']> {
    if (holder?.withdrawalId !== withdrawalId) return err(failure('internal.bug', 'nobody has withdrawn'));
    const { subjectKey } = holder;
    await parts.kept();
    return subjects.erase(subjectKey, 'withdrawn');
  }

  return {
    stop: () => card.stop(),
    read: (withdrawalId) =>
      card.start({
        onOccupied: () => dispatch({ type: 'holder-occupied', withdrawalId }),
        onProgress: (phase) => dispatch({ type: 'holder-progress', withdrawalId, phase }),
        onFailed: (cause) => dispatch({ type: 'holder-failed', withdrawalId, failure: cause }),
        onRead: ({ fields }) => {
          const subjectKey = parts.subjectKey(fields.number);
          const kept = subjects.kept(subjectKey);
          if (!kept.ok) return dispatch({ type: 'holder-failed', withdrawalId, failure: kept.error });
          holder = { withdrawalId, subjectKey };
          dispatch({ type: 'holder-read', withdrawalId, kept: kept.value });
        },
      }),
    erase: async (withdrawalId) => {
      const late = failure('outcome.unknown', 'the erasure takes longer than expected');
      const cancel = parts.startTimer(
        () => dispatch({ type: 'erasure-failed', withdrawalId, failure: late }),
        ERASE_WITHIN_MS,
      );
      const erased = await eraseNow(withdrawalId);
      cancel();
      if (erased.ok) dispatch({ type: 'erased', withdrawalId, slip: erased.value });
      else dispatch({ type: 'erasure-failed', withdrawalId, failure: erased.error });
    },
    forget: (withdrawalId) => {
      if (holder?.withdrawalId === withdrawalId) holder = null;
    },
  };
}
