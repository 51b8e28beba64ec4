import type { IdentityDocument } from '../../../shared/domain/document.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { CardSource } from '../card-source.ts';
import { isSimulatedSamId } from '../commands.ts';
import type { CardPresence, CardProgress, ReaderIdentity } from '../contract.ts';
import { pause, type Timing } from '../timing.ts';
import { Presentation, cardMark } from './presentation.ts';
import type { ServiceReading, VendorService } from './vendor-service.ts';

/** Between an answer and the next question. The vendors' pages ask every 300 ms to 1 s. */
const POLL_INTERVAL_MS = 300;
/** So long the same card may be given without being new before the person is told to take it off. */
const LEFT_AFTER_MS = 5_000;
/** Whoever asks doesn't wait longer, and the next wait shouldn't either. */
const PRESENCE_TIMEOUT_MS = 2_000;
/** Refusals in a row that end a wait; after each, the device is opened again. */
const REFUSALS = 3;

/** A vendor's service as a source of cards. Operations run one after another. */
export class ServiceSource implements CardSource {
  readonly #service: VendorService;
  readonly #timing: Timing;
  readonly #presentation = new Presentation();
  readonly #life = new AbortController();
  #simulated = false;
  #troubled = false;
  #busy: Promise<unknown> = Promise.resolve();

  constructor(service: VendorService, timing: Timing) {
    this.#service = service;
    this.#timing = timing;
  }

  open(onLost: () => void = () => undefined): Promise<Result<void, Failure>> {
    return this.#service.open(() => {
      if (!this.#life.signal.aborted) onLost();
    });
  }

  identify(): Promise<Result<ReaderIdentity, Failure>> {
    return this.#exclusive(async () => {
      const identity = await this.#service.identify(this.#life.signal);
      if (!identity.ok) return identity;
      const { samId, service } = identity.value;
      this.#simulated = samId !== null && isSimulatedSamId(samId);
      return ok({ samId, simulated: this.#simulated, baud: null, service });
    });
  }

  checkStatus(): Promise<Result<void, Failure>> {
    return this.#exclusive(async () => {
      const status = await this.#service.checkStatus(this.#life.signal, this.#troubled);
      if (status.ok) this.#troubled = false;
      return status;
    });
  }

  waitForCard(
    signal: AbortSignal,
    onProgress: (progress: CardProgress) => void = () => undefined,
  ): Promise<Result<IdentityDocument, Failure>> {
    const progress = (step: CardProgress): void => {
      if (!signal.aborted) onProgress(step);
    };
    const reading = this.#exclusive(() => this.#poll(AbortSignal.any([signal, this.#life.signal]), progress));
    return new Promise((resolve) => {
      const cancel = (): void => resolve(err(failure('user.cancelled')));
      if (signal.aborted) cancel();
      signal.addEventListener('abort', cancel, { once: true });
      void reading.then((result) => {
        signal.removeEventListener('abort', cancel);
        resolve(signal.aborted ? err(failure('user.cancelled')) : result);
      });
    });
  }

  /**
   * `other` is certain. `same` and `gone` only come from services whose answers mean them: others keep a card that has
   * left, or find none while it still lies there.
   */
  presence(): Promise<Result<CardPresence, Failure>> {
    return this.#exclusive(async () => {
      const { taken } = this.#presentation;
      // A service that waits for a card to answer would keep the next wait waiting.
      if (taken === null || this.#service.emptyAfterMs !== null) return ok('unknown');
      const late = new AbortController();
      const cancel = this.#timing.setTimer(() => late.abort(), PRESENCE_TIMEOUT_MS);
      const reading = await this.#service.read(AbortSignal.any([late.signal, this.#life.signal]));
      cancel();
      if (!reading.ok) return reading;
      if (reading.value.state === 'card' && cardMark(reading.value.text) !== taken) return ok('other');
      if (!this.#service.tellsPresence) return ok('unknown');
      return ok(reading.value.state === 'card' ? 'same' : 'gone');
    });
  }

  async close(): Promise<void> {
    this.#life.abort();
    await this.#busy;
    await this.#service.close();
  }

  async #poll(
    signal: AbortSignal,
    onProgress: (progress: CardProgress) => void,
  ): Promise<Result<IdentityDocument, Failure>> {
    const { clock } = this.#timing;
    let refusals = 0;
    let lyingSinceMs: number | null = null;
    this.#presentation.beginWait();
    onProgress('searching');
    while (!signal.aborted) {
      const askedMs = clock.monotonicMs();
      const reading = await this.#service.read(signal);
      if (signal.aborted) break;
      if (!isAboutCards(reading)) {
        this.#troubled = true;
        if (reading.error.code !== 'reader.service-refused' || ++refusals >= REFUSALS) return reading;
        await this.#service.checkStatus(signal, true);
      } else {
        refusals = 0;
        const judged = this.#judged(reading, clock.monotonicMs() - askedMs);
        if (judged) return this.#given(judged, onProgress);
        const empty = reading.ok && reading.value.state === 'none';
        lyingSinceMs = empty ? null : (lyingSinceMs ?? askedMs);
        if (lyingSinceMs !== null && clock.monotonicMs() - lyingSinceMs >= LEFT_AFTER_MS) {
          return err(failure('card.left-on-reader', 'the service gives a card that was not presented now'));
        }
      }
      await pause(this.#timing, POLL_INTERVAL_MS, signal);
    }
    return err(this.#life.signal.aborted ? failure('reader.missing', 'closed') : failure('user.cancelled'));
  }

  /** The reading when it is of a card that was presented now, good or bad; null otherwise. */
  #judged(reading: Result<ServiceReading, Failure>, tookMs: number): Result<CardReading, Failure> | null {
    const presentation = this.#presentation;
    if (reading.ok && reading.value.state === 'none') {
      presentation.empty();
      return null;
    }
    const { emptyAfterMs } = this.#service;
    if (emptyAfterMs !== null && tookMs >= emptyAfterMs) {
      presentation.empty();
      presentation.empty();
    }
    if (!reading.ok) return presentation.isUnreadableNew() ? reading : null;
    if (reading.value.state === 'none') return null;
    return presentation.isNew(cardMark(reading.value.text)) ? ok(reading.value) : null;
  }

  #given(
    judged: Result<CardReading, Failure>,
    onProgress: (progress: CardProgress) => void,
  ): Result<IdentityDocument, Failure> {
    onProgress('found');
    if (!judged.ok) return judged;
    onProgress('reading');
    const { text, portrait } = judged.value;
    this.#presentation.take(cardMark(text));
    return ok({ ...text, portrait, simulated: this.#simulated });
  }

  #exclusive<T>(operation: () => Promise<Result<T, Failure>>): Promise<Result<T, Failure>> {
    const closed = (): Result<T, Failure> => err(failure('reader.missing', 'closed'));
    const result = this.#busy.then(async () => {
      if (this.#life.signal.aborted) return closed();
      const outcome = await operation();
      return this.#life.signal.aborted ? closed() : outcome;
    });
    this.#busy = result.catch(() => undefined);
    return result;
  }
}

type CardReading = Extract<ServiceReading, { state: 'card' }>;

/** Whether the service did its work: it gave a card, a bad one, or said that there is none. */
function isAboutCards(
  reading: Result<ServiceReading, Failure>,
): reading is Result<ServiceReading, Failure & { code: `card.${string}` }> {
  return reading.ok || reading.error.code.startsWith('card.');
}
