import type {
  Consent,
  ChallengeAttempt,
  LivenessSummary,
  ComparisonSummary,
  Stage,
} from '../../shared/domain/certification.ts';
import type { Challenge } from '../../shared/domain/challenge.ts';
import type { IdentityDocument, TypedIdentity } from '../../shared/domain/document.ts';
import type { ReadIdentity } from './read-identity.ts';
import type { RequestInputs } from '../../shared/domain/certification-request.ts';
import type { OpenHandOff, HandOffState } from '../../shared/domain/hand-off.ts';
import type { RiskFinding } from '../../shared/domain/risk.ts';
import type { Scene, FallbackMethod } from '../../shared/domain/scene.ts';
import type { Scheme } from '../../shared/domain/scheme.ts';
import type { ReasonCode } from '../../shared/reasons.ts';
import type { LivenessRoute } from './liveness-route.ts';

/** What is known of the certification in hand. It lives in memory only and is dropped with the state. */
export interface Run {
  readonly certifyId: string;
  readonly scene: Scene;
  /** The scene's, or that of the other way which was taken. */
  readonly scheme: Scheme;
  /** The other way that was taken; null on the scene's own. */
  readonly fallback: { readonly from: string; readonly method: FallbackMethod } | null;
  /** It tries the terminal out: nothing of it leaves the device. */
  readonly test: boolean;
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
  > &
    Partial<Pick<Run, 'test'>>,
): Run {
  return {
    ...begin,
    test: begin.test ?? false,
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
