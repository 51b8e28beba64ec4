import type {
  Consent,
  LivenessSummary,
  ChallengeAttempt,
  ComparisonSummary,
} from '../../shared/domain/certification.ts';
import type { Challenge } from '../../shared/domain/challenge.ts';
import type { IdentityDocument, TypedIdentity } from '../../shared/domain/document.ts';
import type { DocumentHint, DocumentReading } from '../../shared/domain/document-reading.ts';
import type { ChipAccessKey, ChipProgress } from '../../shared/domain/travel-document.ts';
import type { ConfirmProblem } from '../../shared/ipc/document-capture.ts';
import type { IdCardSides } from './id-card-confirmation.ts';
import type { RuledIdentity } from './read-identity.ts';
import type { OpenHandOff, HandOffState } from '../../shared/domain/hand-off.ts';
import type { RiskRuling } from '../../shared/domain/risk.ts';
import type { FallbackMethod } from '../../shared/domain/scene.ts';
import type { Scheme } from '../../shared/domain/scheme.ts';
import type { KeptOfSubject } from '../../shared/domain/subject-erasure.ts';
import type { CardPhotoPrompt } from '../../shared/ipc/card-photo.ts';
import type { PositionHint } from '../../shared/ipc/kiosk-guidance.ts';
import type { Failure, FailureCode, VerdictState, ReasonCode } from '../../shared/reasons.ts';
import type { DocumentRuling } from './document-rules.ts';
import type { Committed } from './ports/record-store.ts';
import type { Run } from './run.ts';
import type { DeletionSlip } from './withdrawal-state.ts';

