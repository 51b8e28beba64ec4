import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Channel } from '../apdu/channel.ts';
import { DONE, statusName } from '../apdu/command.ts';
import { encodeObject, readOnly } from '../apdu/tlv.ts';
import { bytesOf, concatBytes, equalBytes, toHex } from '../bytes.ts';
import { aesCmac, aesDecrypt, pad, retailMac, tripleDesDecrypt } from '../crypto/ciphers.ts';
import { pointFrom, type Curve, type CurvePoint } from '../crypto/curves.ts';
import { deriveKey, type SessionCipher } from '../crypto/key-derivation.ts';
import type { AccessPassword } from './access-password.ts';
import type { PaceOffer } from './security-infos.ts';
import type { SessionKeys } from './session-keys.ts';

/** A private scalar of the curve: 1 … order - 1. */
export type RandomScalar = (curve: Curve) => bigint;

const DYNAMIC_DATA = 0x7c;
const PASSWORD_REFERENCE = { mrz: 1, can: 2 } as const;
const LAST = 0x00;
const CHAINED = 0x10;

/** Bytes of one block of the cipher, which is also the length of the session's counter. */
export function paceBlock(cipher: SessionCipher): number {
  return cipher === '3des' ? 8 : 16;
}

/** The nonce that the chip encrypted with the password's key. */
export function decryptNonce(offer: PaceOffer, password: AccessPassword, encrypted: Uint8Array): Uint8Array {
  const key = deriveKey(password.secret, offer.cipher, 'password');
  return offer.cipher === '3des' ? tripleDesDecrypt(key, encrypted) : aesDecrypt(key, encrypted);
}

/** Generic mapping (Doc 9303 part 11, 4.4.3.3.1): the generator that only who knows the password can compute. */
export function mapGenerator(curve: Curve, nonce: Uint8Array, shared: CurvePoint): CurvePoint | null {
  const scalar = scalarOf(nonce) % curve.order;
  const mapped = scalar === 0n ? shared : curve.Point.BASE.multiply(scalar).add(shared);
  return mapped.is0() ? null : mapped;
}

/** The token by which one side proves that it has the keys: a MAC over the other side's public key. */
export function authenticationToken(offer: PaceOffer, macKey: Uint8Array, publicKey: Uint8Array): Uint8Array {
  const data = encodeObject(0x7f49, encodeObject(0x06, offer.protocol), encodeObject(0x86, publicKey));
  return offer.cipher === '3des' ? retailMac(macKey, pad(data, 8)) : aesCmac(macKey, data).slice(0, 8);
}

/** Session keys from the shared point: its x coordinate is the secret, the counter begins with zero. */
export function paceSession(curve: Curve, cipher: SessionCipher, shared: CurvePoint): SessionKeys {
  const secret = shared.toBytes(false).subarray(1, 1 + curve.fieldBytes);
  return {
    cipher,
    encryption: deriveKey(secret, cipher, 'encryption'),
    mac: deriveKey(secret, cipher, 'authentication'),
    counter: new Uint8Array(paceBlock(cipher)),
  };
}

/**
 * Password Authenticated Connection Establishment with ECDH and generic mapping (Doc 9303 part 11, 4.4; BSI TR-03110).
 * Fails with `chip.access-denied` for a wrong password, `chip.malformed` for points that aren't on the curve or a wrong
 * token.
 */
