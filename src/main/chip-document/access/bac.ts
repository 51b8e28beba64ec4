import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Channel } from '../apdu/channel.ts';
import { DONE, statusName } from '../apdu/command.ts';
import { concatBytes, equalBytes, xorBytes } from '../bytes.ts';
import { pad, retailMac, tripleDesDecrypt, tripleDesEncrypt } from '../crypto/ciphers.ts';
import { deriveKey } from '../crypto/key-derivation.ts';
import type { AccessPassword } from './access-password.ts';
import type { SessionKeys } from './session-keys.ts';

export type RandomBytes = (count: number) => Uint8Array;

const BLOCK = 8;
const CRYPTOGRAM = 32;

/**
 * The document basic access keys, two-key triple DES of 16 bytes each: derived from the first 16 bytes of the zone's
 * secret (Doc 9303 part 11, 4.3.2, 9.7.1). The password has to be of the kind `mrz`.
 */
export function bacKeys(password: AccessPassword): { readonly encryption: Uint8Array; readonly mac: Uint8Array } {
  const seed = password.secret.subarray(0, 16);
  return { encryption: deriveKey(seed, '3des', 'encryption'), mac: deriveKey(seed, '3des', 'authentication') };
}

/** E_K(text) with its MAC: what both sides of the mutual authentication send (Doc 9303 part 11, 4.3.3). */
export function bacCryptogram(keys: ReturnType<typeof bacKeys>, text: Uint8Array): Uint8Array {
  const encrypted = tripleDesEncrypt(keys.encryption, text);
  return concatBytes(encrypted, retailMac(keys.mac, pad(encrypted, BLOCK)));
}

/** The text of a cryptogram; null when its MAC is wrong. */
export function openBacCryptogram(keys: ReturnType<typeof bacKeys>, cryptogram: Uint8Array): Uint8Array | null {
  if (cryptogram.length !== CRYPTOGRAM + BLOCK) return null;
  const encrypted = cryptogram.subarray(0, CRYPTOGRAM);
  if (!equalBytes(retailMac(keys.mac, pad(encrypted, BLOCK)), cryptogram.subarray(CRYPTOGRAM))) return null;
  return tripleDesDecrypt(keys.encryption, encrypted);
}

/** Session keys from what both sides contributed; the counter begins with the ends of both challenges. */
export function bacSession(ours: Uint8Array, theirs: Uint8Array, rndIfd: Uint8Array, rndIc: Uint8Array): SessionKeys {
  const seed = xorBytes(ours, theirs);
  return {
    cipher: '3des',
    encryption: deriveKey(seed, '3des', 'encryption'),
    mac: deriveKey(seed, '3des', 'authentication'),
    counter: concatBytes(rndIc.subarray(4), rndIfd.subarray(4)),
  };
}

/**
 * Basic Access Control on the selected travel document application (Doc 9303 part 11, 4.3). Fails with
 * `chip.access-denied` for a wrong key, `chip.malformed` for an answer that isn't the chip's.
 */
export async function openByBac(
  channel: Channel,
  password: AccessPassword,
  random: RandomBytes,
): Promise<Result<SessionKeys, Failure>> {
  const challenge = await channel.send({ classByte: 0, instruction: 0x84, p1: 0, p2: 0, expected: BLOCK });
  if (!challenge.ok) return challenge;
  const { status, data: rndIc } = challenge.value;
  if (status !== DONE) return err(failure('chip.unsupported', `the chip gives no challenge (${statusName(status)})`));
  if (rndIc.length !== BLOCK) return err(failure('chip.malformed', 'a challenge of another length'));

  const keys = bacKeys(password);
  const rndIfd = random(BLOCK);
  const keyIfd = random(16);
  const data = bacCryptogram(keys, concatBytes(rndIfd, rndIc, keyIfd));
  const expected = CRYPTOGRAM + BLOCK;
  const answer = await channel.send({ classByte: 0, instruction: 0x82, p1: 0, p2: 0, data, expected });
  if (!answer.ok) return answer;
  if (answer.value.status !== DONE) return err(failure('chip.access-denied', statusName(answer.value.status)));
  const text = openBacCryptogram(keys, answer.value.data);
  if (!text) return err(failure('chip.malformed', 'the chip does not prove that it knows the key'));
  const agrees = equalBytes(text.subarray(0, BLOCK), rndIc) && equalBytes(text.subarray(BLOCK, 2 * BLOCK), rndIfd);
  if (!agrees) return err(failure('chip.malformed', 'the chip answers another challenge'));
  return ok(bacSession(keyIfd, text.subarray(2 * BLOCK), rndIfd, rndIc));
}
