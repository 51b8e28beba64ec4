import type { ReasonCode, VerdictState } from '../reasons.ts';
import type { ComparisonSummary, HandOffPage, LivenessSummary } from './certification.ts';
import type { SettledBy } from './review.ts';
import type { RiskFinding } from './risk.ts';
import type { VERDICT_BASES } from './verdict.ts';
import type { CheckOutcome, Score } from './verification.ts';

/** A picture, clip or set of fields that is still kept of a certification. */
export interface KeptMaterial {
  readonly name: 'best-frame' | 'clip' | 'portrait' | 'document-fields' | 'card-front' | 'card-back';
  readonly bytes: number;
  readonly keptUntilMs: number;
}

/**
 * What became of a certification, as its caller reads it: the record and what the verifier said since, put together.
 * Reading it asks nobody and costs nothing, however often.
 */
export interface CertificationResult {
  readonly certifyId: string;
  readonly requestId: string | null;
  readonly orderId: string | null;
  readonly sceneId: string;
  readonly scheme: string;
  readonly state: VerdictState;
  readonly reason: ReasonCode;
  readonly basis: (typeof VERDICT_BASES)[number];
  /** Only this device has decided so far. */
  readonly provisional: boolean;
  /** Nobody has decided for good: the verifier is still asked, or a clerk has to look at it. */
  readonly underReview: boolean;
  /** Who decided in the machine's stead; absent: the verdict is the machine's own. */
  readonly settledBy?: SettledBy;
  /** What this device itself had decided, where somebody of the staff has gone over it; it stays in the record. */
  readonly machine?: { readonly state: VerdictState; readonly reason: ReasonCode };
  readonly decidedAtMs: number;
  readonly liveness: LivenessSummary | null;
  /** With the score (0–100) from which on the scene's false-accept rate is met. */
  readonly comparison: (ComparisonSummary & { readonly threshold: number }) | null;
  readonly scores: readonly Score[];
  /** The verifier's answer with its codes as they came; null where none came. */
  readonly outcome: CheckOutcome | null;
  readonly handOff: HandOffPage | null;
  readonly risk: readonly RiskFinding[];
  readonly materials: readonly KeptMaterial[];
  readonly receiptHash: string;
  readonly simulated: boolean;
  /** The staff tried the terminal out: says nothing about anybody. */
  readonly test?: true;
}