export async function openByPace(
  channel: Channel,
  { offer, curve, ambiguous }: { readonly offer: PaceOffer; readonly curve: Curve; readonly ambiguous: boolean },
  password: AccessPassword,
  randomScalar: RandomScalar,
): Promise<Result<SessionKeys, Failure>> {
  const chosen = await choose(channel, offer, password, ambiguous);
  if (!chosen.ok) return chosen;
  const encrypted = await authenticate(channel, CHAINED, null, 0x80);
  if (!encrypted.ok) return encrypted;
  const { length } = encrypted.value;
  if (length === 0 || length % paceBlock(offer.cipher) !== 0 || length > 64)
    return malformed('a nonce of another length');
  const nonce = decryptNonce(offer, password, encrypted.value);

  const mapping = await agree(channel, curve, curve.Point.BASE, [0x81, 0x82], randomScalar);
  if (!mapping.ok) return mapping;
  const generator = mapGenerator(curve, nonce, mapping.value.shared);
  if (!generator) return malformed('a mapping to nothing');
  const agreed = await agree(channel, curve, generator, [0x83, 0x84], randomScalar);
  if (!agreed.ok) return agreed;

  const session = paceSession(curve, offer.cipher, agreed.value.shared);
  const token = authenticationToken(offer, session.mac, agreed.value.theirs);
  const answer = await authenticate(channel, LAST, encodeObject(0x85, token), 0x86);
  if (!answer.ok) return answer;
  const expected = authenticationToken(offer, session.mac, agreed.value.ours);
  if (!equalBytes(expected, answer.value)) return malformed('the chip does not prove that it knows the password');
  return ok(session);
}

/** MANAGE SECURITY ENVIRONMENT: Set Authentication Template. */
async function choose(
  channel: Channel,
  offer: PaceOffer,
  password: AccessPassword,
  ambiguous: boolean,
): Promise<Result<null, Failure>> {
  const data = concatBytes(
    encodeObject(0x80, offer.protocol),
    encodeObject(0x83, bytesOf(PASSWORD_REFERENCE[password.kind])),
    ambiguous ? encodeObject(0x84, bytesOf(offer.parameterId)) : bytesOf(),
  );
  const answer = await channel.send({ classByte: 0, instruction: 0x22, p1: 0xc1, p2: 0xa4, data });
  if (!answer.ok) return answer;
  const { status } = answer.value;
  // 63Cx: the password is known and has this many tries left.
  if (status === DONE || status >> 4 === 0x63c) return ok(null);
  return err(failure('chip.unsupported', `the chip refuses what it offers (${statusName(status)})`));
}

interface Agreement {
  readonly ours: Uint8Array;
  readonly theirs: Uint8Array;
  readonly shared: CurvePoint;
}

/** One exchange of public keys over `generator`. */
async function agree(
  channel: Channel,
  curve: Curve,
  generator: CurvePoint,
  [sent, received]: readonly [number, number],
  randomScalar: RandomScalar,
): Promise<Result<Agreement, Failure>> {
  const secret = randomScalar(curve);
  const ours = generator.multiply(secret).toBytes(false);
  const answer = await authenticate(channel, CHAINED, encodeObject(sent, ours), received);
  if (!answer.ok) return answer;
  const theirs = answer.value;
  const point = pointFrom(curve, theirs);
  if (!point) return malformed('a public key that is no point of the curve');
  if (equalBytes(theirs, ours)) return malformed('the chip sends our own key back');
  const shared = point.multiply(secret);
  return shared.is0() ? malformed('no shared secret') : ok({ ours, theirs, shared });
}

/** GENERAL AUTHENTICATE: sends one object inside 7C and gives the value of the one that comes back. */
async function authenticate(
  channel: Channel,
  classByte: number,
  sent: Uint8Array | null,
  received: number,
): Promise<Result<Uint8Array, Failure>> {
  const data = encodeObject(DYNAMIC_DATA, sent ?? bytesOf());
  const answer = await channel.send({ classByte, instruction: 0x86, p1: 0, p2: 0, data, expected: 256 });
  if (!answer.ok) return answer;
  const { status } = answer.value;
  if (status !== DONE) {
    const denied = classByte === LAST || status >> 8 === 0x63 || status === 0x6982 || status === 0x6983;
    return err(failure(denied ? 'chip.access-denied' : 'chip.malformed', statusName(status)));
  }
  const outer = readOnly(answer.value.data, DYNAMIC_DATA);
  return outer.ok ? readOnly(outer.value, received) : outer;
}

function scalarOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes)}`);
}

function malformed(detail: string): { readonly ok: false; readonly error: Failure } {
  return err(failure('chip.malformed', detail));
}
