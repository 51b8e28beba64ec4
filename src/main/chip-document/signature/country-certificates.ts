import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { encodeObject, readObjects } from '../apdu/tlv.ts';
import { sequenceOf } from './algorithms.ts';
import { certificatesInPem, readCertificate, type Certificate } from './certificate.ts';
import { readSignedContent } from './signed-content.ts';

/** The certificates of countries (CSCA) that this machine trusts, because somebody put them into its settings. */
export interface CountryCertificates {
  readonly certificates: readonly Certificate[];
}

const MASTER_LIST = '2.23.136.1.1.2';
const LONGEST_FILE = 16 * 1024 * 1024;
const MOST_FILES = 2000;
const NOT_A_CERTIFICATE = /^\.|\.(?:txt|md)$/i;
const [SEQUENCE, SET] = [0x30, 0x31];

/**
 * Loads a folder of certificates (DER or PEM) and master lists (Doc 9303 part 12, 9), or one such file. Text files are
 * passed over; anything else that is no certificate of a country fails with `chip.certificates-invalid`, because a list
 * that lost an entry would call genuine documents forged.
 */
export async function loadCountryCertificates(path: string): Promise<Result<CountryCertificates, Failure>> {
  const files = await filesAt(path);
  if (!files) return invalid('the folder can’t be read');
  if (files.length > MOST_FILES) return invalid(`more than ${MOST_FILES} files`);
  const certificates: Certificate[] = [];
  for (const file of files) {
    const read = await certificatesOf(file);
    if (!read.ok) return read;
    certificates.push(...read.value);
  }
  return certificates.length === 0 ? invalid('no certificates') : ok({ certificates });
}

async function filesAt(path: string): Promise<readonly string[] | null> {
  try {
    if ((await stat(path)).isFile()) return [path];
    const entries = await readdir(path, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && !NOT_A_CERTIFICATE.test(entry.name))
      .map(({ name }) => join(path, name));
  } catch {
    return null;
  }
}

async function certificatesOf(path: string): Promise<Result<readonly Certificate[], Failure>> {
  let bytes: Uint8Array;
  try {
    if ((await stat(path)).size > LONGEST_FILE) return invalid('a file too large');
    bytes = new Uint8Array(await readFile(path));
  } catch {
    return invalid('a file that can’t be read');
  }
  return readCountryCertificates(bytes);
}

/** The certificates in one file: PEM, DER, or a master list whose own signature holds. */
export function readCountryCertificates(file: Uint8Array): Result<readonly Certificate[], Failure> {
  const pem = certificatesInPem(file);
  const single = pem.length > 0 ? pem : readCertificate(file) ? [file] : null;
  const encoded = single ? ok(single) : certificatesInMasterList(file);
  if (!encoded.ok) return encoded;
  const certificates: Certificate[] = [];
  for (const der of encoded.value) {
    const certificate = readCertificate(der);
    if (!certificate) return invalid('a certificate that can’t be read');
    if (!certificate.authority) return invalid('a certificate that may not sign others');
    if (certificate.subjectCountry === null) return invalid('a certificate without a country');
    certificates.push(certificate);
  }
  return ok(certificates);
}

/** CscaMasterList (Doc 9303 part 12, 9.2): a version and a set of certificates, signed. */
function certificatesInMasterList(file: Uint8Array): Result<readonly Uint8Array[], Failure> {
  const signed = readSignedContent(file);
  if (!signed.ok || signed.value.contentType !== MASTER_LIST) return invalid('neither a certificate nor a master list');
  if (signed.value.check !== 'right') return invalid('a master list whose signature does not hold');
  const [, list] = sequenceOf(signed.value.content) ?? [];
  const entries = list?.tag === SET ? readObjects(list.value) : null;
  if (!entries?.ok) return invalid('a master list of another form');
  return ok(entries.value.map(({ tag, value }) => encodeObject(tag === SEQUENCE ? tag : SEQUENCE, value)));
}

function invalid(detail: string): { readonly ok: false; readonly error: Failure } {
  return err(failure('chip.certificates-invalid', detail));
}
