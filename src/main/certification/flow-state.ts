import type { Challenge } from '../../shared/domain/challenge.ts';
import type { DocumentHint } from '../../shared/domain/document-reading.ts';
import type { ChipAccessKey, ChipProgress } from '../../shared/domain/travel-document.ts';
import type { ConfirmProblem } from '../../shared/ipc/document-capture.ts';
import type { FrontReading, IdCardSides } from './id-card-confirmation.ts';
import type { RuledIdentity } from './read-identity.ts';
import type { FallbackMethod } from '../../shared/domain/scene.ts';
import type { CardPhotoPrompt } from '../../shared/ipc/card-photo.ts';
import type { PositionHint } from '../../shared/ipc/kiosk-guidance.ts';
import type { ReasonCode, FailureCode } from '../../shared/reasons.ts';
import type { Committed } from './ports/record-store.ts';
import type { Run } from './run.ts';
import type { WithdrawalState } from './withdrawal-state.ts';

/** Failed reads of one certification before it ends. */
export const CARD_TRIES = 5;

/** Where the screen goes once the record of an ended certification is committed. */
export type AfterCommit = 'result' | 'other-method' | 'attract';

/** Why a certification ends, and where the screen goes then. */
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

/** Where the kiosk stands. */
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

export type FlowStep = FlowState['step'];

/** The certification of a state, if one is running or has just ended. */
export function runOf(state: FlowState): Run | null {
  return 'run' in state ? state.run : null;
}
