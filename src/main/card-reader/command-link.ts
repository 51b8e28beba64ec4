import type { Failure } from '../../shared/reasons.ts';
import { failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { RESET_SAM, SAM_STATUS, isAnswerTo, parseReply, type Command, type Reply } from './commands.ts';
import { FrameDecoder, type FrameEvent } from './frame-codec.ts';
import type { Timing } from './timing.ts';
import type { LineSpeed, Transport } from './transports/transport.ts';

export interface LinkLimits {
  /** How long a reader may think before its reply begins; drivers use 3 s. */
  readonly answerTimeoutMs: number;
  /** Silence inside a reply after which its rest isn't coming; longer than the decoder's own gap. */
  readonly gapMs: number;
}

export const LINK_LIMITS: LinkLimits = { answerTimeoutMs: 3000, gapMs: 250 };

/** Why a command has no reply. `broken-off`: a reply began and stopped. `damaged`: its checksum or length is wrong. */
export interface LinkTrouble {
  readonly kind: 'no-answer' | 'broken-off' | 'damaged' | 'closed';
  readonly failure: Failure;
  /** Whether bytes came without so much as the start of a frame: another line speed, or no reader at all. */
  readonly garbage: boolean;
}

/** How often each kind of damage was seen since the link was opened; `stale` counts late replies and echoes. */
export type LinkCounts = Readonly<Record<FrameEvent['kind'] | 'stale', number>>;

/** Sends one command at a time over a transport and finds its reply in what comes back. */
export class CommandLink {
  readonly #transport: Transport;
  readonly #timing: Timing;
  readonly #limits: LinkLimits;
  readonly #decoder = new FrameDecoder();
  readonly #counts = { frame: 0, 'bad-checksum': 0, 'bad-length': 0, noise: 0, 'idle-gap': 0, stale: 0 };
  #exchange: Exchange | null = null;
  /** After a command without an answer, that answer may still come and must not be taken for another's. */
  #owed = false;
  #closed = true;

  constructor(transport: Transport, timing: Timing, limits: LinkLimits = LINK_LIMITS) {
    this.#transport = transport;
    this.#timing = timing;
    this.#limits = limits;
  }

  get counts(): LinkCounts {
    return { ...this.#counts };
  }

  /** The line speed, where the transport has one. */
  get speed(): LineSpeed | undefined {
    return this.#transport.speed;
  }

  /** @param onLost called once when the far end goes away, not after `close`. */
  async open(onLost: () => void): Promise<Result<void, Failure>> {
    this.#transport.onBytes((bytes) => this.#receive(bytes));
    this.#transport.onClosed(() => {
      this.#end();
      onLost();
    });
    const opened = await this.#transport.open();
    if (opened.ok) this.#closed = false;
    return opened;
  }

  async close(): Promise<void> {
    this.#end();
    await this.#transport.close();
  }

  /**
   * Writes `command` and waits for its reply, whatever status that has. Replies come in the order of the commands, so
   * after one that was not answered in time the module's status is asked first: behind its answer nothing is late.
   *
   * @param answerTimeoutMs for this command, instead of the link's limit.
   */
  async send(command: Command, answerTimeoutMs?: number): Promise<Result<Reply, LinkTrouble>> {
    if (this.#owed && command !== SAM_STATUS && command !== RESET_SAM) {
      const settled = await this.#exchangeOf(SAM_STATUS, this.#limits);
      if (!settled.ok) return settled;
    }
    const limits = answerTimeoutMs === undefined ? this.#limits : { ...this.#limits, answerTimeoutMs };
    return this.#exchangeOf(command, limits);
  }

  /** Overwrites what earlier replies left in memory; call it when their data was taken over. */
  wipe(): void {
    this.#decoder.wipe();
  }

  async #exchangeOf(command: Command, limits: LinkLimits): Promise<Result<Reply, LinkTrouble>> {
    if (this.#closed) return err(CLOSED);
    if (this.#exchange) throw new Error('a command is under way');
    // What an earlier command left behind is not an answer to this one.
    this.#decoder.reset();
    const exchange = new Exchange(command, this.#timing, limits, () => this.#silence());
    this.#exchange = exchange;
    const written = await this.#transport.write(command.frame);
    if (!written.ok) exchange.settle(err({ kind: 'closed', failure: written.error, garbage: false }));
    const result = await exchange.result;
    this.#exchange = null;
    this.#owed = !result.ok && result.error.kind === 'no-answer';
    return result;
  }

  #receive(bytes: Uint8Array): void {
    this.#take(this.#decoder.push(bytes, this.#timing.clock.monotonicMs()));
    this.#exchange?.heard(this.#decoder.pendingBytes);
  }

  #silence(): void {
    this.#take(this.#decoder.expire(this.#timing.clock.monotonicMs()));
    this.#exchange?.brokeOff();
  }

  #take(events: readonly FrameEvent[]): void {
    for (const event of events) {
      this.#counts[event.kind]++;
      const exchange = this.#exchange;
      if (event.kind === 'bad-checksum' || event.kind === 'bad-length') exchange?.damaged();
      if (event.kind === 'frame') exchange?.sawFrame();
      if (event.kind === 'frame' && exchange?.answer(event.payload) !== true) this.#counts.stale++;
    }
  }

  #end(): void {
    this.#closed = true;
    this.#exchange?.settle(err(CLOSED));
  }
}

