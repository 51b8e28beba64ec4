import type { IdentityDocument } from '../../shared/domain/document.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { CommandLink, type LinkCounts, type LinkLimits } from './command-link.ts';
import {
  FIND_CARD,
  READ_CARD_MANAGEMENT_NUMBER,
  RESET_SAM,
  RF_BYTES,
  SAM_ID,
  SAM_STATUS,
  formatSamId,
  isSimulatedSamId,
  setMaxRfBytes,
  type Command,
  type Reply,
} from './commands.ts';
import type { CardSource } from './card-source.ts';
import type { CardPresence, CardProgress, ReaderIdentity } from './contract.ts';
import type { PhotoDecoder } from './photo-decoder.ts';
import { readPresentedCard, sendRetrying } from './presented-card.ts';
import { STATUS, hex, meaningOf, statusFailure } from './status-codes.ts';
import { pause, type Timing } from './timing.ts';
import type { Transport } from './transports/transport.ts';

export interface ReaderOptions {
  readonly timing: Timing;
  readonly photoDecoder: PhotoDecoder;
  /** Between two searches for a card; the protocol asks for about 300 ms. */
  readonly pollIntervalMs?: number;
  readonly limits?: LinkLimits;
}

const POLL_INTERVAL_MS = 300;
/** After a card could not be selected, so many empty searches mean that it has to be put on again. */
const EMPTY_SEARCHES_AFTER_TROUBLE = 5;

/** A SAM_V card reader. Its operations run one after another. */
export class CardReader implements CardSource {
  readonly #link: CommandLink;
  readonly #options: ReaderOptions;
  #simulated = false;
  #busy: Promise<unknown> = Promise.resolve();

  constructor(transport: Transport, options: ReaderOptions) {
    this.#link = new CommandLink(transport, options.timing, options.limits);
    this.#options = options;
  }

  /** Damage seen on the line since it was opened. */
  get lineCounts(): LinkCounts {
    return this.#link.counts;
  }

  /** @param onLost called once when the reader goes away by itself. */
  open(onLost: () => void = () => undefined): Promise<Result<void, Failure>> {
    return this.#link.open(onLost);
  }

  /** Ends whatever is under way with `reader.missing`. */
  close(): Promise<void> {
    return this.#link.close();
  }

  /** Checks that a working reader answers, learns its id and sets it up. A reader that is stuck is reset once. */
  identify(): Promise<Result<ReaderIdentity, Failure>> {
    return this.#exclusive(async () => {
      const status = await this.#succeed(SAM_STATUS);
      if (!status.ok) {
        if (status.error.code !== 'reader.no-answer') return status;
        const reset = await this.#succeed(RESET_SAM);
        if (!reset.ok) return reset;
      }
      const id = await this.#succeed(SAM_ID);
      if (!id.ok) return id;
      const samId = formatSamId(id.value.data);
      this.#simulated = isSimulatedSamId(samId);
      // Readers without this command keep their own size.
      const set = await sendRetrying(this.#link, setMaxRfBytes(RF_BYTES.usual));
      return set.ok ? ok({ samId, simulated: this.#simulated }) : err(set.error.failure);
    });
  }

  /** Asks the security module whether it works. */
  checkStatus(): Promise<Result<void, Failure>> {
    return this.#exclusive(async () => {
      const status = await this.#succeed(SAM_STATUS);
      return status.ok ? ok(undefined) : status;
    });
  }

  /**
   * Waits for a card that wasn't read yet and reads it. A card that stays on the reader after a read is not found
   * again until it was taken off. A card that moved while it was selected gets a second try.
   *
   * Ends with `user.cancelled` when `signal` is aborted, without waiting for a reply that may be under way.
   */
  waitForCard(
    signal: AbortSignal,
    onProgress: (progress: CardProgress) => void = () => undefined,
  ): Promise<Result<IdentityDocument, Failure>> {
    const progress = (step: CardProgress): void => {
      if (!signal.aborted) onProgress(step);
    };
    const reading = this.#exclusive(() => this.#searchAndRead(signal, progress));
    return new Promise((resolve) => {
      const cancel = (): void => resolve(err(failure('user.cancelled')));
      if (signal.aborted) cancel();
      signal.addEventListener('abort', cancel, { once: true });
      void reading.then((result) => {
        signal.removeEventListener('abort', cancel);
        resolve(result);
      });
    });
  }

  /**
   * Whether the card that was read last still lies there. Searching can't tell: after a read it finds nothing until
   * the card has left. A reader that doesn't answer clearly gives a failure, not "gone".
   */
  presence(): Promise<Result<CardPresence, Failure>> {
    return this.#exclusive(async () => {
      const sent = await sendRetrying(this.#link, READ_CARD_MANAGEMENT_NUMBER);
      if (!sent.ok) return err(sent.error.failure);
      const { status } = sent.value;
      if (status === STATUS.ok || status === STATUS.notOnCard) return ok('same');
      return meaningOf(status).cardGone ? ok('gone') : err(statusFailure(status));
    });
  }

  async #searchAndRead(
    signal: AbortSignal,
    onProgress: (progress: CardProgress) => void,
  ): Promise<Result<IdentityDocument, Failure>> {
    let trouble: Failure | null = null;
    let emptySearches = 0;
    onProgress('searching');
    while (!signal.aborted) {
      const found = await sendRetrying(this.#link, FIND_CARD);
      if (!found.ok) return err(found.error.failure);
      const { status } = found.value;
      if (status === STATUS.cardFound) {
        onProgress('found');
        const read = await readPresentedCard(this.#link, this.#options.photoDecoder, this.#simulated, onProgress);
        if (read.ok) return read;
        if (!read.error.tryAgain || trouble) return err(read.error.failure);
        trouble = read.error.failure;
        onProgress('searching');
      } else if (status === STATUS.unrecognisedError && !trouble) {
        trouble = statusFailure(status);
        await this.#link.send(RESET_SAM);
      } else if (!meaningOf(status).cardGone) {
        return err(statusFailure(status));
      } else if (trouble && ++emptySearches >= EMPTY_SEARCHES_AFTER_TROUBLE) {
        return err(trouble);
      }
      await pause(this.#options.timing, this.#options.pollIntervalMs ?? POLL_INTERVAL_MS, signal);
    }
    return err(failure('user.cancelled'));
  }

  async #succeed(command: Command): Promise<Result<Reply, Failure>> {
    const sent = await sendRetrying(this.#link, command);
    if (!sent.ok) return err(sent.error.failure);
    if (command.success.includes(sent.value.status)) return ok(sent.value);
    const { code } = statusFailure(sent.value.status);
    // No card is involved here, so a card's failure would be the wrong advice.
    if (code.startsWith('reader.')) return err(statusFailure(sent.value.status));
    return err(failure('reader.fault', `${command.name} answered ${hex(sent.value.status)}`));
  }

  #exclusive<T>(operation: () => Promise<T>): Promise<T> {
    const result = this.#busy.then(operation);
    this.#busy = result.catch(() => undefined);
    return result;
  }
}
