import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { SessionKeys } from '../access/session-keys.ts';
import { bytesOf, bigEndian, concatBytes, equalBytes } from '../bytes.ts';
import type { ChipLink } from '../chip-link.ts';
import {
  aesCmac,
  aesDecrypt,
  aesEncrypt,
  pad,
  retailMac,
  tripleDesDecrypt,
  tripleDesEncrypt,
  unpad,
} from '../crypto/ciphers.ts';
import type { Channel } from './channel.ts';
import { decodeResponse, encodeCommand, statusName, type Command, type Response } from './command.ts';
import { encodeObject, readObjects, type DataObject } from './tlv.ts';

const MAC_BYTES = 8;
const PADDED = 0x01;
const TAG = { plain: 0x85, padded: 0x87, expected: 0x97, status: 0x99, mac: 0x8e } as const;

/** One side of secure messaging (Doc 9303 part 11, 9.8); the virtual chip of the tests uses it from the other side. */
export class SecureSession {
  readonly #keys: SessionKeys;
  readonly #counter: Uint8Array;

  constructor(keys: SessionKeys) {
    this.#keys = keys;
    this.#counter = keys.counter.slice();
  }

  get block(): number {
    return this.#counter.length;
  }

  /** Every message has the next number. */
  advance(): void {
    for (let at = this.#counter.length - 1; at >= 0; at -= 1) {
      this.#counter[at] = ((this.#counter[at] ?? 0) + 1) & 0xff;
      if (this.#counter[at] !== 0) return;
    }
  }

  encrypt(data: Uint8Array): Uint8Array {
    const { cipher, encryption } = this.#keys;
    const padded = pad(data, this.block);
    return cipher === '3des'
      ? tripleDesEncrypt(encryption, padded)
      : aesEncrypt(encryption, padded, this.#aesStart(encryption));
  }

  /** Null for what is no encrypted text of this session. */
  decrypt(data: Uint8Array): Uint8Array | null {
    const { cipher, encryption } = this.#keys;
    if (data.length === 0 || data.length % this.block !== 0) return null;
    const padded =
      cipher === '3des' ? tripleDesDecrypt(encryption, data) : aesDecrypt(encryption, data, this.#aesStart(encryption));
    return unpad(padded);
  }

  /** Over the counter and `data`, which are padded by the caller where a header stands before them. */
  mac(data: Uint8Array): Uint8Array {
    const message = pad(concatBytes(this.#counter, data), this.block);
    const { cipher, mac } = this.#keys;
    return cipher === '3des' ? retailMac(mac, message) : aesCmac(mac, message).slice(0, MAC_BYTES);
  }

  #aesStart(key: Uint8Array): Uint8Array {
    return aesEncrypt(key, this.#counter);
  }
}

/** A command inside secure messaging: DO'87' (or DO'85' for odd instructions), DO'97' and DO'8E'. */
export function protectCommand(session: SecureSession, command: Command): Command {
  session.advance();
  const { instruction, p1, p2, data, expected } = command;
  const header = bytesOf(command.classByte | 0x0c, instruction, p1, p2);
  const objects: Uint8Array[] = [];
  if (data && data.length > 0) {
    const encrypted = session.encrypt(data);
    const odd = instruction % 2 === 1;
    objects.push(odd ? encodeObject(TAG.plain, encrypted) : encodeObject(TAG.padded, bytesOf(PADDED), encrypted));
  }
  if (expected !== undefined) objects.push(encodeObject(TAG.expected, expectedLength(expected)));
  const body = concatBytes(...objects);
  const mac = encodeObject(TAG.mac, session.mac(concatBytes(pad(header, session.block), body)));
  const whole = concatBytes(body, mac);
  const extended = (expected ?? 0) > 256 || whole.length > 255;
  return { ...command, classByte: command.classByte | 0x0c, data: whole, expected: extended ? 65_536 : 256 };
}

function expectedLength(expected: number): Uint8Array {
  if (expected === 256) return bytesOf(0);
  if (expected === 65_536) return bytesOf(0, 0);
  return bigEndian(expected);
}

/**
 * What a protected response says. The MAC is checked before anything is decrypted or believed: a response without one,
 * or with a wrong one, ends the session.
 */
export function openResponse(session: SecureSession, response: Response): Result<Response, Failure> {
  session.advance();
  const ended = `the chip ended the secure session (${statusName(response.status)})`;
  if (response.data.length === 0) return err(failure('chip.stopped', ended));
  const objects = readObjects(response.data);
  if (!objects.ok) return objects;
  const mac = objects.value.at(-1);
  if (mac?.tag !== TAG.mac) return err(failure('chip.malformed', 'an answer without a check code'));
  const covered = response.data.subarray(0, response.data.length - mac.value.length - 2);
  if (!equalBytes(session.mac(covered), mac.value)) {
    return err(failure('chip.malformed', 'the check code of an answer is wrong'));
  }
  return opened(session, objects.value.slice(0, -1));
}

function opened(session: SecureSession, objects: readonly DataObject[]): Result<Response, Failure> {
  const wrong = err(failure('chip.malformed', 'a protected answer of another form'));
  const known: readonly number[] = [TAG.plain, TAG.padded, TAG.status];
  if (objects.some(({ tag }, at) => !known.includes(tag) || objects.findIndex((o) => o.tag === tag) !== at))
    return wrong;
  const status = objects.find(({ tag }) => tag === TAG.status)?.value;
  if (status?.length !== 2) return wrong;
  const content = objects.find(({ tag }) => tag === TAG.padded || tag === TAG.plain);
  if (content?.tag === TAG.padded && content.value[0] !== PADDED) return wrong;
  const text = content ? session.decrypt(content.tag === TAG.padded ? content.value.subarray(1) : content.value) : null;
  if (content && !text) return wrong;
  return ok({ data: text ?? new Uint8Array(), status: (status[0] ?? 0) * 256 + (status[1] ?? 0) });
}

/** Commands inside secure messaging. After a failure every further command fails the same way. */
export function securedChannel(link: ChipLink, keys: SessionKeys): Channel {
  const session = new SecureSession(keys);
  let broken: Failure | null = null;
  return {
    secured: true,
    async send(command) {
      if (broken) return err(broken);
      const answer = await link.transmit(encodeCommand(protectCommand(session, command)));
      const response = answer.ok ? decodeResponse(answer.value) : answer;
      const result = response.ok ? openResponse(session, response.value) : response;
      if (!result.ok) broken = result.error;
      return result;
    },
  };
}
