import type { Clock } from '../../shared/clock.ts';
import type { CameraChallengeReport } from '../../shared/domain/camera-challenge.ts';
import type { CameraGeometry } from '../../shared/domain/camera-geometry.ts';
import type { CertificationRecord } from '../../shared/domain/certification.ts';
import type { DigitLivenessOffer } from '../../shared/domain/digit-liveness.ts';
import type { IdentityDocument } from '../../shared/domain/document.ts';
import type { Brand } from '../../shared/domain/brand.ts';
import type { Peripherals } from '../../shared/domain/peripherals.ts';
import type { Scene } from '../../shared/domain/scene.ts';
import type { Scheme } from '../../shared/domain/scheme.ts';
import type { StaffCallState } from '../../shared/domain/staff-call.ts';
import type { Site } from '../../shared/domain/site.ts';
import type { CheckOutcome } from '../../shared/domain/verification.ts';
import type { CameraReport } from '../../shared/ipc/kiosk-capture.ts';
import type { CameraSource, DemoChoice } from '../../shared/ipc/camera-source.ts';
import type { KioskAction } from '../../shared/ipc/kiosk-action.ts';
import type { KioskView } from '../../shared/ipc/kiosk-view.ts';
import type { Failure, FailureCode } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { CardPhotoIntake } from './card-photo-intake.ts';
import type { ClipCollection } from './clip-collection.ts';
import type { DocumentIntake } from './document-intake.ts';
import type { FrameIntake } from './frame-intake.ts';
import type { RunningFacts } from './running-facts.ts';
import type { CameraGate } from './ports/camera-gate.ts';
import type { CardReader, ChipReading } from './ports/readers.ts';
import type { ConfirmationDesk, Verifier } from './ports/verifier.ts';
import type { DocumentInference } from './ports/document-inference.ts';
import type { ChallengeIssuer } from './ports/challenge-issuer.ts';
import type { EvidenceKeeper } from './ports/evidence-keeper.ts';
import type { FaceInference } from './ports/face-inference.ts';
import type { FaceReturnDesk } from './ports/face-return-desk.ts';
import type { HandOffDesk } from './ports/hand-off-desk.ts';
import type { RecordStore } from './ports/record-store.ts';
import type { RequestDesk } from './ports/request-desk.ts';
import type { RiskDesk } from './ports/risk-desk.ts';
import type { StartTimer } from './ports/start-timer.ts';
import type { SubjectDesk } from './ports/subject-desk.ts';

/** What the kiosk is set to at the moment; read anew for every certification. */
export interface KioskConfiguration {
  /** The scene of whoever walks up. */
  readonly scene: Scene;
  /** Another one, for a caller's request; undefined where there is none of this id. */
  readonly findScene: (sceneId: string) => Scene | undefined;
  /** A preset or a composed scheme; undefined where there is none of this id. */
  readonly findScheme: (schemeId: string) => Scheme | undefined;
  /** Whom face and identity are sent to, as the notice names them; null where nobody is set up. */
  readonly recipient: string | null;
  readonly site: Site;
  readonly camera: CameraSource;
  /** Null where the lens is not known: the limits of distance are then those that come with the program. */
  readonly cameraGeometry: CameraGeometry | null;
  readonly demo: DemoChoice | null;
  /** The camera for documents; null: the one for faces. */
  readonly documentCamera: CameraSource | null;
  /** A reader for ID cards is set up; whether it works is another matter. */
  readonly readsCards: boolean;
  /** A reader for chips of travel documents is set up. */
  readonly readsChips: boolean;
  /** A reader for machine-readable zones is set up. */
  readonly readsSwipes: boolean;
  /** Loudspeaker, the reader's form and switches; absent: as everywhere. */
  readonly peripherals?: Peripherals;
  /** The customer's look; absent: the product's. */
  readonly brand?: Brand;
  /** What reading digits aloud can prove here. */
  readonly digits: (language: 'zh-CN' | 'en') => DigitLivenessOffer;
}

export interface CertificationDependencies {
  readonly clock: Clock;
  readonly startTimer: StartTimer;
  readonly newCertifyId: (nowMs: number) => string;
  /** Local calendar day, `YYYY-MM-DD`. */
  readonly today: () => string;
  readonly isNumberValid: (document: IdentityDocument) => boolean;
  readonly cardReader: CardReader;
  readonly inference: FaceInference;
  readonly documents: DocumentInference;
  readonly chips: ChipReading;
  readonly challenges: ChallengeIssuer;
  readonly store: RecordStore;
  readonly verifier: Verifier;
  readonly evidence: EvidenceKeeper;
  readonly confirmation: ConfirmationDesk;
  readonly risk: RiskDesk;
  readonly requests: RequestDesk;
  readonly handOffs: HandOffDesk;
  readonly subjects: SubjectDesk;
  readonly faceReturns: FaceReturnDesk;
  readonly camera: CameraGate;
  /** Whether somebody of the staff was called and comes; absent: nobody can be called. */
  readonly staffCall?: () => StaffCallState;
  readonly configuration: () => KioskConfiguration;
  readonly appVersion: string;
}

export interface CertificationService extends FrameIntake, CardPhotoIntake, DocumentIntake {
  view(): KioskView;
  /** The certification in hand, for the staff's own window; null while none is. */
  running(): RunningFacts | null;
  /** A copy of its portrait, where the staff may see it. */
  portraitForStaff(certifyId: string): Uint8Array | null;
  onView(listener: (view: KioskView) => void): void;
  /** Called with every record as soon as it is committed. */
  onRecord(listener: (record: CertificationRecord) => void): void;
  act(
    action: Exclude<KioskAction, { type: 'open-admin' | 'open-clerk' | 'call-staff' | 'demo-choose' }>,
  ): Result<null, Failure>;
  /**
   * Begins a certification that tries the terminal out, in the scene of whoever walks up: done as for a visitor, and
   * nothing of it leaves this device.
   *
   * @returns its id; `setup.not-idle` while the kiosk isn't on its first screen; `setup.untestable`; or why none begins
   */
  startTest(): Result<string, Failure>;
  reportCamera(report: CameraReport): void;
  cameraFrame(certifyId: string, nonce: string, frame: { rgb: Uint8Array; capturedAtMs: number }): void;
  cameraAnswered(certifyId: string, report: CameraChallengeReport): void;
  challengeAborted(certifyId: string, nonce: string, code: FailureCode): void;
  /** What the page recorded of a challenge; it may come until the evidence of the certification is kept. */
  takeClip: ClipCollection['take'];
  /** The verifier has confirmed a record; a result on screen loses its "provisional". */
  confirmed(certifyId: string): void;
  /** The verifier's answer about a record is kept; a result on screen follows it. */
  decided(certifyId: string, outcome: Pick<CheckOutcome, 'state' | 'reason'>): void;
  /** The kiosk page has crashed or hangs: the certification in hand ends undecided. */
  screenLost(detail: string): void;
  outOfService(reason: FailureCode): void;
  backInService(part: 'inference' | 'store' | 'reader' | 'kiosk'): void;
  /** Settings have changed: shows them. */
  refresh(): void;
  /** The application ends: the certification in hand is recorded as cancelled, and nothing comes after it. */
  close(): void;
}
