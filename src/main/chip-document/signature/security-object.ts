import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { readObjects, readOnly } from '../apdu/tlv.ts';
import { fromBigEndian } from '../bytes.ts';
import { FILES } from '../files/elementary-files.ts';
import { hashOf, sequenceOf, type HashName } from './algorithms.ts';
import { objectIdentifier } from './object-identifier.ts';
import { readSignedContent, type SignedContent } from './signed-content.ts';

/** What EF.SOD says: the hashes of the data groups, and who signed them. */
export interface SecurityObject {
  readonly hash: HashName;
  /** Number of the data group → hash of its file. */
  readonly hashes: ReadonlyMap<number, Uint8Array>;
  readonly signed: SignedContent;
}

const LDS_SECURITY_OBJECT = '2.23.136.1.1.1';
const [SEQUENCE, INTEGER, OCTETS] = [0x30, 0x02, 0x04];

/** Reads EF.SOD (Doc 9303 part 10, 4.6.2). Fails with `chip.malformed`, `chip.unsupported` for an unknown hash. */
export function readSecurityObject(file: Uint8Array): Result<SecurityObject, Failure> {
  const content = readOnly(file, FILES.security.tag);
  const signed = content.ok ? readSignedContent(content.value) : content;
  if (!signed.ok) return signed;
  if (signed.value.contentType !== LDS_SECURITY_OBJECT) return malformed('other content than hashes of data groups');
  const [version, algorithm, list] = sequenceOf(signed.value.content) ?? [];
  if (version?.tag !== INTEGER || algorithm?.tag !== SEQUENCE || list?.tag !== SEQUENCE) return malformed('the form');
  const algorithmParts = readObjects(algorithm.value);
  const identifier = algorithmParts.ok ? algorithmParts.value[0] : undefined;
  if (!identifier) return malformed('no hash algorithm');
  const hash = hashOf(objectIdentifier(identifier.value));
  if (!hash) return err(failure('chip.unsupported', 'EF.SOD: the hash algorithm'));
  const hashes = hashesOf(list.value);
  return hashes ? ok({ hash, hashes, signed: signed.value }) : malformed('the list of hashes');
}

function hashesOf(list: Uint8Array): ReadonlyMap<number, Uint8Array> | null {
  const entries = readObjects(list);
  if (!entries.ok || entries.value.length === 0 || entries.value.length > 16) return null;
  const hashes = new Map<number, Uint8Array>();
  for (const { tag, value } of entries.value) {
    const parts = tag === SEQUENCE ? readObjects(value) : null;
    const [group, digest] = parts?.ok ? parts.value : [];
    if (group?.tag !== INTEGER || group.value.length !== 1 || digest?.tag !== OCTETS) return null;
    const number = fromBigEndian(group.value);
    if (number < 1 || number > 16 || hashes.has(number)) return null;
    hashes.set(number, digest.value);
  }
  return hashes;
}

function malformed(detail: string): { readonly ok: false; readonly error: Failure } {
  return err(failure('chip.malformed', `EF.SOD: ${detail}`));
}
