import type {
  CameraChecks,
  CertificationRecord,
  ChallengeAttempt,
  ComparisonSummary,
  LivenessSummary,
} from '../../shared/domain/certification.ts';
import type { Challenge, ChallengeProgress, DisplayLog, FramedChallenge } from '../../shared/domain/challenge.ts';
import type { ClipMoment, RecordedClip } from '../../shared/domain/clip.ts';
import type { DocumentGuidance, DocumentPage, DocumentReading } from '../../shared/domain/document-reading.ts';
import type { ChipAccessKey, ChipDocument, ChipProgress } from '../../shared/domain/travel-document.ts';
import type { IdentityDocument } from '../../shared/domain/document.ts';
import type { CameraChallengePlan, CameraChallengeReport } from '../../shared/domain/camera-challenge.ts';
import type { CameraSign } from '../../shared/domain/camera-identity.ts';
import type { QualityLimits } from '../../shared/domain/face-quality.ts';
import type { LivenessPart } from '../../shared/domain/liveness-mode.ts';
import type { CertificationRequest, RequestInputs } from '../../shared/domain/certification-request.ts';
import type { NewFaceReturn } from '../../shared/domain/face-return.ts';
import type { HandOffState, OpenHandOff } from '../../shared/domain/hand-off.ts';
import type { RiskRuling } from '../../shared/domain/risk.ts';
import type { Scene } from '../../shared/domain/scene.ts';
import type { KeptOfSubject } from '../../shared/domain/subject-erasure.ts';
import type { Check } from '../../shared/domain/verification.ts';
import type { NewCheck } from '../../shared/protocol/check-delivery.ts';
import type { SignedReceipt } from '../../shared/domain/receipt.ts';
import type { TerminalCalibration } from '../../shared/domain/terminal-calibration.ts';
import type { CardPhotoGuidance } from '../../shared/ipc/card-photo.ts';
import type { CameraReport, FaceBox, PositionHint } from '../../shared/ipc/kiosk.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { BoundRequest, DeletionSlip, Run } from './flow-state.ts';

/** The card reader as a certification needs it. */
export interface CardReader {
  /** Waits for a card and reads it. Aborting ends the wait; the result is then ignored. */
  read(
    signal: AbortSignal,
    onProgress: (phase: 'searching' | 'found' | 'reading') => void,
  ): Promise<Result<IdentityDocument, Failure>>;
  /** Whether a card that was found before lies there: it may have to be lifted before anything can be read. */
  isOccupied(): Promise<boolean>;
  /** The card of the last read: still there, gone, or exchanged for `other`; `unknown` when the reader can't tell. */
  presence(): Promise<'same' | 'other' | 'gone' | 'unknown'>;
  /** The SAM id of the reader in use, for the record. */
  identity(): string | null;
}

export interface GuideAnswer {
  readonly faces: number;
  readonly box: FaceBox | null;
  readonly hint: PositionHint | null;
  readonly ready: boolean;
}

