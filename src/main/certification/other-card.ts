import type { IdentityDocument } from '../../shared/domain/document.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import type { CardReader } from './ports/readers.ts';

export interface OtherCardHooks {
  /** A card from before still lies there. */
  onOccupied(): void;
  onProgress(phase: 'searching' | 'found' | 'reading'): void;
  /** The document is the caller's to use at once: its portrait is overwritten when this returns. */
  onRead(document: IdentityDocument): void;
  onFailed(failure: Failure): void;
}

export interface OtherCardParts {
  readonly cardReader: CardReader;
  readonly acceptsSimulated: () => boolean;
  /** A card came or went: somebody is there. */
  readonly onCard: () => void;
}

/** Reads a card that no face is compared with: a guardian's, or that of somebody who withdraws. */
export interface OtherCardReading {
  /** A read that is still waiting for another card ends. */
  start(hooks: OtherCardHooks): Promise<void>;
  stop(): void;
}

/** Reads one card at a time. A simulated card counts only where `acceptsSimulated` says so. */
export function createOtherCardReading({ cardReader, acceptsSimulated, onCard }: OtherCardParts): OtherCardReading {
  let reading: AbortController | null = null;

  function stop(): void {
    reading?.abort();
    reading = null;
  }

  return {
    stop,
    start: async (hooks) => {
      stop();
      const { signal } = (reading = new AbortController());
      const occupied = await cardReader.isOccupied();
      if (signal.aborted) return;
      if (occupied) hooks.onOccupied();
      const read = await cardReader.read(signal, (phase) => {
        if (signal.aborted) return;
        if (phase !== 'searching') onCard();
        hooks.onProgress(phase);
      });
      if (signal.aborted) {
        if (read.ok) overwritePortrait(read.value);
        return;
      }
      reading = null;
      onCard();
      if (!read.ok) return hooks.onFailed(read.error);
      if (read.value.simulated && !acceptsSimulated()) {
        hooks.onFailed(failure('card.refused', 'a simulated card, outside of a demonstration'));
      } else hooks.onRead(read.value);
      overwritePortrait(read.value);
    },
  };
}

function overwritePortrait({ portrait }: IdentityDocument): void {
  if (portrait.state === 'decoded') portrait.image.fill(0);
}