/** What happens to a certification: what people do, what devices report and what the work of an effect comes back with. */
export type FlowEvent =
  | { readonly type: 'start'; readonly run: Run }
  | { readonly type: 'continue' }
  | { readonly type: 'consent'; readonly consent: Consent }
  /** `methods`: the other ways that can be taken as things are; absent where only the clerk is left. */
  | { readonly type: 'refuse-consent'; readonly methods?: readonly FallbackMethod[] }
  | { readonly type: 'other-method'; readonly methods?: readonly FallbackMethod[] }
  | { readonly type: 'avoid-flashing' }
  | { readonly type: 'cancel' }
  | { readonly type: 'timed-out' }
  | { readonly type: 'card-progress'; readonly certifyId: string; readonly phase: 'searching' | 'found' | 'reading' }
  | { readonly type: 'card-occupied'; readonly certifyId: string }
  | {
      readonly type: 'card-read';
      readonly certifyId: string;
      readonly document: IdentityDocument;
      readonly ruling: DocumentRuling;
    }
  | { readonly type: 'card-failed'; readonly certifyId: string; readonly failure: Failure }
  /** What the rules about risk say about who was identified. */
  | { readonly type: 'ruled'; readonly certifyId: string; readonly ruling: RiskRuling; readonly stepUp: Scheme | null }
  | {
      readonly type: 'guardian-read';
      readonly certifyId: string;
      readonly guardian: { readonly nameMasked: string; readonly numberMasked: string };
    }
  | { readonly type: 'guardian-refused'; readonly certifyId: string; readonly code: FailureCode }
  | { readonly type: 'guardian-agrees'; readonly consent: Consent }
  | {
      readonly type: 'element-entered';
      readonly certifyId: string;
      readonly element: { readonly phone: string } | { readonly bankCard: string };
    }
  /**
   * `scheme`: what that way is; null where it is the same with another proof of life. `consent`: what choosing it agrees
   * to, since it means that what is typed or read for it is sent.
   */
  | {
      readonly type: 'choose-method';
      readonly method: FallbackMethod;
      readonly scheme: Scheme | null;
      readonly consent: Consent;
    }
  /** The staff takes over. */
  | { readonly type: 'choose-clerk' }
  /** Back from the choice of ways to where the certification stood. */
  | { readonly type: 'keep-going' }
  | { readonly type: 'hand-off-opened'; readonly certifyId: string; readonly opened: OpenHandOff }
  /** `refused`: why nobody can pass any more, whatever the page says. */
  | {
      readonly type: 'hand-off-seen';
      readonly certifyId: string;
      readonly state: HandOffState;
      readonly refused?: Failure;
    }
  | { readonly type: 'withdraw'; readonly withdrawalId: string }
  | {
      readonly type: 'holder-progress';
      readonly withdrawalId: string;
      readonly phase: 'searching' | 'found' | 'reading';
    }
  /** A card from before still lies on the reader. */
  | { readonly type: 'holder-occupied'; readonly withdrawalId: string }
  | { readonly type: 'holder-read'; readonly withdrawalId: string; readonly kept: KeptOfSubject }
  | { readonly type: 'holder-failed'; readonly withdrawalId: string; readonly failure: Failure }
  | { readonly type: 'confirm-withdrawal' }
  | { readonly type: 'erased'; readonly withdrawalId: string; readonly slip: DeletionSlip }
  | { readonly type: 'erasure-failed'; readonly withdrawalId: string; readonly failure: Failure }
  | { readonly type: 'type-identity' }
  | { readonly type: 'use-card' }
  | {
      readonly type: 'identity-typed';
      readonly certifyId: string;
      readonly identity: TypedIdentity;
      readonly ruling: DocumentRuling;
    }
  | { readonly type: 'card-photo-hint'; readonly certifyId: string; readonly hint: CardPhotoPrompt }
  | { readonly type: 'card-photo-taken'; readonly certifyId: string; readonly portrait: Uint8Array }
  | { readonly type: 'skip-card-photo' }
  | { readonly type: 'photograph-card' }
  | { readonly type: 'use-travel-document' }
  | { readonly type: 'retake-document' }
  | { readonly type: 'skip-chip' }
  | { readonly type: 'document-hint'; readonly certifyId: string; readonly hint: DocumentHint | null }
  /** A picture is on its way to being read. */
  | { readonly type: 'document-picture'; readonly certifyId: string }
  | { readonly type: 'document-read'; readonly certifyId: string; readonly reading: DocumentReading }
  | { readonly type: 'document-unread'; readonly certifyId: string; readonly failure: Failure }
  | {
      readonly type: 'document-doubted';
      readonly certifyId: string;
      readonly sides: IdCardSides;
      readonly problem: ConfirmProblem;
    }
  | ({ readonly type: 'identity-read'; readonly certifyId: string } & RuledIdentity)
  /** By camera or by a swipe. `key` opens the chip. */
  | ({ readonly type: 'zone-read'; readonly certifyId: string; readonly key: ChipAccessKey } & RuledIdentity)
  | { readonly type: 'chip-progress'; readonly certifyId: string; readonly progress: ChipProgress }
  | { readonly type: 'chip-failed'; readonly certifyId: string; readonly failure: Failure }
  | { readonly type: 'camera-ready'; readonly label: string }
  | { readonly type: 'camera-failed'; readonly failure: Failure }
  | { readonly type: 'hint'; readonly certifyId: string; readonly hint: PositionHint | null }
  /** The question to the verifier is kept; nobody was looked at. */
  | { readonly type: 'question-kept'; readonly certifyId: string }
  | { readonly type: 'positioned'; readonly certifyId: string; readonly challenge: Challenge }
  | { readonly type: 'challenge-played'; readonly certifyId: string; readonly nonce: string }
  | {
      readonly type: 'challenge-aborted';
      readonly certifyId: string;
      readonly nonce: string;
      readonly code: FailureCode;
    }
  | { readonly type: 'step-failed'; readonly certifyId: string; readonly failure: Failure }
  | {
      readonly type: 'judged';
      readonly certifyId: string;
      readonly liveness: LivenessSummary;
      readonly attempt: ChallengeAttempt;
      readonly comparison: ComparisonSummary | { readonly outcome: 'no-face' } | null;
      /** Another card lies on the reader than the one that was read. */
      readonly swapped?: boolean;
      /** What the rules about risk say about the face. */
      readonly ruling?: RiskRuling;
    }
  | {
      /** The verifier's answer, kept by now. */
      readonly type: 'decided';
      readonly certifyId: string;
      readonly decided: VerdictState;
      readonly reason: ReasonCode;
    }
  | { readonly type: 'committed'; readonly certifyId: string; readonly committed: Committed }
  | { readonly type: 'commit-failed'; readonly certifyId: string; readonly failure: Failure }
  | { readonly type: 'confirmed'; readonly certifyId: string }
  | { readonly type: 'done' }
  /** `methods`: it begins with the choice among these ways; absent where it begins like any other. */
  | { readonly type: 'retry'; readonly run: Run; readonly methods?: readonly FallbackMethod[] }
  | { readonly type: 'out-of-service'; readonly reason: FailureCode }
  /** A part works again; maintenance for another part's sake goes on. */
  | { readonly type: 'back-in-service'; readonly part: 'inference' | 'store' | 'reader' | 'kiosk' };
