import type { CertificationRecord } from '../../../shared/domain/certification.ts';
import type { NewFaceReturn } from '../../../shared/domain/face-return.ts';
import type { NewCheck } from '../../../shared/protocol/check-delivery.ts';
import type { SignedReceipt } from '../../../shared/domain/receipt.ts';
import type { Failure } from '../../../shared/reasons.ts';
import type { Result } from '../../../shared/result.ts';

/** What a committed record gives back for the screen. */
export interface Committed {
  readonly receipt: SignedReceipt;
  /** SHA-256 of the receipt's canonical body, hex. */
  readonly receiptHash: string;
}

/** What is committed in one transaction with a record. */
export interface CommittedWith {
  /** The question to the verifier. */
  readonly check?: NewCheck;
  /** The face picture that goes to the customer's own store. */
  readonly faceReturn?: NewFaceReturn;
}

export interface RecordStore {
  /**
   * One durable transaction: record, receipt, audit entry, outbox row and what goes with it; a request that the record
   * belongs to is submitted with it. On failure nothing is left behind.
   */
  commit(record: CertificationRecord, also?: CommittedWith): Result<Committed, Failure>;
  /** HMAC of a document number under this device's key, hex. */
  subjectKey(number: string): string;
}