/** The inference process as a certification needs it: one capture per certification, wiped when closed. */
export interface FaceInference {
  /**
   * @param limits what the scene asks of a face, where that differs.
   * @param record keeps what challenges are judged by, so that it can be kept as evidence.
   */
  openCapture(captureId: string, limits: QualityLimits, record: boolean): Promise<Result<null, Failure>>;
  closeCapture(captureId: string): Promise<Result<null, Failure>>;
  guide(captureId: string, frame: { jpeg: Uint8Array; capturedAtMs: number }): Promise<Result<GuideAnswer, Failure>>;
  addEvidence(
    captureId: string,
    frame: { jpeg: Uint8Array; capturedAtMs: number; phase: 'neutral' | 'light' },
  ): Promise<Result<{ accepted: boolean; reason?: string }, Failure>>;
  addLightFrame(captureId: string, frame: LightFrame): Promise<Result<null, Failure>>;
  /** Weighs everything that the capture holds against the challenge that was issued for it. */
  judge(
    captureId: string,
    challenge: Challenge,
    context: JudgeContext,
  ): Promise<Result<{ liveness: LivenessSummary; attempt: ChallengeAttempt }, Failure>>;
  /** Starts a challenge that is judged while it runs. */
  beginChallenge(captureId: string, challenge: FramedChallenge): Promise<Result<null, Failure>>;
  /** One picture of the running challenge; what to show now. */
  challengeFrame(captureId: string, frame: ChallengeFrame): Promise<Result<ChallengeProgress, Failure>>;
  challengeAudio(captureId: string, sound: { pcm: Uint8Array; startedAtMs: number }): Promise<Result<null, Failure>>;
  /** Looks for the portrait of a card that is held up; several pictures have to agree. */
  findCardPortrait(captureId: string, frame: CardPhotoFrame): Promise<Result<CardPhotoAnswer, Failure>>;
  /** Compares the capture with a portrait at the false-accept rate `far`. `no-face`: none found in the portrait. */
  compare(
    captureId: string,
    portrait: Uint8Array,
    far: number,
  ): Promise<Result<ComparisonSummary | { outcome: 'no-face' }, Failure>>;
}

/** The inference process as it reads documents. */
export interface DocumentInference {
  /** One live picture; a watch belongs to a certification and ends with it. */
  watch(
    watchId: string,
    page: DocumentPage,
    frame: { readonly jpeg: Uint8Array; readonly capturedAtMs: number },
  ): Promise<Result<DocumentGuidance, Failure>>;
  endWatch(watchId: string): Promise<unknown>;
  /** @param today local calendar day, `YYYY-MM-DD`. */
  read(image: Uint8Array, page: DocumentPage, today: string): Promise<Result<DocumentReading, Failure>>;
}

/** The readers of travel documents' chips as a certification needs them. */
export interface ChipReading {
  /** Waits for a document and reads it whole. Aborting ends the wait; the result is then ignored. */
  read(
    key: ChipAccessKey,
    signal: AbortSignal,
    onProgress: (progress: ChipProgress) => void,
  ): Promise<Result<ChipDocument, Failure>>;
}

export interface CardPhotoFrame {
  readonly jpeg: Uint8Array;
  /** Where the card should lie, relative to the picture. */
  readonly frame: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly capturedAtMs: number;
}

export interface CardPhotoAnswer extends CardPhotoGuidance {
  /** The portrait as a picture file, as soon as pictures enough agree. */
  readonly portrait: Uint8Array | null;
}

/** What a judge needs beside the frames. */
export interface JudgeContext {
  /** When the colours of a light challenge were shown; empty for other kinds. */
  readonly display: DisplayLog;
  readonly calibration: TerminalCalibration | null;
  /** Nothing else than this challenge is asked for. */
  readonly alone: boolean;
}

export interface ChallengeFrame {
  readonly jpeg: Uint8Array;
  /** Relative to the picture. */
  readonly face: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly capturedAtMs: number;
}

export interface LightFrame {
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly face: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly capturedAtMs: number;
}

export interface ChallengeRequest {
  readonly certifyId: string;
  readonly scene: Scene;
  readonly part: LivenessPart;
  /** The language that digits are read in. */
  readonly language: 'zh-CN' | 'en';
  /** The person has asked for large text and more time. */
  readonly elder: boolean;
}

/** Issues challenges from a cryptographic random source; each nonce is used once. */
export interface ChallengeIssuer {
  issue(request: ChallengeRequest): Challenge;
}

/** What a committed record gives back for the screen. */
export interface Committed {
  readonly receipt: SignedReceipt;
  /** SHA-256 of the receipt's canonical body, hex. */
  readonly receiptHash: string;
}

/** What is committed in one transaction with a record. */
export interface CommittedWith {
  /** The question to the verifier. */
  readonly check?: NewCheck;
  /** The face picture that goes to the customer's own store. */
  readonly faceReturn?: NewFaceReturn;
}

