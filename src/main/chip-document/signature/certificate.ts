import { Certificate as ParsedCertificate, type AlgorithmIdentifier } from 'pkijs';
import { latinText } from '../bytes.ts';

/** An algorithm and its parameters in DER; null where there are none. */
export interface Algorithm {
  readonly identifier: string;
  readonly parameters: Uint8Array | null;
}

export interface PublicKey {
  readonly algorithm: Algorithm;
  readonly bits: Uint8Array;
}

/** What passive authentication needs of an X.509 certificate. */
export interface Certificate {
  /** What its signature is over. */
  readonly signedPart: Uint8Array;
  readonly signatureAlgorithm: Algorithm;
  readonly signature: Uint8Array;
  readonly publicKey: PublicKey;
  /** Upper-case country codes of the distinguished names; null where a name has none. */
  readonly subjectCountry: string | null;
  readonly issuerCountry: string | null;
  readonly serialNumber: Uint8Array;
  readonly subjectKeyIdentifier: Uint8Array | null;
  readonly validFromMs: number;
  readonly validToMs: number;
  /** Whether it may sign certificates (basic constraints). */
  readonly authority: boolean;
}

const COUNTRY = '2.5.4.6';
const BASIC_CONSTRAINTS = '2.5.29.19';
const SUBJECT_KEY_IDENTIFIER = '2.5.29.14';

/** Null for what is no X.509 certificate; whatever the parser throws is a word about the input. */
export function readCertificate(der: Uint8Array): Certificate | null {
  try {
    return certificateFrom(ParsedCertificate.fromBER(der));
  } catch {
    return null;
  }
}

/** Copies out of a parsed certificate what is needed; checks neither signature nor validity. */
export function certificateFrom(parsed: ParsedCertificate): Certificate {
  return {
    signedPart: parsed.tbsView.slice(),
    signatureAlgorithm: algorithmFrom(parsed.signatureAlgorithm),
    signature: parsed.signatureValue.valueBlock.valueHexView.slice(),
    publicKey: {
      algorithm: algorithmFrom(parsed.subjectPublicKeyInfo.algorithm),
      bits: parsed.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView.slice(),
    },
    subjectCountry: countryOf(parsed.subject),
    issuerCountry: countryOf(parsed.issuer),
    serialNumber: parsed.serialNumber.valueBlock.valueHexView.slice(),
    subjectKeyIdentifier: keyIdentifierOf(parsed),
    validFromMs: parsed.notBefore.value.getTime(),
    validToMs: parsed.notAfter.value.getTime(),
    authority: isAuthority(parsed),
  };
}

/** The dotted object identifier, and what parameters there are as one DER object. */
export function algorithmFrom(parsed: AlgorithmIdentifier): Algorithm {
  const parameters = parsed.algorithmParams as { toBER(): ArrayBuffer } | undefined;
  return { identifier: parsed.algorithmId, parameters: parameters ? new Uint8Array(parameters.toBER()) : null };
}

function countryOf(name: ParsedCertificate['subject']): string | null {
  const country = name.typesAndValues.find(({ type }) => type === COUNTRY);
  const text = country?.value.valueBlock.value;
  return typeof text === 'string' && /^[A-Za-z]{2}$/.test(text) ? text.toUpperCase() : null;
}

function isAuthority(parsed: ParsedCertificate): boolean {
  const found = parsed.extensions?.find(({ extnID }) => extnID === BASIC_CONSTRAINTS);
  return (found?.parsedValue as { cA?: boolean } | undefined)?.cA === true;
}

function keyIdentifierOf(parsed: ParsedCertificate): Uint8Array | null {
  const found = parsed.extensions?.find(({ extnID }) => extnID === SUBJECT_KEY_IDENTIFIER);
  const value = found?.extnValue.valueBlock.valueHexView;
  return value && value[0] === 0x04 ? value.slice(2) : null;
}

const PEM = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END/g;

/** The certificates of a PEM file as DER; none when it isn't one. */
export function certificatesInPem(file: Uint8Array): readonly Uint8Array[] {
  return [...latinText(file).matchAll(PEM)].map(([, text]) => new Uint8Array(Buffer.from(text ?? '', 'base64')));
}
