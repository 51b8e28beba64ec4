import type { DocumentPage, DocumentHint } from '../domain/document-reading.ts';
import type { ChipProgress } from '../domain/travel-document.ts';
import type { CardPhotoPrompt } from './card-photo.ts';
import type { ConfirmField, ConfirmProblem } from './document-capture.ts';
import type { Brand } from '../domain/brand.ts';
import type { CameraChallengePlan } from '../domain/camera-challenge.ts';
import type { ChallengeKind, LightChallenge, FramedChallenge } from '../domain/challenge.ts';
import type { HandOffPage } from '../domain/certification.ts';
import type { ReaderForm } from '../domain/peripherals.ts';
import type { FallbackMethod } from '../domain/scene.ts';
import type { KeptOfSubject, VerifierErasure } from '../domain/subject-erasure.ts';
import type { KioskStepPlan } from './kiosk-steps.ts';
import type { VerdictState, ReasonCode, NextStep } from '../reasons.ts';
import type { DemoChoice, CameraSource } from './camera-source.ts';
import type { PositionHint } from './kiosk-guidance.ts';

/** What every screen has. */
interface Base {
  /** Counts up with every change; a renderer ignores a view older than the one it shows. */
  readonly revision: number;
  readonly siteName: string;
  readonly sceneName: string;
  readonly language: 'zh-CN' | 'en';
  readonly elder: boolean;
  /** Controls and picture stand lower, for people who sit; absent where they don't. */
  readonly low?: boolean;
  /** Loudness that the voice begins with, 0..1; absent: as `DEFAULT_PERIPHERALS` has it. */
  readonly volume?: number;
  /** Seconds that the scan for switches stays on each control; absent where only held keys begin it. */
  readonly scanSeconds?: number;
  /** What the card reader of this terminal looks like; absent: a plate. */
  readonly readerForm?: ReaderForm;
  /** Null while no certification runs. */
  readonly certifyId: string | null;
  /** The staff tries the terminal out; absent: no. */
  readonly test?: true;
  /** What the named steps are; absent where they are the usual ones, card and camera. */
  readonly steps?: KioskStepPlan;
  /** Somebody of the staff was called, and comes; absent while nobody was. */
  readonly staffCall?: 'waiting' | 'coming';
  /** What is the customer's own about the look; absent: the product's. */
  readonly brand?: Brand;
  /** Seconds left before the screen is wiped; null while the person is active. */
  readonly idleSecondsLeft: number | null;
  readonly demo: DemoChoice | null;
  /** The picture source to keep warm; null when the camera has to be off (before consent, after the result). */
  readonly camera: CameraSource | null;
}

/** A clip of the running challenge is asked for. */
export interface ClipAsked {
  /** Whether main can encode what the page can't. */
  readonly mainEncodes: boolean;
}

/** The result as the public sees it: never a score, never a whole name or number. */
export interface ResultView {
  readonly state: VerdictState;
  readonly reason: ReasonCode;
  readonly next: NextStep;
  readonly nameMasked: string | null;
  /** Short form for the eye: eight characters of the receipt's hash, grouped. Null when nothing was recorded. */
  readonly receiptNumber: string | null;
  /** Text of the QR code: id and hash, nothing personal. */
  readonly receiptCode: string | null;
  readonly provisional: boolean;
  readonly clearsInSeconds: number;
  readonly mayRetry: boolean;
  /** Whether name and number may be typed in instead of what failed; absent where they may not. */
  readonly mayType?: boolean;
  /** Whether photographing the card can help where the authority's photo could not be used; absent where not. */
  readonly mayUseCard?: boolean;
  /** Whether there are other ways than the clerk; absent where not. */
  readonly hasOtherWays?: boolean;
}

/** What leaves the device, each part with consent of its own. */
export interface ConsentScope {
  /** What is sent to the verifier beside the record, with consent to that; absent where nothing is. */
  readonly sends?: 'identity' | 'face' | 'video';
  /** Whom it is sent to, by name; absent where nobody is set up. */
  readonly recipient?: string;
  /** The face picture goes to the customer's own store, with a consent of its own; absent where not. */
  readonly returnsFace?: boolean;
}

