import { BAUD_RATES, type BaudRate } from '../../../shared/domain/reader-transport.ts';
import { RF_BYTES, SIMULATED_SAM_ID } from '../commands.ts';
import { FrameDecoder, MIN_COMMAND_LENGTH, encodeFrame } from '../frame-codec.ts';
import { STATUS } from '../status-codes.ts';
import type { Timing } from '../timing.ts';
import { alteredCard, managementNumberOf, otherCard } from './altered-card.ts';
import { damagedFrame, isChecksumFault, onTheLine } from './damage.ts';
import { endsWithCard, stepOf, type Fault, type FaultOf, type Step } from './fault-kinds.ts';
import { encodeCard, type EncodedCard } from './text-block.ts';

/** Bytes to put on the line, after the time that the reader thinks. */
export interface SimulatedReply {
  readonly bytes: Uint8Array;
  readonly thinkMs: number;
  /** Line speed of these bytes, where the reader has one of its own. */
  readonly baud?: BaudRate;
  /** Largest chunk; else the line decides. */
  readonly chunkBytes?: number;
  /** The cable is pulled behind these bytes. */
  readonly thenUnplug?: boolean;
}

const SLOW_READ_MS = 2000;

/**
 * A SAM_V reader without hardware: takes command bytes, answers reply bytes, and behaves like the real ones where
 * that matters (a card that was read isn't found again until it left; `30 05` tells whether it is still there).
 * It models the line and the protocol, not the time that a chip takes.
 */
export class SimulatedReader {
  readonly #decoder = new FrameDecoder(MIN_COMMAND_LENGTH);
  readonly #timing: Timing;
  #card: EncodedCard | null = null;
  #phase: 'in-field' | 'found' | 'selected' | 'read' = 'in-field';
  #faults: readonly Fault[] = [];
  #baud: BaudRate | null = null;
  #lastFrame: Uint8Array | null = null;

  constructor(timing: Timing) {
    this.#timing = timing;
  }

  get hasCard(): boolean {
    return this.#card !== null;
  }

  /** The speed that the reader's line runs at; null when it takes any, like one with a USB serial port. */
  get lineBaud(): BaudRate | null {
    return this.#baud;
  }

  /** For faults that end at a time. */
  get nowMs(): number {
    return this.#timing.clock.monotonicMs();
  }

