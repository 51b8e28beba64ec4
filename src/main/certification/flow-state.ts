import type {
  ChallengeAttempt,
  ComparisonSummary,
  Consent,
  LivenessSummary,
  Stage,
} from '../../shared/domain/certification.ts';
import type { Challenge } from '../../shared/domain/challenge.ts';
import type { IdentityDocument, TypedIdentity } from '../../shared/domain/document.ts';
import type { DocumentHint, DocumentReading } from '../../shared/domain/document-reading.ts';
import type { ChipAccessKey, ChipProgress } from '../../shared/domain/travel-document.ts';
import type { ConfirmProblem } from '../../shared/ipc/document-capture.ts';
import type { FrontReading, IdCardSides } from './id-card-confirmation.ts';
import type { ReadIdentity, RuledIdentity } from './read-identity.ts';
import type { QualityLimits } from '../../shared/domain/face-quality.ts';
import type { RequestInputs } from '../../shared/domain/certification-request.ts';
import type { OpenHandOff, HandOffState } from '../../shared/domain/hand-off.ts';
import type { RiskFinding, RiskRuling } from '../../shared/domain/risk.ts';
import type { FallbackMethod, Scene } from '../../shared/domain/scene.ts';
import type { Scheme } from '../../shared/domain/scheme.ts';
import type { KeptOfSubject, DeviceDeletionReceipt, VerifierErasure } from '../../shared/domain/subject-erasure.ts';
import type { CardPhotoPrompt } from '../../shared/ipc/card-photo.ts';
import type { PositionHint } from '../../shared/ipc/kiosk.ts';
import type { Failure, FailureCode, ReasonCode, VerdictState } from '../../shared/reasons.ts';
import type { DocumentRuling } from './document-rules.ts';
import type { LivenessRoute } from './liveness-route.ts';
import type { Committed } from './ports.ts';

/** Failed reads of one certification before it ends. */
export const CARD_TRIES = 5;

/** What is known of the certification in hand. It lives in memory only and is dropped with the state. */
export interface Run {
  readonly certifyId: string;
  readonly scene: Scene;
  /** The scene's, or that of the other way which was taken. */
  readonly scheme: Scheme;
  /** The other way that was taken; null on the scene's own. */
  readonly fallback: { readonly from: string; readonly method: FallbackMethod } | null;
  /** What a caller has bound to this certification; null for somebody who walked up. */
  readonly request: BoundRequest | null;
  /** Whether the verifier could be reached when it began. */
  readonly online: boolean;
  /** The face was declined: no way that uses it is offered any more. */
  readonly refusedFace: boolean;
  /** What the person has typed beside name and number. */
  readonly elements: { readonly phone?: string; readonly bankCard?: string };
  readonly risk: readonly RiskFinding[];
  /** A rule leaves the decision to a clerk. */
  readonly riskReview: boolean;
  /** The rules about risk have been asked about who was identified. */
  readonly ruled: boolean;
  /** Whoever was identified is a child under 14: a guardian has to agree. */
  readonly guardianNeeded: boolean;
  /** Whoever agreed for a child, masked. */
  readonly guardian: { readonly nameMasked: string; readonly numberMasked: string } | null;
  /** The certification that this one carries on with. */
  readonly follows: string | null;
  readonly handOff: { readonly opened: OpenHandOff; readonly state: HandOffState } | null;
  readonly startedAtMs: number;
  readonly attempt: number;
  readonly consent: Consent | null;
  /** It began with typing: no card is asked for. */
  readonly typing: boolean;
  readonly document: IdentityDocument | null;
  /** Name and number as typed in, where no card was read. */
  readonly typed: TypedIdentity | null;
  /** Who it is by pictures of a document or by a travel document's chip, where no ID card's chip was read. */
  readonly read: ReadIdentity | null;
  /** The terminal reads chips of travel documents. */
  readonly readsChips: boolean;
  /** The portrait cut out of a picture of the card, still encoded. */
  readonly printedPortrait: Uint8Array | null;
  /** That portrait was asked for, and taken or left out. */
  readonly cardPhotoAsked: boolean;
  readonly documentWarning: ReasonCode | null;
  readonly camera: string | null;
  /** The challenge that was issued last. */
  readonly challenge: Challenge | null;
  readonly route: LivenessRoute;
  /** Every challenge that was judged or broken off, in order. */
  readonly attempts: readonly ChallengeAttempt[];
  readonly cardTries: number;
  readonly liveness: LivenessSummary | null;
  readonly comparison: ComparisonSummary | null;
  readonly stagesMs: Partial<Record<Stage, number>>;
  /** Monotonic time at which the current stage began. */
  readonly stageBeganMs: number;
}

/** A caller's request with what is bound to it, for as long as the certification is in hand. */
export interface BoundRequest {
  readonly requestId: string;
  readonly orderId: string;
  readonly inputs: RequestInputs;
}

/** Where the screen goes once the record of an ended certification is committed. */
export type AfterCommit = 'result' | 'other-method' | 'attract';

export interface Ending {
  readonly reason: ReasonCode;
  readonly detail?: string;
  readonly then: AfterCommit;
}

/** A document lies before the camera, or is drawn through a reader. */
export interface DocumentStep {
  readonly step: 'document-capture';
  readonly run: Run;
  readonly page: 'id-card-front' | 'id-card-back' | 'travel-document';
  /** The front, once it is read. */
  readonly front: FrontReading | null;
  readonly hint: DocumentHint | null;
  /** A picture is being read. */
  readonly reading: boolean;
  /** Why the last picture was not used. */
  readonly problem: ReasonCode | null;
  /** Pictures of this page that were not used. */
  readonly pictures: number;
}

