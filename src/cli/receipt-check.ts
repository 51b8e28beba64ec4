import { createHash, createPublicKey, verify } from 'node:crypto';
import { canonicalJson } from '../shared/canonical-json.ts';
import type { ReceiptFile } from '../shared/domain/receipt-file.ts';
import type { PublicKeyJwk } from '../shared/protocol/kv1.ts';

/** What is known of the keys: those given win over those in the file. */
export interface TrustedKeys {
  readonly device: readonly PublicKeyJwk[];
  readonly server: readonly PublicKeyJwk[];
}

export type Finding =
  | 'device-signature'
  | 'countersignature'
  | 'not-countersigned'
  | 'decision-signature'
  | 'decision-of-another'
  | 'decision-order'
  | 'deletion-signature'
  | 'previous-hash';

export interface ReceiptCheck {
  readonly certifyId: string;
  readonly seq: number;
  readonly receiptHash: string;
  readonly state: string;
  readonly reason: string;
  readonly simulated: boolean;
  /** The newest decision that is signed and fits; null where there is none. */
  readonly decided: { readonly state: string; readonly reason: string; readonly revision: number } | null;
  readonly erased: boolean;
  /** What is wrong; `not-countersigned` alone only says that nobody has confirmed it yet. */
  readonly findings: readonly Finding[];
}

export interface ChainCheck {
  readonly deviceId: string;
  /** Runs of sequence numbers between which receipts are missing here. */
  readonly gaps: readonly { readonly after: number; readonly before: number }[];
  /** Neighbours whose hashes don't fit, or two receipts with one number. */
  readonly broken: readonly { readonly seq: number; readonly why: 'hash' | 'twice' }[];
}

/**
 * SHA-256 of the body's canonical JSON in lower-case hexadecimal digits: what the next receipt's `prevReceiptHash`
 * says.
 */
export function receiptHashOf({ receipt }: ReceiptFile): string {
  return sha256(canonicalJson(receipt.body));
}

/** Checks one receipt by itself: both signatures, its decisions and what was erased. */
export function checkReceipt(file: ReceiptFile, given: TrustedKeys): ReceiptCheck {
  const { receipt, countersignature, decisions, deletions, neighbours, keys } = file;
  const { body } = receipt;
  const device = given.device.length > 0 ? given.device : [keys.device.key];
  const server = given.server.length > 0 ? given.server : keys.server === null ? [] : [keys.server.key];
  const findings = new Set<Finding>();
  const text = canonicalJson(body);
  if (!isSigned(text, receipt.device.signature, device)) findings.add('device-signature');
  if (countersignature === null) findings.add('not-countersigned');
  else if (
    countersignature.certifyId !== body.certifyId ||
    !isSigned(text, countersignature.server.signature, server)
  ) {
    findings.add('countersignature');
  }
  if (neighbours.previous !== body.prevReceiptHash) findings.add('previous-hash');
  let decided: ReceiptCheck['decided'] = null;
  for (const [index, decision] of decisions.entries()) {
    const { certifyId, revision, state, reason } = decision.body;
    if (!isSigned(canonicalJson(decision.body), decision.server.signature, server)) findings.add('decision-signature');
    else if (certifyId !== body.certifyId) findings.add('decision-of-another');
    else if (index > 0 && revision <= (decisions[index - 1]?.body.revision ?? 0)) findings.add('decision-order');
    else decided = { state, reason, revision };
  }
  const sessions = new Set(decisions.map(({ body: { sessionId } }) => sessionId));
  const proven = deletions.filter((deletion) =>
    isSigned(canonicalJson(deletion.body), deletion.server.signature, server),
  );
  if (proven.length < deletions.length) findings.add('deletion-signature');
  const erased = proven.some((deletion) => deletion.body.sessions.some((session) => sessions.has(session)));
  const { certifyId, seq, state, reason, simulated } = body;
  const receiptHash = sha256(text);
  return { certifyId, seq, receiptHash, state, reason, simulated, decided, erased, findings: [...findings] };
}

/** Whether receipts of one device follow on each other; what isn't among the files is a gap, not a fault. */
export function checkChains(files: readonly ReceiptFile[]): readonly ChainCheck[] {
  const byDevice = Map.groupBy(files, ({ receipt }) => receipt.body.deviceId);
  return [...byDevice].map(([deviceId, own]) => {
    const sorted = own.toSorted((a, b) => a.receipt.body.seq - b.receipt.body.seq);
    const gaps: { after: number; before: number }[] = [];
    const broken: { seq: number; why: 'hash' | 'twice' }[] = [];
    for (const [index, file] of sorted.entries()) {
      const before = sorted[index - 1];
      if (before === undefined) continue;
      const last = before.receipt.body.seq;
      const { seq, prevReceiptHash } = file.receipt.body;
      if (seq === last) {
        if (receiptHashOf(before) !== receiptHashOf(file)) broken.push({ seq, why: 'twice' });
      } else if (seq > last + 1) gaps.push({ after: last, before: seq });
      else if (prevReceiptHash !== receiptHashOf(before)) broken.push({ seq, why: 'hash' });
    }
    return { deviceId, gaps, broken };
  });
}

/** Whether all that is claimed holds; a receipt that nobody has countersigned yet isn't false. */
export function holds(checks: readonly ReceiptCheck[], chains: readonly ChainCheck[]): boolean {
  const isSound = ({ findings }: ReceiptCheck): boolean => findings.every((finding) => finding === 'not-countersigned');
  return checks.every(isSound) && chains.every(({ broken }) => broken.length === 0);
}

function isSigned(text: string, signature: string, keys: readonly PublicKeyJwk[]): boolean {
  return keys.some((key) => {
    try {
      const publicKey = createPublicKey({ key, format: 'jwk' });
      return verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64url'));
    } catch {
      // 32 bytes that are no point of the curve have signed nothing.
      return false;
    }
  });
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
