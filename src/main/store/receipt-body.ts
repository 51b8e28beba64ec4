import type { CertificationRecord } from '../../shared/domain/certification.ts';
import type { ReceiptBody } from '../../shared/domain/receipt.ts';
import type { ReceiptPlace } from './record-store.ts';

const DAY_MS = 86_400_000;

export interface ReceiptTerms {
  readonly deviceId: string;
  /** Days after the decision for which the record is kept. */
  readonly retentionDays: number;
}

/** What a receipt says about a record: the verdict and what it rests on, and nothing about the person. */
export function receiptBodyOf(record: CertificationRecord, place: ReceiptPlace, terms: ReceiptTerms): ReceiptBody {
  const { verdict } = record;
  return {
    v: 1,
    certifyId: record.certifyId,
    deviceId: terms.deviceId,
    seq: place.seq,
    prevReceiptHash: place.prevReceiptHash,
    sceneId: record.sceneId,
    scheme: record.scheme,
    challenge: record.challenge,
    recordHash: place.recordHash,
    state: verdict.state,
    basis: verdict.basis,
    reason: verdict.reason,
    simulated: record.simulated,
    decidedAtMs: record.decidedAtMs,
    eraseAfterMs: record.decidedAtMs + terms.retentionDays * DAY_MS,
  };
}