export type FlowState =
  | { readonly step: 'attract' }
  | { readonly step: 'guide'; readonly run: Run }
  | { readonly step: 'consent'; readonly run: Run }
  | {
      readonly step: 'card';
      readonly run: Run;
      readonly phase: 'searching' | 'found' | 'reading';
      readonly problem: ReasonCode | null;
    }
  | { readonly step: 'identity-entry'; readonly run: Run }
  | { readonly step: 'card-photo'; readonly run: Run; readonly hint: CardPhotoPrompt | null }
  | DocumentStep
  | {
      readonly step: 'document-confirm';
      readonly run: Run;
      readonly sides: IdCardSides;
      readonly problem: ConfirmProblem | null;
    }
  | {
      readonly step: 'travel-chip';
      readonly run: Run;
      /** What holds if the chip can't be read. */
      readonly zone: RuledIdentity;
      readonly key: ChipAccessKey;
      readonly progress: ChipProgress;
      readonly problem: ReasonCode | null;
      readonly tries: number;
    }
  /** The rules about risk are being asked; it takes no time that anybody sees. */
  | { readonly step: 'ruling'; readonly run: Run }
  /** A child's card was read: the guardian lays down their own. */
  | {
      readonly step: 'guardian-card';
      readonly run: Run;
      readonly phase: 'searching' | 'found' | 'reading';
      readonly problem: ReasonCode | null;
    }
  | {
      readonly step: 'guardian-consent';
      readonly run: Run;
      readonly guardian: { readonly nameMasked: string; readonly numberMasked: string };
    }
  /** The phone number or the number of the bank card is typed in. */
  | { readonly step: 'element-entry'; readonly run: Run; readonly asks: 'phone' | 'bankCard' }
  /** Which other way to take. */
  | {
      readonly step: 'methods';
      readonly run: Run;
      readonly methods: readonly FallbackMethod[];
      /** Whether the certification can go on where it stood. */
      readonly mayGoBack: boolean;
    }
  /** The person goes on with their own phone; null while the page is being opened. */
  | { readonly step: 'hand-off'; readonly run: Run }
  | { readonly step: 'position'; readonly run: Run; readonly hint: PositionHint | null }
  | { readonly step: 'challenge'; readonly run: Run; readonly challenge: Challenge }
  | { readonly step: 'deciding'; readonly run: Run }
  | { readonly step: 'committing'; readonly run: Run; readonly ending: Ending }
  /** Everything is committed; the verifier, which has the last word, is being waited for. */
  | {
      readonly step: 'awaiting';
      readonly run: Run;
      readonly ending: Ending;
      readonly committed: Committed;
    }
  | {
      readonly step: 'result' | 'other-method';
      readonly run: Run;
      readonly ending: Ending;
      readonly committed: Committed;
      readonly confirmed: boolean;
    }
  | WithdrawalState
  | { readonly step: 'maintenance'; readonly reason: FailureCode };

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

export type FlowStep = FlowState['step'];

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
  | { readonly type: 'back-in-service'; readonly part: 'inference' | 'store' | 'reader' };

/** Work that the reducer asks for. It happens outside of the reducer and comes back as events. */
export type FlowEffect =
  | { readonly type: 'open-capture'; readonly certifyId: string; readonly limits: QualityLimits }
  | { readonly type: 'read-card'; readonly certifyId: string }
  | { readonly type: 'stop-reading' }
  | { readonly type: 'accept-reading'; readonly certifyId: string; readonly sides: IdCardSides }
  | { readonly type: 'read-chip'; readonly certifyId: string; readonly key: ChipAccessKey }
  | { readonly type: 'begin-challenge'; readonly certifyId: string; readonly challenge: Challenge }
  | { readonly type: 'judge'; readonly certifyId: string }
  | { readonly type: 'keep-question'; readonly certifyId: string }
  | { readonly type: 'commit'; readonly run: Run; readonly ending: Ending }
  | { readonly type: 'rule-risk'; readonly certifyId: string }
  | { readonly type: 'read-guardian'; readonly certifyId: string }
  | { readonly type: 'open-hand-off'; readonly certifyId: string }
  | { readonly type: 'close-hand-off'; readonly certifyId: string }
  | { readonly type: 'read-holder'; readonly withdrawalId: string }
  | { readonly type: 'erase-holder'; readonly withdrawalId: string }
  | { readonly type: 'forget-holder'; readonly withdrawalId: string }
  | { readonly type: 'wipe'; readonly certifyId: string };

export interface Step {
  readonly state: FlowState;
  readonly effects: readonly FlowEffect[];
}

/** The certification of a state, if one is running or has just ended. */
export function runOf(state: FlowState): Run | null {
  return 'run' in state ? state.run : null;
}

/** A certification of which nothing is known yet. */
export function newRun(
  begin: Pick<
    Run,
    | 'certifyId'
    | 'scene'
    | 'scheme'
    | 'request'
    | 'online'
    | 'follows'
    | 'startedAtMs'
    | 'attempt'
    | 'typing'
    | 'readsChips'
    | 'stageBeganMs'
    | 'route'
  >,
): Run {
  return {
    ...begin,
    fallback: null,
    refusedFace: false,
    elements: {},
    risk: [],
    riskReview: false,
    ruled: false,
    guardianNeeded: false,
    guardian: null,
    handOff: null,
    consent: null,
    document: null,
    typed: null,
    read: null,
    printedPortrait: null,
    cardPhotoAsked: false,
    documentWarning: null,
    camera: null,
    challenge: null,
    attempts: [],
    cardTries: 0,
    liveness: null,
    comparison: null,
    stagesMs: {},
  };
}