  /** Puts a card on the reader; one that lies there leaves first. */
  insertCard(card: Parameters<typeof encodeCard>[0] | EncodedCard): void {
    if (this.#card) this.removeCard();
    this.#card = 'text' in card ? card : encodeCard(card);
    this.#phase = 'in-field';
  }

  removeCard(): void {
    if (this.#card) this.#faults = this.#faults.filter((fault) => !endsWithCard(fault));
    this.#card = null;
    this.#phase = 'in-field';
  }

  /** Replaces every fault that was set before. */
  setFault(fault: Fault | readonly Fault[]): void {
    this.#faults = 'kind' in fault ? [fault] : fault;
    this.#baud = this.#fault('listens-at')?.baud ?? null;
  }

  /** Takes bytes from the host and gives what is answered, in order. */
  receive(bytes: Uint8Array): readonly SimulatedReply[] {
    const replies: SimulatedReply[] = [];
    for (const event of this.#decoder.push(bytes, this.nowMs)) {
      if (event.kind === 'frame') replies.push(...this.#answer(event.payload));
      if (event.kind === 'bad-checksum') replies.push(this.#complaint(STATUS.badChecksum));
      if (event.kind === 'bad-length') replies.push(this.#complaint(STATUS.badLength));
    }
    return replies;
  }

  #answer(payload: Uint8Array): readonly SimulatedReply[] {
    const step = stepOf(payload);
    const faults = this.#faults;
    if (faults.some((fault) => fault.kind === 'silent' && (fault.step ?? step) === step)) return [];
    const speed = this.#baud === null ? {} : { baud: this.#baud };
    const slow = step === 'read' ? this.#fault('slow') : undefined;
    const unplug = step === 'read' ? this.#fault('unplug-mid-frame') : undefined;
    const pull = step === 'read' && this.#isSelected() ? this.#fault('pull-mid-frame') : undefined;
    const frame = damagedFrame(this.#carryOut(payload, step), faults, step);
    this.#faults = this.#faults.filter((fault) => fault !== unplug && !isSpent(fault, step));
    const sent = onTheLine(frame, faults, this.#lastFrame);
    const cutAt = unplug?.afterBytes ?? (pull && pull.afterBytes > 0 ? pull.afterBytes : sent.length);
    this.#lastFrame = frame;
    const reply: SimulatedReply = {
      bytes: sent.subarray(0, cutAt),
      thinkMs: slow ? (slow.thinkMs ?? SLOW_READ_MS) : 0,
      ...speed,
      ...(faults.some((fault) => fault.kind === 'split') ? { chunkBytes: 1 } : {}),
      ...(unplug ? { thenUnplug: true } : {}),
    };
    const echoes = faults.some((fault) => fault.kind === 'echo');
    return echoes ? [{ bytes: encodeFrame(payload), thinkMs: 0, ...speed }, reply] : [reply];
  }

  #carryOut(payload: Uint8Array, step: Step | undefined): Uint8Array {
    const ordered = this.#faults.find((fault) => fault.kind === 'status' && fault.step === step);
    if (ordered?.kind === 'status') return statusFrame(ordered.status);
    switch (step) {
      case 'reset':
      case 'status':
        return statusFrame(STATUS.ok);
      case 'sam-id':
        return dataFrame(STATUS.ok, SIMULATED_SAM_ID);
      case 'rf-bytes':
        return statusFrame((payload[2] ?? 0) >= RF_BYTES.min ? STATUS.ok : STATUS.badCommand);
      case 'baud':
        if (this.#baud !== null) this.#baud = BAUD_RATES[payload[1]!]!;
        return statusFrame(STATUS.ok);
      case 'find':
        return this.#find();
      case 'select':
        return this.#select();
      case 'read':
        return this.#read(payload[1] === 0x10);
      case 'address':
        return this.#ofSelected((card) => card.appendedAddress);
      case 'presence':
        return this.#ofSelected(managementNumberOf);
      case undefined:
        return statusFrame(STATUS.badCommand);
    }
  }

  #find(): Uint8Array {
    const overlooks = this.#fault('no-card');
    const isOverlooked = overlooks !== undefined && this.nowMs < (overlooks.untilMs ?? Infinity);
    if (!this.#card || isOverlooked || this.#phase === 'read') return statusFrame(STATUS.noCard);
    this.#phase = 'found';
    return dataFrame(STATUS.cardFound, new Uint8Array(4));
  }

  #select(): Uint8Array {
    if (!this.#card || this.#phase !== 'found') return statusFrame(STATUS.selectFailed);
    const moving = this.#fault('moving-card');
    if (moving) {
      const times = (moving.times ?? 1) - 1;
      const rest = this.#faults.filter((fault) => fault !== moving);
      this.#faults = times > 0 ? [...rest, { kind: 'moving-card', times }] : rest;
      this.#phase = 'in-field';
      return statusFrame(STATUS.selectFailed);
    }
    this.#phase = 'selected';
    return dataFrame(STATUS.ok, Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
  }

  /** The card is read; the fault may leave of the reply what arrives. */
  #read(withFingerprint: boolean): Uint8Array {
    if (withFingerprint && this.#fault('refuses-30-10')) return statusFrame(STATUS.badCommand);
    if (!this.#card || !this.#isSelected()) return statusFrame(STATUS.readFailed);
    const frame = dataFrame(STATUS.ok, baseData(alteredCard(this.#card, this.#faults), withFingerprint));
    const pull = this.#fault('pull-mid-frame');
    if (pull) {
      this.removeCard();
      return pull.afterBytes === 0 ? statusFrame(STATUS.readFailed) : frame;
    }
    this.#phase = 'read';
    if (this.#fault('swapped-card')) {
      this.removeCard();
      this.insertCard(otherCard());
      // The reader's field never was empty: it goes on answering for whatever lies in it.
      this.#phase = 'selected';
    }
    return frame;
  }

  #ofSelected(block: (card: EncodedCard) => Uint8Array | undefined): Uint8Array {
    if (!this.#card || !this.#isSelected()) return statusFrame(STATUS.readFailed);
    const data = block(this.#card);
    return data === undefined ? statusFrame(STATUS.notOnCard) : dataFrame(STATUS.ok, data);
  }

  #isSelected(): boolean {
    return this.#card !== null && (this.#phase === 'selected' || this.#phase === 'read');
  }

  #fault<K extends Fault['kind']>(kind: K): FaultOf<K> | undefined {
    return this.#faults.find((fault): fault is FaultOf<K> => fault.kind === kind);
  }

  #complaint(status: number): SimulatedReply {
    return { bytes: statusFrame(status), thinkMs: 0, ...(this.#baud === null ? {} : { baud: this.#baud }) };
  }
}

function isSpent(fault: Fault, step: Step | undefined): boolean {
  return fault.kind === 'bad-checksum-once' && isChecksumFault(fault, step);
}

/** Length fields and blocks of a `30 01` reply, or with the fingerprint those of a `30 10` one. */
export function baseData(card: EncodedCard, withFingerprint: boolean): Uint8Array {
  const blocks = withFingerprint ? [card.text, card.photo, card.fingerprint] : [card.text, card.photo];
  const lengths = blocks.flatMap((block) => [block.length >> 8, block.length & 0xff]);
  return new Uint8Array(Buffer.concat([Uint8Array.from(lengths), ...blocks]));
}

/** A reply frame with data. */
export function dataFrame(status: number, data: Uint8Array): Uint8Array {
  const payload = new Uint8Array(3 + data.length);
  payload[2] = status;
  payload.set(data, 3);
  return encodeFrame(payload);
}

function statusFrame(status: number): Uint8Array {
  return dataFrame(status, new Uint8Array(0));
}
