import { randomBytes } from 'node:crypto';
import type { AccessPassword } from '../../../src/main/chip-document/access/access-password.ts';
import { bacCryptogram, bacKeys, bacSession, openBacCryptogram } from '../../../src/main/chip-document/access/bac.ts';
import type { PaceOffer } from '../../../src/main/chip-document/access/security-infos.ts';
import { encodeObject, readOnly } from '../../../src/main/chip-document/apdu/tlv.ts';
import { bytesOf, concatBytes, equalBytes, fromBigEndian } from '../../../src/main/chip-document/bytes.ts';
import { parseCommand, response, type CardCommand } from './card-apdu.ts';
import { CardPace } from './card-pace.ts';
import { CardSession } from './card-session.ts';
import { FILES, TRAVEL_DOCUMENT_APPLICATION } from '../../../src/main/chip-document/files/elementary-files.ts';

/** What lies on the card, and how it is guarded. */
export interface CardContents {
  /** File identifier → content, of the travel document application. */
  readonly files: ReadonlyMap<number, Uint8Array>;
  readonly access: 'bac' | 'pace' | 'none';
  readonly passwords: readonly AccessPassword[];
  /** With `pace`: what EF.CardAccess offers. */
  readonly offer?: PaceOffer;
  /** Other bytes than the offer's as EF.CardAccess. */
  readonly cardAccess?: Uint8Array;
  /** False: the card knows another application only. */
  readonly travelDocument?: boolean;
  /** Whether commands of extended length are taken; told in the answer to reset. */
  readonly extended?: boolean;
  /**
   * Looks at every exchange and may answer otherwise; null: the card says nothing any more. `number` counts from 1;
   * `command` is what the card understood, out of secure messaging.
   */
  readonly fault?: (exchange: CardExchange) => Uint8Array | null;
}

export interface CardExchange {
  readonly number: number;
  readonly command: CardCommand;
  /** The file that is selected. */
  readonly file: number | null;
  /** What would go out, inside secure messaging. */
  readonly answer: Uint8Array;
}

/** PC/SC part 3: a contactless card with card capabilities among its historical bytes; the last byte is the check. */
function answerToReset(extended: boolean): Uint8Array {
  const body = bytesOf(0x3b, 0x85, 0x80, 0x01, 0x80, 0x73, 0x00, 0x00, extended ? 0x40 : 0x00);
  return concatBytes(body, bytesOf(body.subarray(1).reduce((sum, byte) => sum ^ byte, 0)));
}

/** A travel document's chip in TypeScript: the card's side of BAC, PACE, secure messaging and reading. */
export class VirtualCard {
  readonly atr: Uint8Array;
  readonly #contents: CardContents;
  #number = 0;
  #inApplication = false;
  #file: number | null = null;
  #session: CardSession | null = null;
  #challenge: Uint8Array | null = null;
  #pace: CardPace | null = null;

  constructor(contents: CardContents) {
    this.#contents = contents;
    this.atr = answerToReset(contents.extended === true);
  }

  reset(): void {
    this.#inApplication = false;
    this.#file = null;
    this.#session = null;
    this.#challenge = null;
    this.#pace = null;
  }

