import type { SessionKeys } from '../../../src/main/chip-document/access/session-keys.ts';
import { SecureSession } from '../../../src/main/chip-document/apdu/secure-messaging.ts';
import { encodeObject, readObjects } from '../../../src/main/chip-document/apdu/tlv.ts';
import { concatBytes, equalBytes, fromBigEndian } from '../../../src/main/chip-document/bytes.ts';
import { pad } from '../../../src/main/chip-document/crypto/ciphers.ts';
import type { CardCommand } from './card-apdu.ts';

/** The card's side of secure messaging. */
export class CardSession {
  readonly #session: SecureSession;

  constructor(keys: SessionKeys) {
    this.#session = new SecureSession(keys);
  }

  /** The command inside; null when its check code is wrong. */
  open(command: CardCommand): CardCommand | null {
    this.#session.advance();
    const objects = readObjects(command.data);
    if (!objects.ok) return null;
    const find = (tag: number): Uint8Array | undefined => objects.value.find((object) => object.tag === tag)?.value;
    const mac = find(0x8e);
    const { classByte, instruction, p1, p2 } = command;
    const header = pad(Uint8Array.of(classByte, instruction, p1, p2), this.#session.block);
    const covered = command.data.subarray(0, command.data.length - 10);
    if (!mac || !equalBytes(mac, this.#session.mac(concatBytes(header, covered)))) return null;
    const encrypted = find(0x87)?.subarray(1) ?? find(0x85);
    const data = encrypted ? this.#session.decrypt(encrypted) : new Uint8Array();
    const expected = find(0x97);
    if (!data) return null;
    const most = expected?.length === 2 ? 65_536 : 256;
    return { ...command, data, expected: expected ? fromBigEndian(expected) || most : 0 };
  }

  /** What goes back for a plain response, `data` and status. */
  protect(plain: Uint8Array, oddInstruction: boolean): Uint8Array {
    this.#session.advance();
    const data = plain.subarray(0, -2);
    const status = plain.subarray(-2);
    const encrypted = data.length === 0 ? null : this.#session.encrypt(data);
    const content = encrypted
      ? oddInstruction
        ? encodeObject(0x85, encrypted)
        : encodeObject(0x87, Uint8Array.of(1), encrypted)
      : new Uint8Array();
    const body = concatBytes(content, encodeObject(0x99, status));
    return concatBytes(body, encodeObject(0x8e, this.#session.mac(body)), status);
  }
}
