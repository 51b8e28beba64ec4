import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { readObjects, readOnly } from '../apdu/tlv.ts';
import { fromBigEndian, toHex } from '../bytes.ts';
import type { SessionCipher } from '../crypto/key-derivation.ts';

/** One way of opening the chip by PACE that EF.CardAccess offers (Doc 9303 part 11, 9.2.1). */
export interface PaceOffer {
  /** Value bytes of the object identifier, as commands carry them. */
  readonly protocol: Uint8Array;
  readonly cipher: SessionCipher;
  /** Which of the standardized domain parameters. */
  readonly parameterId: number;
}

export interface PaceOffers {
  /** Those this program can carry out, strongest first. */
  readonly usable: readonly PaceOffer[];
  /** Whether the chip offers PACE at all. */
  readonly any: boolean;
  /** Whether the domain parameters have to be named because there are several. */
  readonly ambiguous: boolean;
}

const SET = 0x31;
const SEQUENCE = 0x30;
const OBJECT_IDENTIFIER = 0x06;
const INTEGER = 0x02;
/** id-PACE: 0.4.0.127.0.7.2.2.4. */
const PACE = '04007F0007020204';
/** ECDH with generic mapping; the others (finite fields, integrated mapping) can't be carried out. */
const ECDH_GENERIC = 2;
const CIPHERS: Readonly<Record<number, SessionCipher>> = { 1: '3des', 2: 'aes-128', 3: 'aes-192', 4: 'aes-256' };
const STRENGTH: readonly SessionCipher[] = ['aes-256', 'aes-192', 'aes-128', '3des'];

/** Reads EF.CardAccess: a set of protocols with their parameters. Protocols of no concern are passed over. */
export function readPaceOffers(file: Uint8Array): Result<PaceOffers, Failure> {
  const set = readOnly(file, SET);
  if (!set.ok) return set;
  const infos = readObjects(set.value);
  if (!infos.ok) return infos;
  const usable: PaceOffer[] = [];
  const parameters = new Set<number>();
  let any = false;
  for (const info of infos.value) {
    if (info.tag !== SEQUENCE) return err(failure('chip.malformed', 'a protocol of another form'));
    const parts = readObjects(info.value);
    if (!parts.ok) return parts;
    const [protocol, version, parameter] = parts.value;
    if (protocol?.tag !== OBJECT_IDENTIFIER) return err(failure('chip.malformed', 'a protocol without a name'));
    // Ten bytes name a protocol with its cipher; nine name domain parameters of the chip's own.
    if (!toHex(protocol.value).startsWith(PACE)) continue;
    any = true;
    if (protocol.value.length !== 10 || version?.tag !== INTEGER || fromBigEndian(version.value) !== 2) continue;
    if (parameter?.tag !== INTEGER || parameter.value.length !== 1) continue;
    const parameterId = fromBigEndian(parameter.value);
    parameters.add(parameterId);
    const cipher = CIPHERS[protocol.value[9] ?? 0];
    if (protocol.value[8] === ECDH_GENERIC && cipher) usable.push({ protocol: protocol.value, cipher, parameterId });
  }
  usable.sort((a, b) => STRENGTH.indexOf(a.cipher) - STRENGTH.indexOf(b.cipher));
  return ok({ usable, any, ambiguous: parameters.size > 1 });
}
