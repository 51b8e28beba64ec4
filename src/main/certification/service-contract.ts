import type { Clock } from '../../shared/clock.ts';
import type { CameraChallengeReport } from '../../shared/domain/camera-challenge.ts';
import type { CameraGeometry } from '../../shared/domain/camera-geometry.ts';
import type { CertificationRecord } from '../../shared/domain/certification.ts';
import type { DigitLivenessOffer } from '../../shared/domain/digit-liveness.ts';
import type { IdentityDocument } from '../../shared/domain/document.ts';
import type { Scene } from '../../shared/domain/scene.ts';
import type { Scheme } from '../../shared/domain/scheme.ts';
import type { Site } from '../../shared/domain/site.ts';
import type { CheckOutcome } from '../../shared/domain/verification.ts';
import type { CameraReport, CameraSource, DemoChoice, KioskAction, KioskView } from '../../shared/ipc/kiosk.ts';
import type { Failure, FailureCode } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { CardPhotoIntake } from './card-photo-intake.ts';
import type { ClipCollection } from './clip-collection.ts';
import type { DocumentIntake } from './document-intake.ts';
import type { FrameIntake } from './frame-intake.ts';
import type {
  CameraGate,
  CardReader,
  ConfirmationDesk,
  ChipReading,
  DocumentInference,
  ChallengeIssuer,
  EvidenceKeeper,
  FaceInference,
  FaceReturnDesk,
  HandOffDesk,
  RecordStore,
  RequestDesk,
  RiskDesk,
  StartTimer,
  SubjectDesk,
  Verifier,
} from './ports.ts';

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
  readonly configuration: () => KioskConfiguration;
  readonly appVersion: string;
}

export interface CertificationService extends FrameIntake, CardPhotoIntake, DocumentIntake {
  view(): KioskView;
  onView(listener: (view: KioskView) => void): void;
  /** Called with every record as soon as it is committed. */
  onRecord(listener: (record: CertificationRecord) => void): void;
  act(action: Exclude<KioskAction, { type: 'open-admin' | 'demo-choose' }>): Result<null, Failure>;
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
  backInService(part: 'inference' | 'store' | 'reader'): void;
  /** Settings have changed: shows them. */
  refresh(): void;
  /** The application ends: the certification in hand is recorded as cancelled, and nothing comes after it. */
  close(): void;
}