export interface RecordStore {
  /**
   * One durable transaction: record, receipt, audit entry, outbox row and what goes with it; a request that the record
   * belongs to is submitted with it. On failure nothing is left behind.
   */
  commit(record: CertificationRecord, also?: CommittedWith): Result<Committed, Failure>;
  /** HMAC of a document number under this device's key, hex. */
  subjectKey(number: string): string;
}

/** One change of exposure, measured by what the pictures show. */
export interface CameraTrial {
  readonly plan: CameraChallengePlan;
  see(frame: { readonly rgb: Uint8Array; readonly capturedAtMs: number }): void;
  /** `refusal`: why the attempt may not go on; null where it may. */
  judge(
    report: CameraChallengeReport,
    lagMs: number | null,
  ): {
    readonly outcome: NonNullable<CameraChecks['exposure']>;
    readonly refusal: Failure | null;
  };
}

/** Watches the raw pictures of an attempt for what a sensor never does. */
export interface FrameWatch {
  see(frame: { readonly rgb: Uint8Array; readonly capturedAtMs: number }): void;
  evidence(): { readonly signs: readonly CameraSign[] };
}

/** Knows the terminal's camera. */
export interface CameraGate {
  /**
   * Whether the opened camera may be used, and what the terminal has learned about it. Fails with `camera.virtual` or
   * `camera.changed`. A simulated camera is no device and only looked up in the calibration.
   */
  examine(
    opened: Extract<CameraReport, { type: 'ready' }>,
    simulated: boolean,
  ): Promise<
    Result<{ readonly calibration: TerminalCalibration | null; readonly signs: readonly CameraSign[] }, Failure>
  >;
  beginTrial(): CameraTrial;
  watchFrames(): FrameWatch;
}

/** What was learned of somebody's documents, for the caller who has asked for the certification. */
export interface DocumentMaterial {
  /** By our names: what the chip, the card's pictures, the person or the caller said; empty where nobody is known. */
  readonly fields: Readonly<Record<string, string>>;
  /** The photographed sides, upright and rectified, still encoded; null where none were taken. */
  readonly front: Uint8Array | null;
  readonly back: Uint8Array | null;
}

/** An ended certification whose pictures may be kept. */
export interface EndedCapture {
  readonly record: CertificationRecord;
  readonly scene: Scene;
  /** The chip's portrait, or the printed one that took its place, still encoded. */
  readonly portrait: Uint8Array | null;
  /** Null where no caller has asked for the certification. The pictures are overwritten once everything is kept. */
  readonly documents: DocumentMaterial | null;
  readonly camera: { readonly width: number; readonly height: number; readonly label: string } | null;
  /**
   * The clip of the last challenge as soon as it is there, which is a moment after the challenge; null when none
   * comes. Null itself where neither the scene nor a caller wants it.
   */
  readonly clip: (() => Promise<RecordedClip | null>) | null;
}

/** Keeps what a scene keeps beside the record. Whatever fails here leaves the record as it is. */
export interface EvidenceKeeper {
  /** Settles when everything is kept or could not be; the capture is closed after that. */
  keep(ended: EndedCapture): Promise<void>;
  /** Whether clips can be encoded here, for a page that can't. */
  encodesClips(): boolean;
}

/** A certification whose verdict the verifier shall confirm, while its capture is still open. */
export interface AskedConfirmation {
  readonly certifyId: string;
  readonly check: Check;
  /** Null where nobody is identified. */
  readonly identity: { readonly name: string; readonly number: string } | null;
  readonly validity?: { readonly from: string; readonly to: string };
  readonly phone?: string;
  readonly bankCard?: string;
  /** What a caller gave; taken where the capture has nothing of its own. */
  readonly given?: RequestInputs;
  /** The portrait that the face was compared with; null where there was none. */
  readonly portrait: Uint8Array | null;
  /** The clip of the last challenge, where the check needs one. */
  readonly clip: (() => Promise<RecordedClip | null>) | null;
  /** When the person blinked because that challenge asked for it, on the clock of the clip's `startedAtMs`. */
  readonly blink?: ClipMoment;
}