  /** The answer to a command APDU; null when the card doesn't answer. */
  transmit(apdu: Uint8Array): Uint8Array | null {
    this.#number += 1;
    const outer = parseCommand(apdu);
    const secured = (outer.classByte & 0x0c) === 0x0c;
    const command = secured ? (this.#session?.open(outer) ?? null) : outer;
    let answer = response(0x6988);
    if (command && secured) answer = this.#session!.protect(this.#answer(command), outer.instruction % 2 === 1);
    else if (command) answer = this.#answer(command);
    if (!secured || !command) this.#session = this.#pendingSession();
    const exchange = { number: this.#number, command: command ?? outer, file: this.#file, answer };
    return this.#contents.fault ? this.#contents.fault(exchange) : answer;
  }

  /** A session begins behind the answer that agreed on it, and a plain command ends it. */
  #pendingSession(): CardSession | null {
    const keys = this.#pace?.session ?? null;
    if (keys && this.#pace) {
      this.#pace = null;
      return new CardSession(keys);
    }
    const next = this.#next;
    this.#next = null;
    return next;
  }
  #next: CardSession | null = null;

  #answer(command: CardCommand): Uint8Array {
    switch (command.instruction) {
      case 0xa4:
        return command.p1 === 0x04 ? this.#selectApplication(command.data) : this.#selectFile(command.data);
      case 0x84:
        if (this.#contents.access !== 'bac') return response(0x6d00);
        this.#challenge = new Uint8Array(randomBytes(8));
        return response(0x9000, this.#challenge);
      case 0x82:
        return this.#authenticateMutually(command.data);
      case 0x22: {
        const { offer, passwords } = this.#contents;
        this.#pace = offer ? new CardPace(offer, passwords) : null;
        return this.#pace ? this.#pace.choose(command) : response(0x6a88);
      }
      case 0x86:
        return this.#pace ? this.#pace.authenticate(command) : response(0x6985);
      case 0xb0:
        return this.#read(command.p1 * 256 + command.p2, command.expected);
      case 0xb1:
        return this.#readFar(command);
      default:
        return response(0x6d00);
    }
  }

  #selectApplication(identifier: Uint8Array): Uint8Array {
    if (this.#contents.travelDocument === false) return response(0x6a82);
    if (!equalBytes(identifier, TRAVEL_DOCUMENT_APPLICATION)) return response(0x6a82);
    this.#inApplication = true;
    this.#file = null;
    return response(0x9000);
  }

  #selectFile(data: Uint8Array): Uint8Array {
    const identifier = fromBigEndian(data);
    if (this.#contentOf(identifier) === undefined) return response(0x6a82);
    const guarded = this.#inApplication && this.#contents.access !== 'none' && !this.#session;
    if (guarded) return response(0x6982);
    this.#file = identifier;
    return response(0x9000);
  }

  #contentOf(identifier: number): Uint8Array | undefined {
    if (this.#inApplication) return this.#contents.files.get(identifier);
    const { offer, cardAccess } = this.#contents;
    if (identifier !== FILES.cardAccess.identifier) return undefined;
    return cardAccess ?? (offer ? encodeCardAccess(offer) : undefined);
  }

  #authenticateMutually(cryptogram: Uint8Array): Uint8Array {
    const password = this.#contents.passwords.find(({ kind }) => kind === 'mrz');
    if (!password || !this.#challenge || this.#contents.access !== 'bac') return response(0x6985);
    const keys = bacKeys(password);
    const text = openBacCryptogram(keys, cryptogram);
    if (!text || !equalBytes(text.subarray(8, 16), this.#challenge)) return response(0x6300);
    const [rndIfd, theirs] = [text.subarray(0, 8), text.subarray(16)];
    const ours = new Uint8Array(randomBytes(16));
    this.#next = new CardSession(bacSession(ours, theirs, rndIfd, this.#challenge));
    return response(0x9000, bacCryptogram(keys, concatBytes(this.#challenge, rndIfd, ours)));
  }

  #read(offset: number, expected: number): Uint8Array {
    const content = this.#file === null ? undefined : this.#contentOf(this.#file);
    if (!content) return response(0x6986);
    if (offset > content.length) return response(0x6b00);
    if (expected > 256 && !this.#contents.extended) return response(0x6700);
    const data = content.slice(offset, offset + expected);
    return response(data.length < expected ? 0x6282 : 0x9000, data);
  }

  #readFar(command: CardCommand): Uint8Array {
    const offset = readOnly(command.data, 0x54);
    if (!offset.ok) return response(0x6a80);
    const read = this.#read(fromBigEndian(offset.value), command.expected - 4);
    return concatBytes(encodeObject(0x53, read.subarray(0, -2)), read.subarray(-2));
  }
}

/** EF.CardAccess with one protocol. */
export function encodeCardAccess({ protocol, parameterId }: PaceOffer): Uint8Array {
  const info = [encodeObject(0x06, protocol), encodeObject(0x02, bytesOf(2)), encodeObject(0x02, bytesOf(parameterId))];
  return encodeObject(0x31, encodeObject(0x30, ...info));
}
