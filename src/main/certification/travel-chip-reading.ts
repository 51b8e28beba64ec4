import type { ChipAccessKey } from '../../shared/domain/travel-document.ts';
import type { FlowEvent } from './flow-event.ts';
import type { ChipReading } from './ports/readers.ts';
import { identityOfChip, ruleOnRead } from './read-identity.ts';

/** Reads the chip of a travel document for a certification; what belongs to a stopped read is dropped. */
export interface TravelChipReading {
  start(certifyId: string, key: ChipAccessKey): Promise<void>;
  stop(): void;
}

/**
 * One read at a time: a new one stops the one before. What was read is dispatched as `identity-read`, all failures as
 * `chip-failed`.
 */
export function createTravelChipReading({
  chips,
  dispatch,
  today,
  onDocument,
}: {
  readonly chips: ChipReading;
  readonly dispatch: (event: FlowEvent) => void;
  /** Local calendar day, `YYYY-MM-DD`. */
  readonly today: () => string;
  /** The chip answers: somebody is there. */
  readonly onDocument: () => void;
}): TravelChipReading {
  let reading: AbortController | null = null;

  function stop(): void {
    reading?.abort();
    reading = null;
  }

  return {
    stop,
    start: async (certifyId, key) => {
      stop();
      const { signal } = (reading = new AbortController());
      const read = await chips.read(key, signal, (progress) => {
        if (signal.aborted) return;
        if (progress.step !== 'waiting') onDocument();
        dispatch({ type: 'chip-progress', certifyId, progress });
      });
      if (signal.aborted) return;
      reading = null;
      onDocument();
      if (!read.ok) return dispatch({ type: 'chip-failed', certifyId, failure: read.error });
      const identity = identityOfChip(read.value);
      if (!identity.ok) return dispatch({ type: 'chip-failed', certifyId, failure: identity.error });
      dispatch({
        type: 'identity-read',
        certifyId,
        identity: identity.value,
        ruling: ruleOnRead(identity.value, today()),
      });
    },
  };
}
