import type { IdentityDocument } from '../../shared/domain/document.ts';
import { failure } from '../../shared/reasons.ts';
import { ruleOnDocument } from './document-rules.ts';
import type { FlowEvent } from './flow-event.ts';
import type { CardReader } from './ports/readers.ts';

export interface CardReading {
  /** Reads a card for a certification; a read that is still waiting for another one ends. */
  start(certifyId: string): Promise<void>;
  stop(): void;
}

export interface CardReadingParts {
  readonly cardReader: CardReader;
  readonly dispatch: (event: FlowEvent) => void;
  /** Local calendar day, `YYYY-MM-DD`. */
  readonly today: () => string;
  readonly isNumberValid: (document: IdentityDocument) => boolean;
  readonly acceptsSimulated: () => boolean;
  /** A card came or went: somebody is there. */
  readonly onCard: () => void;
}

/** Turns what the reader does into events of the flow; what belongs to a stopped read is dropped. */
export function createCardReading(parts: CardReadingParts): CardReading {
  const { cardReader, dispatch } = parts;
  let reading: AbortController | null = null;

  function stop(): void {
    reading?.abort();
    reading = null;
  }

  return {
    stop,
    start: async (certifyId) => {
      stop();
      const { signal } = (reading = new AbortController());
      if (await cardReader.isOccupied()) {
        if (signal.aborted) return;
        dispatch({ type: 'card-occupied', certifyId });
      }
      const read = await cardReader.read(signal, (phase) => {
        if (signal.aborted) return;
        if (phase !== 'searching') parts.onCard();
        dispatch({ type: 'card-progress', certifyId, phase });
      });
      if (signal.aborted) return;
      reading = null;
      parts.onCard();
      if (!read.ok) dispatch({ type: 'card-failed', certifyId, failure: read.error });
      else if (read.value.simulated && !parts.acceptsSimulated()) {
        const refused = failure('card.refused', 'a simulated card, outside of a demonstration');
        dispatch({ type: 'card-failed', certifyId, failure: refused });
      } else {
        const ruling = ruleOnDocument(read.value, parts.today(), parts.isNumberValid(read.value));
        dispatch({ type: 'card-read', certifyId, document: read.value, ruling });
      }
    },
  };
}
