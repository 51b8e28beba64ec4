import type { IdentityDocument } from '../../shared/domain/document.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { CardSource } from './card-source.ts';
import type { CardPresence, CardProgress, ReaderIdentity, ReaderState } from './contract.ts';
import { pause, type Timing } from './timing.ts';

/** How often an idle reader is asked for its status. */
export const HEARTBEAT_MS = 2000;
/** Waits before a lost reader is tried again; the last one repeats. */
export const REOPEN_WAITS_MS = [1000, 2000, 4000, 5000] as const;

export interface ReaderSetup {
  /** Makes a fresh source for every attempt to open. */
  readonly create: () => CardSource;
}

export const NOT_CONFIGURED = failure('reader.missing', 'no reader is configured');

/** Keeps one reader open: opens it, watches it while idle, and opens it again when it went away. */
export class ReaderConnection {
  readonly #timing: Timing;
  readonly #onState: (state: ReaderState) => void;
  #state: ReaderState = { state: 'missing', failure: NOT_CONFIGURED };
  #reader: CardSource | null = null;
  #reading: AbortController | null = null;
  /** Ends the loop that looks after the present setup. */
  #lifetime = new AbortController();
  /** Ends the pause between two heartbeats, or before the next attempt. */
  #wake = new AbortController();

  constructor(timing: Timing, onState: (state: ReaderState) => void) {
    this.#timing = timing;
    this.#onState = onState;
  }

  get state(): ReaderState {
    return this.#state;
  }

  /**
   * Replaces the reader. Fails when the new one can't be opened yet, and keeps trying; null stays without one.
   */
  async configure(setup: ReaderSetup | null): Promise<Result<ReaderIdentity | null, Failure>> {
    this.#lifetime.abort();
    this.#lifetime = new AbortController();
    this.#wake.abort();
    await this.#drop(NOT_CONFIGURED);
    if (!setup) return ok(null);
    const { signal } = this.#lifetime;
    const opened = await this.#open(setup, signal);
    void this.#lookAfter(setup, signal);
    return opened;
  }

  /**
   * Waits at most `timeoutMs` for a new card: `user.timed-out` after that, `user.cancelled` by `cancelRead`,
   * `request.invalid` while another read is under way.
   */
  async readCard(
    timeoutMs: number,
    onProgress: (progress: CardProgress) => void,
  ): Promise<Result<IdentityDocument, Failure>> {
    const reader = this.#reader;
    if (!reader || this.#state.state !== 'ready') return err(this.#failure());
    if (this.#reading) return err(failure('request.invalid', 'a read is under way'));
    const reading = new AbortController();
    this.#reading = reading;
    let late = false;
    const cancelTimer = this.#timing.setTimer(() => {
      late = true;
      reading.abort();
    }, timeoutMs);
    const result = await reader.waitForCard(reading.signal, onProgress);
    cancelTimer();
    this.#reading = null;
    if (result.ok) return result;
    if (result.error.code.startsWith('reader.')) this.#wake.abort();
    return late && result.error.code === 'user.cancelled' ? err(failure('user.timed-out')) : result;
  }

  cancelRead(): void {
    this.#reading?.abort();
  }

  async presence(): Promise<Result<CardPresence, Failure>> {
    if (!this.#reader || this.#state.state !== 'ready') return err(this.#failure());
    if (this.#reading) return err(failure('request.invalid', 'a read is under way'));
    return this.#reader.presence();
  }

  #failure(): Failure {
    return this.#state.state === 'ready' ? NOT_CONFIGURED : this.#state.failure;
  }

  async #open(setup: ReaderSetup, signal: AbortSignal): Promise<Result<ReaderIdentity, Failure>> {
    const reader = setup.create();
    const opened = await reader.open(() => this.#wake.abort());
    const identity = opened.ok ? await reader.identify() : opened;
    if (signal.aborted || !identity.ok) await reader.close();
    if (signal.aborted) return err(NOT_CONFIGURED);
    if (!identity.ok) {
      this.#setState(stateFor(identity.error));
      return identity;
    }
    this.#reader = reader;
    this.#setState({ state: 'ready', identity: identity.value });
    return identity;
  }

  async #lookAfter(setup: ReaderSetup, signal: AbortSignal): Promise<void> {
    let attempt = 0;
    while (!signal.aborted) {
      const wait = this.#reader ? HEARTBEAT_MS : REOPEN_WAITS_MS[Math.min(attempt, REOPEN_WAITS_MS.length - 1)]!;
      await this.#pauseUntilWoken(wait);
      if (signal.aborted) return;
      if (!this.#reader) {
        attempt++;
        await this.#open(setup, signal);
      } else if (!this.#reading) {
        attempt = 0;
        const alive = await this.#reader.checkStatus();
        if (!alive.ok && !signal.aborted) await this.#drop(alive.error);
      }
    }
  }

  async #pauseUntilWoken(ms: number): Promise<void> {
    this.#wake = new AbortController();
    await pause(this.#timing, ms, this.#wake.signal);
  }

  async #drop(reason: Failure): Promise<void> {
    this.#reading?.abort();
    const reader = this.#reader;
    this.#reader = null;
    if (reader) await reader.close();
    this.#setState(stateFor(reason));
  }

  #setState(state: ReaderState): void {
    const same = JSON.stringify(state) === JSON.stringify(this.#state);
    this.#state = state;
    if (!same) this.#onState(state);
  }
}

function stateFor(reason: Failure): ReaderState {
  return { state: reason.code === 'reader.missing' ? 'missing' : 'fault', failure: reason };
}