/** Everything that the kiosk window shows, decided by the main process. */
export type KioskView = Base &
  (
    | {
        readonly screen: 'attract';
        /** Whether consent can be withdrawn here; absent where no card can be read. */
        readonly mayWithdraw?: boolean;
        /** A caller's request waits for this visitor; absent where none does. */
        readonly expected?: { readonly orderId: string; readonly nameMasked: string | null };
      }
    | { readonly screen: 'guide' }
    | ({
        readonly screen: 'consent';
        readonly purpose: string;
        /** How whoever processes can be reached; absent: by the staff of this counter. */
        readonly contact?: string;
        readonly retentionDays: number;
        /** Whether the scene keeps pictures beside some records; absent where it keeps none. */
        readonly keepsPictures?: boolean;
        /** Whether a video is among them; absent where there is none. */
        readonly keepsClip?: boolean;
        /** Whether pictures wait for the system that asked for the certification; absent where they don't. */
        readonly keepsForCaller?: boolean;
        readonly legalBasis?: 'consent' | 'contract' | 'legal-duty';
        /** The scheme looks at no face; absent where it does. */
        readonly withoutFace?: boolean;
      } & ConsentScope)
    /** A child's card was read: the guardian's own is waited for. */
    | {
        readonly screen: 'guardian-card';
        readonly phase: 'searching' | 'found' | 'reading';
        readonly problem: ReasonCode | null;
      }
    | ({
        readonly screen: 'guardian-consent';
        readonly nameMasked: string;
        readonly childMasked: string | null;
        /** The scheme looks at no face; absent where it does. */
        readonly withoutFace?: boolean;
      } & ConsentScope)
    /** The phone number or the number of the bank card is typed in; nothing of it is ever sent back to the page. */
    | { readonly screen: 'element-entry'; readonly asks: 'phone' | 'bankCard' }
    /** Which other way to take; the clerk is always one and is not listed. */
    | { readonly screen: 'methods'; readonly methods: readonly FallbackMethod[]; readonly mayGoBack: boolean }
    /** A code to scan with one's own phone; null while the page is being opened. */
    | {
        readonly screen: 'hand-off';
        readonly url: string | null;
        readonly page: HandOffPage | null;
        readonly opened: boolean;
        readonly secondsLeft: number | null;
      }
    /** Everything is taken and kept; the verifier is asked. */
    | {
        readonly screen: 'awaiting';
        readonly nameMasked: string | null;
        /** As on the result; absent or null where nothing was recorded. */
        readonly receiptNumber?: string | null;
        readonly receiptCode?: string | null;
      }
    | {
        readonly screen: 'withdrawal-card';
        readonly phase: 'searching' | 'found' | 'reading';
        readonly problem: ReasonCode | null;
      }
    | { readonly screen: 'withdrawal-review'; readonly kept: KeptOfSubject }
    | { readonly screen: 'withdrawal-erasing' }
    | {
        readonly screen: 'withdrawal-done';
        readonly outcome:
          | {
              readonly kind: 'erased';
              readonly receiptNumber: string;
              readonly receiptCode: string;
              readonly erased: { readonly pictures: number; readonly waiting: number; readonly requests: number };
              readonly remaining: { readonly records: number; readonly untilMs: number | null };
              readonly verifier: VerifierErasure;
            }
          | { readonly kind: 'nothing-kept' }
          | { readonly kind: 'failed'; readonly reason: ReasonCode };
        readonly clearsInSeconds: number;
      }
    | {
        readonly screen: 'card';
        readonly phase: 'searching' | 'found' | 'reading';
        /** Why the last try did not read the card; the person can try again. */
        readonly problem: ReasonCode | null;
        /** Whether name and number may be typed in instead; absent where they may not. */
        readonly mayType?: boolean;
        /** Whether the card's sides may be photographed instead; absent where they may not. */
        readonly mayPhotograph?: boolean;
        /** Whether a passport may be used instead; absent where it may not. */
        readonly mayUseTravelDocument?: boolean;
      }
    /** A document lies before the camera. */
    | {
        readonly screen: 'document-capture';
        readonly page: DocumentPage;
        /** Which picture this is, from 1, of how many. */
        readonly part: number;
        readonly parts: number;
        /** Where the document is looked at; null: with the camera of the face. */
        readonly documentCamera: CameraSource | null;
        readonly hint: DocumentHint | null;
        /** A picture is being read. */
        readonly reading: boolean;
        /** Why the last picture was not used. */
        readonly problem: ReasonCode | null;
        /** A travel document's lower edge may be drawn through a reader instead. */
        readonly maySwipe: boolean;
        /** Whether the card's chip may be read instead; absent where the pictures are asked for. */
        readonly mayUseCard?: boolean;
      }
    /** What was read, for the person to look at and to put right. It is their own card, and it goes when they go on. */
    | {
        readonly screen: 'document-confirm';
        readonly fields: readonly ConfirmField[];
        readonly problem: ConfirmProblem | null;
      }
    /** The chip of a travel document is read. */
    | {
        readonly screen: 'travel-chip';
        readonly progress: ChipProgress;
        /** Why the last try did not read the chip; the person can try again. */
        readonly problem: ReasonCode | null;
      }
    /** Name and number are typed in; nothing of them is ever sent back to the page. */
    | {
        readonly screen: 'identity-entry';
        /** Local calendar day, `YYYY-MM-DD`, for looking at the number while it is typed. */
        readonly today: string;
      }
    | {
        readonly screen: 'card-photo';
        readonly hint: CardPhotoPrompt | null;
      }
    | {
        readonly screen: 'position';
        readonly hint: PositionHint | null;
        readonly nameMasked: string | null;
        /** What comes next, so that the screen can say it and warn of flashing. */
        readonly next: ChallengeKind;
        /** Why another check than usual follows; null when nothing has changed. */
        readonly notice: ReasonCode | null;
        /** Whether the person may ask for a check that doesn't flash. */
        readonly mayAvoidFlashing: boolean;
        /** A change of exposure that the page carries out meanwhile; absent when there is none to do. */
        readonly cameraChallenge?: CameraChallengePlan;
      }
    | {
        readonly screen: 'light';
        readonly challenge: LightChallenge;
        /** Absent where no clip is asked for. */
        readonly clip?: ClipAsked;
      }
    /** A framed challenge; what to do comes with the answers to its frames. */
    | {
        readonly screen: 'challenge';
        readonly kind: FramedChallenge['kind'];
        readonly nonce: string;
        readonly notice: ReasonCode | null;
        readonly clip?: ClipAsked;
      }
    | { readonly screen: 'deciding' }
    | { readonly screen: 'result'; readonly result: ResultView }
    | { readonly screen: 'other-method'; readonly receiptNumber: string | null }
    | { readonly screen: 'maintenance'; readonly reason: ReasonCode }
  );
