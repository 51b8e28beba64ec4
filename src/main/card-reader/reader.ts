import { DEFAULT_CARD_READING, type CardReading } from '../../shared/domain/card-reading.ts';
import type { IdentityDocument } from '../../shared/domain/document.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { CommandLink, type LinkCounts, type LinkLimits } from './command-link.ts';
import {
  FIND_CARD,
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
import { explainSilence, findLineSpeed, raiseLineSpeed } from './line-speed.ts';
import type { PhotoDecoder } from './photo-decoder.ts';
import { readPresentedCard, type ModuleAbilities, type ReadContext, type ReadTrouble } from './presented-card.ts';
import { presenceOf, rememberCard, type RememberedCard } from './remembered-card.ts';
import { sendRetrying } from './retrying.ts';
import { STATUS, hex, meaningOf, statusFailure } from './status-codes.ts';
import { pause, type Timing } from './timing.ts';
import type { Transport } from './transports/transport.ts';

export interface ReaderOptions {
  readonly timing: Timing;
  readonly photoDecoder: PhotoDecoder;
  /** What is read beside text and photo; nothing by default. */
  readonly cardReading?: CardReading;
  /** From the answer to a search to the next one; by default what the reader bears. */
  readonly pollIntervalMs?: number;
  /**
   * Whether a reader that was found at a slower line speed is raised to the fastest, where the speed is `auto`. It
   * keeps that speed for other programs too, so whoever only looks around leaves it off, as is the default.
   */
  readonly raiseLineSpeed?: boolean;
  readonly limits?: LinkLimits;
}

/** Vendors ask for about 300 ms between two searches. */
export const POLL_INTERVAL_MS = 300;
/** The simulated reader has no radio field to rest. */
export const SIMULATED_POLL_INTERVAL_MS = 30;
/** After a card could not be selected, so long without finding one means that it has to be put on again. */
const SEARCH_AFTER_TROUBLE_MS = 1500;

/** A SAM_V card reader. Its operations run one after another. */
export class CardReader implements CardSource {
  readonly #link: CommandLink;
  readonly #options: ReaderOptions;
  #simulated = false;
  readonly #abilities: ModuleAbilities = { fingerprint: true, numberBeforeRead: 'expected' };
  /** A card was read and not yet asked for its number. */
  #toBeAsked = false;
  #lastCard: RememberedCard | null = null;
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

  /**
   * Finds the line speed where that is automatic, checks that a working reader answers, learns its id and sets it up.
   * A reader that is stuck is reset once.
   *
   * Fails with `reader.no-answer`, `reader.wrong-speed`, `reader.bad-frame`, `reader.self-test-failed`,
   * `reader.not-authorised`, `reader.fault` or `reader.missing`.
   */
  identify(): Promise<Result<ReaderIdentity, Failure>> {
    return this.#exclusive(async () => {
      const awake = await this.#awaken();
      if (!awake.ok) return awake;
      const id = await this.#succeed(SAM_ID);
      if (!id.ok) return id;
      const samId = formatSamId(id.value.data);
      this.#simulated = isSimulatedSamId(samId);
      // Readers without this command keep their own size.
      const set = await sendRetrying(this.#link, setMaxRfBytes(RF_BYTES.usual));
      if (!set.ok) return err(set.error.failure);
      const { speed } = this.#link;
      return ok({ samId, simulated: this.#simulated, ...(speed ? { baud: speed.baud } : {}) });
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
   * Whether the card that was read last still lies there. A reader that doesn't answer clearly gives a failure, not
   * `gone`; `unknown` means that it has no way to tell.
   */
  presence(): Promise<Result<CardPresence, Failure>> {
    return this.#exclusive(async () => {
      await this.#remember();
      return presenceOf(this.#link, this.#lastCard);
    });
  }

  /** Makes sure of an answer from a working module, whatever it takes. */
  async #awaken(): Promise<Result<unknown, Failure>> {
    const { speed } = this.#link;
    if (speed?.wanted === 'auto') {
      const found = await findLineSpeed(this.#link, speed);
      if (!found.ok) return found;
      const raised = this.#options.raiseLineSpeed
        ? await raiseLineSpeed(this.#link, speed, this.#options.timing)
        : found;
      return raised.ok ? this.#succeed(SAM_STATUS) : raised;
    }
    const status = await sendRetrying(this.#link, SAM_STATUS);
    if (status.ok) return successOf(SAM_STATUS, status.value);
    if (status.error.garbage) return err(await explainSilence(this.#link, status.error));
    if (status.error.kind !== 'no-answer') return err(status.error.failure);
    const reset = await sendRetrying(this.#link, RESET_SAM);
    return reset.ok ? successOf(RESET_SAM, reset.value) : err(await explainSilence(this.#link, reset.error));
  }

  /** Asks a card that was just read for its number, before anything else is sent. */
  async #remember(): Promise<void> {
    if (!this.#toBeAsked) return;
    this.#toBeAsked = false;
    this.#lastCard = await rememberCard(this.#link);
  }

  async #searchAndRead(
    signal: AbortSignal,
    onProgress: (progress: CardProgress) => void,
  ): Promise<Result<IdentityDocument, Failure>> {
    const { timing } = this.#options;
    let trouble: Failure | null = null;
    let troubleAtMs = 0;
    const troubled = (reason: Failure): void => {
      trouble = reason;
      troubleAtMs = timing.clock.monotonicMs();
      onProgress('searching');
    };
    onProgress('searching');
    while (!signal.aborted) {
      const found = await sendRetrying(this.#link, FIND_CARD);
      if (!found.ok) return err(found.error.failure);
      const { status } = found.value;
      if (status === STATUS.cardFound) {
        onProgress('found');
        const read = await this.#readFound(trouble ? 'second' : 'first', onProgress);
        if (read.ok) return read;
        if (!read.error.tryAgain || trouble) return err(read.error.failure);
        troubled(read.error.failure);
      } else if (status === STATUS.unrecognisedError && !trouble) {
        troubled(statusFailure(status));
        await this.#link.send(RESET_SAM);
      } else if (!meaningOf(status).cardGone) {
        return err(statusFailure(status));
      } else if (trouble && timing.clock.monotonicMs() - troubleAtMs >= SEARCH_AFTER_TROUBLE_MS) {
        return err(trouble);
      }
      await pause(timing, this.#pollIntervalMs(), signal);
    }
    return err(failure('user.cancelled'));
  }

  async #readFound(
    attempt: 'first' | 'second',
    onProgress: (progress: CardProgress) => void,
  ): Promise<Result<IdentityDocument, ReadTrouble>> {
    const { photoDecoder, cardReading = DEFAULT_CARD_READING } = this.#options;
    const context: ReadContext = {
      link: this.#link,
      photoDecoder,
      cardReading,
      simulatedReader: this.#simulated,
      abilities: this.#abilities,
    };
    const read = await readPresentedCard(context, attempt, onProgress);
    if (!read.ok) return read;
    this.#lastCard = read.value.remembered;
    this.#toBeAsked = read.value.remembered === null;
    // Whoever waits for the document doesn't wait for this.
    if (this.#toBeAsked) void this.#exclusive(() => this.#remember());
    return ok(read.value.document);
  }

  #pollIntervalMs(): number {
    return this.#options.pollIntervalMs ?? (this.#simulated ? SIMULATED_POLL_INTERVAL_MS : POLL_INTERVAL_MS);
  }

  async #succeed(command: Command): Promise<Result<Reply, Failure>> {
    const sent = await sendRetrying(this.#link, command);
    return sent.ok ? successOf(command, sent.value) : err(sent.error.failure);
  }

  #exclusive<T>(operation: () => Promise<T>): Promise<T> {
    const result = this.#busy.then(operation);
    this.#busy = result.catch(() => undefined);
    return result;
  }
}

function successOf(command: Command, reply: Reply): Result<Reply, Failure> {
  if (command.success.includes(reply.status)) return ok(reply);
  const refusal = statusFailure(reply.status);
  // No card is involved here, so a card's failure would be the wrong advice.
  if (refusal.code.startsWith('reader.')) return err(refusal);
  return err(failure('reader.fault', `${command.name} answered ${hex(reply.status)}`));
}
