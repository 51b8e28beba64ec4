import type { IdentityDocument } from '../shared/domain/document.ts';
import type { ReaderIdentity } from '../shared/domain/reader-diagnosis.ts';
import type { Failure } from '../shared/reasons.ts';
import type { CardPresence, ReaderState } from '../main/card-reader/contract.ts';
import { ReaderConnection, type ReaderSetup } from '../main/card-reader/reader-connection.ts';
import { pause, type Timing } from '../main/card-reader/timing.ts';

/** What happens on a reader, one at a time. */
export type WatchEvent =
  | { readonly event: 'ready'; readonly identity: ReaderIdentity }
  /** The reader is gone or out of order; it is tried again by itself. */
  | { readonly event: 'lost'; readonly failure: Failure }
  | { readonly event: 'card'; readonly document: IdentityDocument }
  | { readonly event: 'removed' }
  /** Another card lies where the one that was read lay; it is read next. */
  | { readonly event: 'swapped' }
  /** A card that could not be read. It is told once for each time that it is put on. */
  | { readonly event: 'problem'; readonly failure: Failure };

/** Between two questions whether the card is still there. */
export const PRESENCE_INTERVAL_MS = 300;
/** After so many answers in a row that say nothing, the next card is waited for all the same. */
const MOST_UNCLEAR_ANSWERS = 5;
/** Before a card that could not be read is tried again. */
const AFTER_PROBLEM_MS = 300;
/** A card that is found sooner than a second search would find it has lain there all the time. */
const SAME_PRESENTATION_MS = 250;
/** A read waits for its card for as long as it takes; this is only when it begins anew. */
const READ_TIMEOUT_MS = 60 * 60_000;

/** Tells what happens on a reader until `signal` is aborted. A reader that is lost is waited for. */
export async function watchReader(
  setup: ReaderSetup,
  timing: Timing,
  signal: AbortSignal,
  onEvent: (event: WatchEvent) => void,
): Promise<void> {
  const states = new StateChanges(onEvent);
  const connection = new ReaderConnection(timing, (state) => states.take(state));
  const stop = (): void => {
    connection.cancelRead();
    states.release();
  };
  signal.addEventListener('abort', stop, { once: true });
  await connection.configure(setup);
  const presentations = new Presentations(timing);
  while (!signal.aborted) {
    if (connection.state.state !== 'ready') await states.next();
    else await watchOneCard(connection, presentations, timing, signal, onEvent);
  }
  signal.removeEventListener('abort', stop);
  await connection.configure(null);
}

/** From an empty reader to an empty reader, or to the next trouble. */
async function watchOneCard(
  connection: ReaderConnection,
  presentations: Presentations,
  timing: Timing,
  signal: AbortSignal,
  onEvent: (event: WatchEvent) => void,
): Promise<void> {
  presentations.begin();
  const read = await connection.readCard(READ_TIMEOUT_MS, (progress) => {
    if (progress === 'found') presentations.found();
  });
  if (signal.aborted) return;
  if (read.ok) {
    presentations.readWell();
    onEvent({ event: 'card', document: read.value });
    const ended = await untilNotTheSame(connection, timing, signal);
    if (ended === 'gone') onEvent({ event: 'removed' });
    if (ended === 'other') onEvent({ event: 'swapped' });
    return;
  }
  if (isWorthTelling(read.error) && presentations.isNews(read.error)) {
    onEvent({ event: 'problem', failure: read.error });
  }
  await pause(timing, AFTER_PROBLEM_MS, signal);
}

/** Waits until the card that was read has left; null when the reader can't tell, or is lost. */
async function untilNotTheSame(
  connection: ReaderConnection,
  timing: Timing,
  signal: AbortSignal,
): Promise<Exclude<CardPresence, 'same' | 'unknown'> | null> {
  let unclear = 0;
  while (!signal.aborted && unclear < MOST_UNCLEAR_ANSWERS) {
    await pause(timing, PRESENCE_INTERVAL_MS, signal);
    const presence = await connection.presence();
    if (!presence.ok) {
      // One answer that was lost on the line doesn't make the card leave.
      if (connection.state.state !== 'ready') return null;
      unclear++;
    } else if (presence.value === 'unknown') {
      return null;
    } else if (presence.value !== 'same') {
      return presence.value;
    } else {
      unclear = 0;
    }
  }
  return null;
}

/** A reader that is gone is told by its state, which follows at once; whoever ends a wait knows of it. */
function isWorthTelling({ code }: Failure): boolean {
  return code !== 'reader.missing' && code !== 'reader.service-missing' && !code.startsWith('user.');
}

/** Tells one time that a card is put on from the next. */
class Presentations {
  readonly #timing: Timing;
  #beganMs = 0;
  #foundMs: number | null = null;
  #lastProblem: Failure | null = null;

  constructor(timing: Timing) {
    this.#timing = timing;
  }

  begin(): void {
    this.#beganMs = this.#timing.clock.monotonicMs();
    this.#foundMs = null;
  }

  found(): void {
    this.#foundMs ??= this.#timing.clock.monotonicMs();
  }

  readWell(): void {
    this.#lastProblem = null;
  }

  /** Whether this problem is another than the last one, or of a card that was put on anew. */
  isNews(problem: Failure): boolean {
    const sinceMs = this.#foundMs === null ? 0 : this.#foundMs - this.#beganMs;
    const again = this.#lastProblem?.code === problem.code && sinceMs < SAME_PRESENTATION_MS;
    this.#lastProblem = problem;
    return !again;
  }
}

/** The reader's states as events, and a way to wait for the next one. */
class StateChanges {
  readonly #onEvent: (event: WatchEvent) => void;
  #waiting: (() => void) | null = null;
  #released = false;
  /** Why the reader is lost, until it is back: told once, however often it is tried. */
  #lost: string | null = null;

  constructor(onEvent: (event: WatchEvent) => void) {
    this.#onEvent = onEvent;
  }

  take(state: ReaderState): void {
    if (this.#released) return;
    if (state.state === 'ready') {
      this.#lost = null;
      this.#onEvent({ event: 'ready', identity: state.identity });
    } else if (this.#lost !== state.failure.code) {
      this.#lost = state.failure.code;
      this.#onEvent({ event: 'lost', failure: state.failure });
    }
    this.#waiting?.();
  }

  next(): Promise<void> {
    if (this.#released) return Promise.resolve();
    return new Promise((resolve) => (this.#waiting = resolve));
  }

  release(): void {
    this.#released = true;
    this.#waiting?.();
  }
}