const CLOSED: LinkTrouble = {
  kind: 'closed',
  failure: failure('reader.missing', 'the reader went away'),
  garbage: false,
};

/** So many bytes are only held behind a preamble; fewer may be noise that looks like the start of one. */
const SURE_START_BYTES = 5;

/** One command waiting for its reply. */
class Exchange {
  readonly result: Promise<Result<Reply, LinkTrouble>>;
  readonly #command: Command;
  readonly #timing: Timing;
  readonly #gapMs: number;
  readonly #onSilence: () => void;
  #resolve!: (result: Result<Reply, LinkTrouble>) => void;
  #cancelDeadline: () => void;
  #cancelGap: () => void = () => undefined;
  #begun = false;
  #wasDamaged = false;
  #heardBytes = false;
  #sawFrame = false;
  #settled = false;

  constructor(command: Command, timing: Timing, limits: LinkLimits, onSilence: () => void) {
    this.#command = command;
    this.#timing = timing;
    this.#gapMs = limits.gapMs;
    this.#onSilence = onSilence;
    this.result = new Promise((resolve) => (this.#resolve = resolve));
    const late = (): void => this.#fail(this.#wasDamaged ? 'damaged' : 'no-answer');
    this.#cancelDeadline = timing.setTimer(late, limits.answerTimeoutMs);
  }

  /** Takes a reply if it can be the answer to this command. */
  answer(payload: Uint8Array): boolean {
    const reply = parseReply(payload);
    if (this.#settled || this.#isEcho(payload) || !isAnswerTo(this.#command, reply)) return false;
    this.settle(ok(reply));
    return true;
  }

  /** Bytes came; with an unfinished or damaged frame among them, silence from here on means that it is over. */
  heard(pendingBytes: number): void {
    if (this.#settled) return;
    this.#heardBytes = true;
    if (pendingBytes >= SURE_START_BYTES) this.#sawFrame = true;
    this.#cancelGap();
    if (pendingBytes === 0 && !this.#wasDamaged) return;
    if (!this.#begun) {
      // The time to think is over; from here on the gap decides.
      this.#begun = true;
      this.#cancelDeadline();
      this.#cancelDeadline = this.#timing.setTimer(() => this.brokeOff(), MAX_REPLY_MS);
    }
    this.#cancelGap = this.#timing.setTimer(this.#onSilence, this.#gapMs);
  }

  damaged(): void {
    this.#wasDamaged = true;
    this.#sawFrame = true;
  }

  sawFrame(): void {
    this.#sawFrame = true;
  }

  brokeOff(): void {
    this.#fail(this.#wasDamaged ? 'damaged' : 'broken-off');
  }

  settle(result: Result<Reply, LinkTrouble>): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#cancelDeadline();
    this.#cancelGap();
    this.#resolve(result);
  }

  #fail(kind: 'no-answer' | 'broken-off' | 'damaged'): void {
    const code = kind === 'no-answer' ? 'reader.no-answer' : 'reader.bad-frame';
    const garbage = this.#heardBytes && !this.#sawFrame;
    this.settle(err({ kind, failure: failure(code, `${this.#command.name}: ${kind}`), garbage }));
  }

  /** Some readers and converters send back what they receive; `61 FF nn` would look like a reply. */
  #isEcho(payload: Uint8Array): boolean {
    const sent = this.#command.frame;
    return payload.length === sent.length - 8 && payload.every((byte, at) => byte === sent[7 + at]);
  }
}

/** 2,321 bytes at 9,600 baud take 2.4 s; a "reply" that goes on for longer is noise. */
const MAX_REPLY_MS = 6000;
