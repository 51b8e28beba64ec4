import { BAUD_RATES } from '../../../shared/domain/reader-transport.ts';
import { CARD_MANAGEMENT_NUMBER_BYTES, RF_BYTES, SIMULATED_SAM_ID } from '../commands.ts';
import { FrameDecoder, MIN_COMMAND_LENGTH, encodeFrame } from '../frame-codec.ts';
import { STATUS } from '../status-codes.ts';
import type { Timing } from '../timing.ts';
import { endsWithCard, type Fault } from './fault.ts';
import { encodeCard, type EncodedCard } from './text-block.ts';

/** Bytes to put on the line, after the time that the reader thinks. */
export interface SimulatedReply {
  readonly bytes: Uint8Array;
  readonly thinkMs: number;
}

const SLOW_READ_MS = 2000;
const GARBAGE = Uint8Array.of(0x00, 0xff, 0xaa, 0x00, 0x96, 0x69, 0xaa);

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
  #fault: Fault = { kind: 'none' };

  constructor(timing: Timing) {
    this.#timing = timing;
  }

  get hasCard(): boolean {
    return this.#card !== null;
  }

  /** Puts a card on the reader; one that lies there leaves first. */
  insertCard(card: Parameters<typeof encodeCard>[0] | EncodedCard): void {
    if (this.#card) this.removeCard();
    this.#card = 'text' in card ? card : encodeCard(card);
    this.#phase = 'in-field';
  }

  removeCard(): void {
    if (this.#card && endsWithCard(this.#fault)) this.#fault = { kind: 'none' };
    this.#card = null;
    this.#phase = 'in-field';
  }

  setFault(fault: Fault): void {
    this.#fault = fault;
  }

  /** Takes bytes from the host and gives what is answered, in order. */
  receive(bytes: Uint8Array): readonly SimulatedReply[] {
    const replies: SimulatedReply[] = [];
    for (const event of this.#decoder.push(bytes, this.#timing.clock.monotonicMs())) {
      if (event.kind === 'frame') replies.push(...this.#answer(event.payload));
      if (event.kind === 'bad-checksum') replies.push({ bytes: statusFrame(STATUS.badChecksum), thinkMs: 0 });
      if (event.kind === 'bad-length') replies.push({ bytes: statusFrame(STATUS.badLength), thinkMs: 0 });
    }
    return replies;
  }

  #answer(payload: Uint8Array): readonly SimulatedReply[] {
    const fault = this.#fault;
    if (fault.kind === 'silent') return [];
    const isRead = payload[0] === 0x30 && (payload[1] === 0x01 || payload[1] === 0x10);
    const frame = isRead ? this.#read(payload[1]!) : this.#carryOut(payload);
    const thinkMs = isRead && fault.kind === 'slow' ? SLOW_READ_MS : 0;
    const echo = fault.kind === 'echo' ? [{ bytes: encodeFrame(payload), thinkMs: 0 }] : [];
    if (fault.kind === 'lost-leading-aa') return [{ bytes: frame.subarray(1), thinkMs }];
    if (fault.kind === 'garbage-before') return [{ bytes: new Uint8Array([...GARBAGE, ...frame]), thinkMs }];
    return [...echo, { bytes: frame, thinkMs }];
  }

  #carryOut(payload: Uint8Array): Uint8Array {
    const [command, parameter, value] = payload;
    switch ((command! << 8) | parameter!) {
      case 0x10ff:
      case 0x11ff:
        return statusFrame(STATUS.ok);
      case 0x12ff:
        return dataFrame(STATUS.ok, SIMULATED_SAM_ID);
      case 0x61ff:
        return statusFrame((value ?? 0) >= RF_BYTES.min ? STATUS.ok : STATUS.badCommand);
      case 0x2001:
        return this.#find();
      case 0x2002:
        return this.#select();
      case 0x3003:
        return statusFrame(this.#isSelected() ? STATUS.notOnCard : STATUS.readFailed);
      case 0x3005:
        if (!this.#isSelected()) return statusFrame(STATUS.readFailed);
        return dataFrame(STATUS.ok, new Uint8Array(CARD_MANAGEMENT_NUMBER_BYTES).fill(0x11));
      default:
        if (command === 0x60 && parameter! < BAUD_RATES.length) return statusFrame(STATUS.ok);
        return statusFrame(STATUS.badCommand);
    }
  }

  #find(): Uint8Array {
    if (!this.#card || this.#phase === 'read') return statusFrame(STATUS.noCard);
    this.#phase = 'found';
    return dataFrame(STATUS.cardFound, new Uint8Array(4));
  }

  #select(): Uint8Array {
    if (!this.#card || this.#phase !== 'found') return statusFrame(STATUS.selectFailed);
    if (this.#fault.kind === 'moving-card') {
      this.#fault = { kind: 'none' };
      this.#phase = 'in-field';
      return statusFrame(STATUS.selectFailed);
    }
    this.#phase = 'selected';
    return dataFrame(STATUS.ok, Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
  }

  /** The card is read; the fault may leave of the reply what arrives. */
  #read(parameter: number): Uint8Array {
    if (!this.#card || !this.#isSelected()) return statusFrame(STATUS.readFailed);
    const fault = this.#fault;
    if (fault.kind === 'read-status') return statusFrame(fault.status);
    if (fault.kind === 'status-41') return statusFrame(STATUS.readFailed);
    const frame = dataFrame(STATUS.ok, baseData(this.#card, parameter === 0x10));
    if (fault.kind === 'pull-mid-frame') {
      this.removeCard();
      return fault.afterBytes === 0 ? statusFrame(STATUS.readFailed) : frame.subarray(0, fault.afterBytes);
    }
    this.#phase = 'read';
    if (fault.kind === 'bad-checksum' || fault.kind === 'bad-checksum-once') frame[frame.length - 1]! ^= 0x5a;
    if (fault.kind === 'bad-checksum-once') this.#fault = { kind: 'none' };
    return frame;
  }

  #isSelected(): boolean {
    return this.#card !== null && (this.#phase === 'selected' || this.#phase === 'read');
  }
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
