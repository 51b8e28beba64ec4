import type { KeptOfSubject, DeviceDeletionReceipt, VerifierErasure } from '../../shared/domain/subject-erasure.ts';
import type { ReasonCode, Failure } from '../../shared/reasons.ts';

/** Somebody withdraws their consent: their card is read, they see what is kept, and it is erased. No certification. */
export type WithdrawalState =
  | {
      readonly step: 'withdrawal-card';
      readonly withdrawalId: string;
      readonly phase: 'searching' | 'found' | 'reading';
      readonly problem: ReasonCode | null;
      readonly tries: number;
    }
  | { readonly step: 'withdrawal-review'; readonly withdrawalId: string; readonly kept: KeptOfSubject }
  | { readonly step: 'withdrawal-erasing'; readonly withdrawalId: string }
  | { readonly step: 'withdrawal-done'; readonly withdrawalId: string; readonly outcome: WithdrawalOutcome };

/** How a withdrawal ended. */
export type WithdrawalOutcome =
  | { readonly kind: 'erased'; readonly slip: DeletionSlip }
  | { readonly kind: 'nothing-kept' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** What was erased, with its proof. */
export interface DeletionSlip {
  readonly receipt: DeviceDeletionReceipt;
  /** SHA-256 of the receipt's canonical body, hex. */
  readonly receiptHash: string;
  readonly verifier: VerifierErasure;
}