/** Prepares what the verifier is asked beside keeping the record. */
export interface ConfirmationDesk {
  /** Why no certification may begin: too much waits for the verifier already. Null: one may. */
  refusal(): Failure | null;
  /** Collects the check's materials and keeps them encrypted, so that a commit can refer to them. */
  prepare(asked: AskedConfirmation): Promise<Result<NewCheck, Failure>>;
  /** Destroys materials that no record refers to. */
  discard(certifyId: string): Promise<void>;
}

/** The cloud side as the flow sees it. */
export interface Verifier {
  /** Whether the last exchange with the verifier succeeded lately enough for scenes that forbid deciding offline. */
  online(): boolean;
  /** A challenge will follow: the verifier's part of it can be fetched meanwhile. */
  expect(certifyId: string): void;
  /** Sends what waits in the outbox as soon as possible. */
  kick(): void;
}

/** Timers as a dependency. Returns how to cancel. */
export type StartTimer = (run: () => void, delayMs: number) => () => void;

/** The rules about risk, asked at three moments. All answer from this device alone. */
export interface RiskDesk {
  /** Before anything is asked of a person; also where the terminal's own limits are reached. */
  atStart(sceneId: string): Result<RiskRuling, Failure>;
  /**
   * Who it is is known. Fails with `attempts.person-day`, `identity.already-used` or a store failure; a count that can't
   * be read is a failure and never zero.
   */
  atIdentity(run: Pick<Run, 'certifyId' | 'scene'>, subjectKey: string): Result<RiskRuling, Failure>;
  /** The face is known to be alive. `subjectKey`: null where nobody was identified. */
  atFace(run: Pick<Run, 'certifyId' | 'scene'>, subjectKey: string | null): Promise<Result<RiskRuling, Failure>>;
}

/** Requests of callers. */
export interface RequestDesk {
  /** The request that waits for the next visitor, put there by the staff; null: none. */
  called(): CertificationRequest | null;
  /**
   * Takes a request for a certification, once. Fails with `request.unknown`, `request.expired`, `request.used`,
   * `request.passed` or `scene.changed`.
   */
  begin(requestId: string, certifyId: string): Result<BoundRequest, Failure>;
}

/** Opens a page on which a person finishes with their own phone. */
export interface HandOffDesk {
  /** Whether one can be opened for this certification as things are; why not. */
  refusal(run: Pick<Run, 'scene' | 'scheme'>): Failure | null;
  /** Fails with `handoff.unavailable` or a verifier's code. */
  open(
    run: Run,
    identity: { readonly name: string; readonly number: string } | null,
  ): Promise<Result<OpenHandOff, Failure>>;
  look(opened: OpenHandOff): Promise<Result<HandOffState, Failure>>;
  /** Nobody waits for it any more: the page says so, and what it took is destroyed. */
  close(opened: OpenHandOff): Promise<void>;
}

/** What is kept of one person, and its erasure. */
export interface SubjectDesk {
  kept(subjectKey: string): Result<KeptOfSubject, Failure>;
  /** Erases here in one go, tells the verifier as soon as it can be reached, and signs what was done. */
  erase(subjectKey: string, why: 'withdrawn' | 'operator'): Promise<Result<DeletionSlip, Failure>>;
}

/** Pictures for the customer's own store. */
export interface FaceReturnDesk {
  /** Whether a destination is set up. */
  ready(): boolean;
  /** Keeps the capture's best picture encrypted until it was sent, so that a commit can refer to it. */
  prepare(certifyId: string): Promise<Result<NewFaceReturn, Failure>>;
  discard(certifyId: string): Promise<void>;
}
