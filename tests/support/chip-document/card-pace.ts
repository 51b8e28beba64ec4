import { randomBytes } from 'node:crypto';
import type { AccessPassword } from '../../../src/main/chip-document/access/access-password.ts';
import { randomScalar } from '../../../src/main/chip-document/access/open-chip.ts';
import { authenticationToken, mapGenerator, paceSession } from '../../../src/main/chip-document/access/pace.ts';
import type { PaceOffer } from '../../../src/main/chip-document/access/security-infos.ts';
import type { SessionKeys } from '../../../src/main/chip-document/access/session-keys.ts';
import { encodeObject, readOnly, readObjects } from '../../../src/main/chip-document/apdu/tlv.ts';
import { equalBytes } from '../../../src/main/chip-document/bytes.ts';
import { aesEncrypt, tripleDesEncrypt } from '../../../src/main/chip-document/crypto/ciphers.ts';
import { curveOfParameterId, pointFrom, type CurvePoint } from '../../../src/main/chip-document/crypto/curves.ts';
import { deriveKey } from '../../../src/main/chip-document/crypto/key-derivation.ts';
import { response, type CardCommand } from './card-apdu.ts';

const random = (count: number): Uint8Array => new Uint8Array(randomBytes(count));

/** The card's side of PACE with generic mapping: answers MSE and GENERAL AUTHENTICATE until the tokens agree. */
export class CardPace {
  readonly #offer: PaceOffer;
  readonly #passwords: readonly AccessPassword[];
  #password: AccessPassword | null = null;
  #nonce: Uint8Array = new Uint8Array();
  #generator: CurvePoint | null = null;
  #theirs: Uint8Array = new Uint8Array();
  #ours: Uint8Array = new Uint8Array();
  #agreed: SessionKeys | null = null;
  /** Set when the terminal has proved that it knows the password. */
  session: SessionKeys | null = null;

  constructor(offer: PaceOffer, passwords: readonly AccessPassword[]) {
    this.#offer = offer;
    this.#passwords = passwords;
  }

  choose(command: CardCommand): Uint8Array {
    const objects = readObjects(command.data);
    if (!objects.ok) return response(0x6a80);
    const find = (tag: number): Uint8Array | undefined => objects.value.find((object) => object.tag === tag)?.value;
    if (!equalBytes(find(0x80) ?? new Uint8Array(), this.#offer.protocol)) return response(0x6a80);
    const kind = find(0x83)?.[0] === 2 ? 'can' : 'mrz';
    this.#password = this.#passwords.find((password) => password.kind === kind) ?? null;
    return this.#password ? response(0x9000) : response(0x6a88);
  }

  authenticate(command: CardCommand): Uint8Array {
    const content = readOnly(command.data, 0x7c);
    const objects = content.ok ? readObjects(content.value) : content;
    if (!objects.ok || !this.#password) return response(0x6a80);
    const [sent] = objects.value;
    if (!sent) return this.#giveNonce(this.#password);
    const answer = { 0x81: this.#map, 0x83: this.#agree, 0x85: this.#prove }[sent.tag];
    return answer ? answer.call(this, sent.value) : response(0x6a80);
  }

  #giveNonce(password: AccessPassword): Uint8Array {
    this.#nonce = random(16);
    const key = deriveKey(password.secret, this.#offer.cipher, 'password');
    const encrypted = this.#offer.cipher === '3des' ? tripleDesEncrypt(key, this.#nonce) : aesEncrypt(key, this.#nonce);
    return wrapped(0x80, encrypted);
  }

  #map(theirs: Uint8Array): Uint8Array {
    const exchanged = this.#exchange(this.#curve.Point.BASE, theirs);
    if (!exchanged) return response(0x6a80);
    this.#generator = mapGenerator(this.#curve, this.#nonce, exchanged.shared);
    return wrapped(0x82, exchanged.ours);
  }

  #agree(theirs: Uint8Array): Uint8Array {
    const exchanged = this.#generator && this.#exchange(this.#generator, theirs);
    if (!exchanged) return response(0x6a80);
    this.#theirs = theirs;
    this.#ours = exchanged.ours;
    this.#agreed = paceSession(this.#curve, this.#offer.cipher, exchanged.shared);
    return wrapped(0x84, exchanged.ours);
  }

  #prove(token: Uint8Array): Uint8Array {
    if (!this.#agreed) return response(0x6a80);
    const expected = authenticationToken(this.#offer, this.#agreed.mac, this.#ours);
    if (!equalBytes(expected, token)) return response(0x6300);
    this.session = this.#agreed;
    return wrapped(0x86, authenticationToken(this.#offer, this.#agreed.mac, this.#theirs));
  }

  get #curve() {
    return curveOfParameterId(this.#offer.parameterId)!;
  }

  #exchange(generator: CurvePoint, theirs: Uint8Array) {
    const point = pointFrom(this.#curve, theirs);
    if (!point) return null;
    const secret = randomScalar(this.#curve, random);
    return { ours: generator.multiply(secret).toBytes(false), shared: point.multiply(secret) };
  }
}

function wrapped(tag: number, value: Uint8Array): Uint8Array {
  return response(0x9000, encodeObject(0x7c, encodeObject(tag, value)));
}
