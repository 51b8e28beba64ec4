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
import type { Scene } from '../../shared/domain/scene.ts';
import type { CardPhotoPrompt } from '../../shared/ipc/card-photo.ts';
import type { PositionHint } from '../../shared/ipc/kiosk.ts';
import type { Failure, FailureCode, ReasonCode, VerdictState } from '../../shared/reasons.ts';
import type { DocumentRuling } from './document-rules.ts';
import type { LivenessRoute } from './liveness-route.ts';
import type { Committed } from './ports.ts';

/** Certifications in a row that one visitor may start from the result screen. */
export const ATTEMPTS_PER_VISIT = 3;
/** Failed reads of one certification before it ends. */
export const CARD_TRIES = 5;

/** What is known of the certification in hand. It lives in memory only and is dropped with the state. */
export interface Run {
  readonly certifyId: string;
  readonly scene: Scene;
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
  | { readonly step: 'position'; readonly run: Run; readonly hint: PositionHint | null }
  | { readonly step: 'challenge'; readonly run: Run; readonly challenge: Challenge }
  | { readonly step: 'deciding'; readonly run: Run }
  | { readonly step: 'committing'; readonly run: Run; readonly ending: Ending }
  | {
      readonly step: 'result' | 'other-method';
      readonly run: Run;
      readonly ending: Ending;
      readonly committed: Committed;
      readonly confirmed: boolean;
    }
  | { readonly step: 'maintenance'; readonly reason: FailureCode };

export type FlowStep = FlowState['step'];

export type FlowEvent =
  | { readonly type: 'start'; readonly run: Run }
  | { readonly type: 'continue' }
  | { readonly type: 'consent'; readonly consent: Consent }
  | { readonly type: 'refuse-consent' }
  | { readonly type: 'other-method' }
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
  | { readonly type: 'retry'; readonly run: Run }
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
  | { readonly type: 'commit'; readonly run: Run; readonly ending: Ending }
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
    'certifyId' | 'scene' | 'startedAtMs' | 'attempt' | 'typing' | 'readsChips' | 'stageBeganMs' | 'route'
  >,
): Run {
  return {
    ...begin,
    consent: null,
    document: null,
    typed: null,
    read: null,
    printedPortrait: null,
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
