import type { IdentityDocument } from '../../shared/domain/document.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { CardSource } from './card-source.ts';
import type { CardPresence, CardProgress, ReaderIdentity, ReaderState } from './contract.ts';
import { pause, type Timing } from './timing.ts';

/** How often an idle reader is asked for its status. */
export const HEARTBEAT_MS = 2000;
/** Waits before a lost reader is tried again; the last one repeats, so one that comes back is open within 3 s. */
export const REOPEN_WAITS_MS = [500, 1000, 2000, 2500] as const;

export interface ConnectionWaits {
  readonly heartbeatMs: number;
  /** At least one. */
  readonly reopenMs: readonly number[];
}

const WAITS: ConnectionWaits = { heartbeatMs: HEARTBEAT_MS, reopenMs: REOPEN_WAITS_MS };

export interface ReaderSetup {
  /** Makes a fresh source for every attempt to open. */
  readonly create: () => CardSource;
}

export const NOT_CONFIGURED = failure('reader.missing', 'no reader is configured');

/** Keeps one reader open: opens it, watches it while idle, and opens it again when it went away. */
export class ReaderConnection {
  readonly #timing: Timing;
  readonly #onState: (state: ReaderState) => void;
  readonly #waits: ConnectionWaits;
  #state: ReaderState = { state: 'missing', failure: NOT_CONFIGURED };
  #reader: CardSource | null = null;
  /** A reader that is being opened and isn't known yet. */
  #opening: CardSource | null = null;
  #reading: AbortController | null = null;
  /** Ends the loop that looks after the present setup. */
  #lifetime = new AbortController();
  /** Ends the pause between two heartbeats, or before the next attempt. */
  #wake = new AbortController();
  /** Something happened while nobody paused. */
  #woken = false;
  /** The loop of the present setup, until it ended. */
  #looking: Promise<void> = Promise.resolve();

  constructor(timing: Timing, onState: (state: ReaderState) => void, waits: ConnectionWaits = WAITS) {
    this.#timing = timing;
    this.#onState = onState;
    this.#waits = waits;
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
    const { signal } = this.#lifetime;
    this.#wakeUp();
    await this.#opening?.close();
    await this.#drop(NOT_CONFIGURED);
    // Two readers at one port would be in each other's way.
    await this.#looking;
    if (!setup) return ok(null);
    if (signal.aborted) return err(NOT_CONFIGURED);
    this.#woken = false;
    const opened = await this.#open(setup, signal);
    this.#looking = this.#lookAfter(setup, signal);
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
    if (result.error.code.startsWith('reader.')) this.#wakeUp();
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
    this.#opening = reader;
    const opened = await reader.open(() => this.#wakeUp());
    const identity = opened.ok ? await reader.identify() : opened;
    this.#opening = null;
    if (signal.aborted || !identity.ok) await reader.close();
    if (signal.aborted) return err(NOT_CONFIGURED);
    if (!identity.ok) {
      // One that hangs up while it is asked has to wait for its turn like any other.
      this.#woken = false;
      this.#setState(opened.ok ? stateFor(identity.error) : { state: 'missing', failure: identity.error });
      return identity;
    }
    this.#reader = reader;
    this.#setState({ state: 'ready', identity: identity.value });
    return identity;
  }

  async #lookAfter(setup: ReaderSetup, signal: AbortSignal): Promise<void> {
    const { heartbeatMs, reopenMs } = this.#waits;
    let attempt = 0;
    while (!signal.aborted) {
      await this.#pauseUntilWoken(this.#reader ? heartbeatMs : reopenMs[Math.min(attempt, reopenMs.length - 1)]!);
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
    if (!this.#woken) {
      this.#wake = new AbortController();
      await pause(this.#timing, ms, this.#wake.signal);
    }
    this.#woken = false;
  }

  #wakeUp(): void {
    this.#woken = true;
    this.#wake.abort();
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
