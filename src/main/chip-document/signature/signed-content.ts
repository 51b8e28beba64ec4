import { createHash } from 'node:crypto';
import { ContentInfo, SignedData, type SignerInfo } from 'pkijs';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { readOnly } from '../apdu/tlv.ts';
import { equalBytes } from '../bytes.ts';
import { hashOf } from './algorithms.ts';
import { algorithmFrom, certificateFrom, type Algorithm, type Certificate } from './certificate.ts';
import { objectIdentifier } from './object-identifier.ts';
import { checkSignature, type SignatureCheck } from './verify-signature.ts';

/** A signed message (RFC 5652) with one signer whose certificate lies in it. */
export interface SignedContent {
  readonly contentType: string;
  readonly content: Uint8Array;
  readonly signer: Certificate;
  /** Whether the signature over the content is the signer's; nothing about who the signer is. */
  readonly check: SignatureCheck;
}

const SIGNED_DATA = '1.2.840.113549.1.7.2';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';

/** Reads a signed message and checks its signature; fails with `chip.malformed` for what is none. */
export function readSignedContent(der: Uint8Array): Result<SignedContent, Failure> {
  try {
    const info = ContentInfo.fromBER(der);
    if (info.contentType !== SIGNED_DATA) return malformed('not a signed message');
    return contentOf(new SignedData({ schema: info.content as never }));
  } catch {
    return malformed('a signed message of another form');
  }
}

function contentOf(signed: SignedData): Result<SignedContent, Failure> {
  const encapsulated = signed.encapContentInfo;
  const [info] = signed.signerInfos;
  if (!encapsulated.eContent || !info) return malformed('a signed message without content or signer');
  const content = new Uint8Array(encapsulated.eContent.getValue());
  const signer = signerOf(signed, info);
  if (!signer) return malformed('a signed message without its signer’s certificate');
  const contentType = encapsulated.eContentType;
  return ok({ contentType, content, signer, check: checkSigner(info, signer, contentType, content) });
}

/** The certificate that the signer names by its serial number or its key's identifier. */
function signerOf(signed: SignedData, { sid }: SignerInfo): Certificate | null {
  const certificates = (signed.certificates ?? []).flatMap((each) =>
    'tbsView' in each ? [certificateFrom(each)] : [],
  );
  const named = sid as { serialNumber?: { valueBlock: { valueHexView: Uint8Array } }; valueBlock?: unknown };
  const serial = named.serialNumber?.valueBlock.valueHexView;
  if (serial) return certificates.find(({ serialNumber }) => equalBytes(serialNumber, serial)) ?? null;
  const identifier = keyIdentifier(sid);
  return (
    certificates.find(
      (each) => identifier && each.subjectKeyIdentifier && equalBytes(each.subjectKeyIdentifier, identifier),
    ) ?? null
  );
}

function keyIdentifier(sid: unknown): Uint8Array | null {
  const block = (sid as { valueBlock?: { valueHexView?: Uint8Array; value?: readonly unknown[] } }).valueBlock;
  if (block?.valueHexView?.length) return block.valueHexView;
  const inner = block?.value?.[0] as { valueBlock?: { valueHexView?: Uint8Array } } | undefined;
  return inner?.valueBlock?.valueHexView ?? null;
}

function checkSigner(info: SignerInfo, signer: Certificate, contentType: string, content: Uint8Array): SignatureCheck {
  const hash = hashOf(info.digestAlgorithm.algorithmId);
  if (!hash) return 'unsupported';
  const algorithm: Algorithm = algorithmFrom(info.signatureAlgorithm);
  const signature = new Uint8Array(info.signature.getValue());
  const { signedAttrs } = info;
  if (!signedAttrs) return checkSignature(signer.publicKey, algorithm, content, signature, hash);
  const attribute = (identifier: string): Uint8Array | null => {
    const value = signedAttrs.attributes.find(({ type }) => type === identifier)?.values[0] as
      { toBER(): ArrayBuffer } | undefined;
    return value ? new Uint8Array(value.toBER()) : null;
  };
  const digest = readOnly(attribute(MESSAGE_DIGEST) ?? new Uint8Array(), 0x04);
  const type = readOnly(attribute(CONTENT_TYPE) ?? new Uint8Array(), 0x06);
  if (!digest.ok || !equalBytes(digest.value, createHash(hash).update(content).digest())) return 'wrong';
  if (!type.ok || objectIdentifier(type.value) !== contentType) return 'wrong';
  return checkSignature(signer.publicKey, algorithm, new Uint8Array(signedAttrs.encodedValue), signature, hash);
}

function malformed(detail: string): { readonly ok: false; readonly error: Failure } {
  return err(failure('chip.malformed', detail));
}
