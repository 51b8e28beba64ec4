import type {
  ChallengeKind,
  ChallengeProgress,
  DisplayLog,
  FramedChallenge,
  LightChallenge,
  RecordedSession,
} from '../../shared/domain/challenge.ts';
import type { ComparisonOutcome, FaceComparison, PairKind, ThresholdCurve } from '../../shared/domain/comparison.ts';
import type { QualityLimits, QualityReason } from '../../shared/domain/face-quality.ts';
import type { DocumentGuidance, DocumentPage, DocumentReading } from '../../shared/domain/document-reading.ts';
import type { FramedEvidence, LightEvidence, PixelBox } from '../../shared/domain/liveness.ts';
import type { TerminalCalibration } from '../../shared/domain/terminal-calibration.ts';
import type { CardPhotoGuidance } from '../../shared/ipc/card-photo.ts';
import type { BestFrame } from './best-frames.ts';
import type { FaceInspection } from './face-inspection.ts';
import type { ModelId } from './model-manifest.ts';
import type { FaceMeasurements } from './quality.ts';
import type { SeveralFacesComparison } from './several-faces.ts';
import type { VerifierPicture } from './verifier-picture.ts';

/** A box relative to the frame: 0..1, a face at the edge may reach over it. */
export type RelativeBox = PixelBox;

/** What guidance says about one frame. */
export interface FaceGuidance {
  /** Faces about as near as the main one, itself included; passers-by further back don't count. */
  readonly faces: number;
  readonly box: RelativeBox | null;
  /** Eyes, nose tip and corners of the mouth as `[x, y]`, relative to the frame; absent without a face. */
  readonly landmarks?: readonly (readonly [number, number])[];
  /** The one thing to tell the person; steady, so that it does not flicker. */
  readonly hint: QualityReason | null;
  /** The face has been well placed for long enough. */
  readonly ready: boolean;
  /** 0–100. */
  readonly quality: number;
  /** What the quality was judged by; absent without a face. */
  readonly measures?: FaceMeasurements;
}

/** Why a frame is no evidence. */
export type EvidenceRefusal = 'no-face' | 'several-faces' | 'queue-full';

export interface CaptureSummary {
  /** Accepted frames. */
  readonly frames: number;
  readonly framesWithoutFace: number;
  readonly framesWithSeveralFaces: number;
  /** Live score of each accepted frame in order of arrival, 0..1. */
  readonly spoofScores: readonly number[];
  readonly spoofMedian: number | null;
  readonly embeddings: number;
  /** Smallest cosine between two embeddings of the clip; null with fewer than two. */
  readonly continuityMin: number | null;
  /** The neutral frame of the highest quality, of equals the sharpest, as it arrived. */
  readonly best: { readonly jpeg: Uint8Array; readonly quality: number; readonly capturedAtMs: number } | null;
}

export interface PortraitComparison {
  /** False when no face is found in the portrait; the similarities are null then. */
  readonly faceFound: boolean;
  /** Cosine of the portrait and the fused neutral frames. */
  readonly similarity: number | null;
  /** Cosine of the portrait and the best neutral frame alone. */
  readonly bestFrameSimilarity: number | null;
  readonly framesFused: number;
}

export interface CardPortraitAnswer extends CardPhotoGuidance {
  readonly portrait: Uint8Array | null;
}

/** A recorded session of one challenge as files of its folder, `session.json` last. */
export interface RecordedChallengeFiles {
  readonly kind: ChallengeKind;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

interface Capture {
  readonly captureId: string;
}
interface Jpeg extends Capture {
  readonly jpeg: Uint8Array;
  /** On the renderer's monotonic clock, the same as the display log's. */
  readonly capturedAtMs: number;
}

/** The calls that the inference process answers. Every image is a whole JPEG, PNG, WebP or BMP file. */
export type InferenceContract = {
  /** Loads the models and runs each of them once; every other call needs it. Calling it again replaces them. */
  prepare: {
    params: { readonly modelsFolder: string; readonly threads: number };
    result: {
      readonly models: readonly { readonly id: ModelId; readonly sha256: string }[];
      readonly thresholds: readonly ThresholdCurve[];
      /** The voice activity model is among them: digits that are read aloud can be judged. */
      readonly voice: boolean;
      readonly loadMs: number;
    };
  };
  inspect: { params: { readonly image: Uint8Array }; result: FaceInspection };
  /** `b` is the chip portrait when `kind` is `live-chip`. `far` is the rate that `outcome` is decided at. */
  compareImages: {
    params: { readonly a: Uint8Array; readonly b: Uint8Array; readonly kind: PairKind; readonly far: number };
    result: FaceComparison & { readonly outcome: ComparisonOutcome };
  };
  /** Every face of a photo against the main face of `reference`, which is the chip portrait when `kind` is `live-chip`. */
  comparePhotoWithSeveralFaces: {
    params: {
      readonly photo: Uint8Array;
      readonly reference: Uint8Array;
      readonly kind: PairKind;
      readonly far: number;
    };
    result: SeveralFacesComparison;
  };
  /**
   * @param limits what the scene asks of a face, where that differs.
   * @param record keeps copies of everything that challenges are judged by, for `takeRecording`.
   */
  openCapture: { params: Capture & { readonly limits?: QualityLimits; readonly record?: boolean }; result: null };
  /** Zeroes and drops everything that the capture kept. Closing an unknown capture is fine. */
  closeCapture: { params: Capture; result: null };
  guide: { params: Jpeg; result: FaceGuidance };
  addEvidence: {
    params: Jpeg & { readonly phase: 'neutral' | 'light' };
    result: { readonly accepted: true } | { readonly accepted: false; readonly reason: EvidenceRefusal };
  };
  /** A raw crop of one camera frame for the light judge; `face` in pixels of the crop. */
  lightFrame: {
    params: Capture & {
      readonly rgb: Uint8Array;
      readonly width: number;
      readonly height: number;
      readonly face: PixelBox;
      readonly capturedAtMs: number;
    };
    result: null;
  };
  judgeLight: {
    params: Capture & {
      readonly challenge: LightChallenge;
      readonly display: DisplayLog;
      readonly calibration?: TerminalCalibration | null;
    };
    result: LightEvidence;
  };
  /** Starts a challenge that is judged while it runs; drops what an earlier one left. */
  beginChallenge: { params: Capture & { readonly challenge: FramedChallenge }; result: null };
  /** One picture of the running challenge; `face` is relative to it. The answer is what to show now. */
  challengeFrame: { params: Jpeg & { readonly face: RelativeBox }; result: ChallengeProgress };
  /** 16-bit little-endian samples, one channel, 16 kHz; `startedAtMs` of the first, on the frames' clock. */
  challengeAudio: { params: Capture & { readonly pcm: Uint8Array; readonly startedAtMs: number }; result: null };
  /** What the running challenge showed; it ends by this. */
  judgeChallenge: { params: Capture; result: FramedEvidence };
  summarise: { params: Capture; result: CaptureSummary };
  /** Up to `count` (1–10) neutral pictures, the best first, at least 200 ms apart. */
  bestFrames: { params: Capture & { readonly count: number }; result: { readonly frames: readonly BestFrame[] } };
  /**
   * A picture as verifiers take it, JPEG: with `upright` cut 3:4 around its main face, else whole. The picture that was
   * given is zeroed.
   */
  verifierPicture: {
    params: { readonly image: Uint8Array; readonly upright: boolean };
    result: VerifierPicture;
  };
  /**
   * The judged challenges of a capture that was opened with `record`, each as the files of a recorded session, and the
   * end of its recording. `request.invalid` when it was not recorded, or is too large to be kept whole.
   */
  takeRecording: {
    params: Capture & { readonly camera: RecordedSession['camera'] };
    result: { readonly sessions: readonly RecordedChallengeFiles[] };
  };
  /**
   * One picture of a card that is held up; `frame` is where it should lie, relative to the picture. The portrait comes
   * as a PNG file as soon as several pictures in a row agree.
   */
  findCardPortrait: { params: Jpeg & { readonly frame: RelativeBox }; result: CardPortraitAnswer };
  /**
   * Reads one picture of a document; `today` is the local calendar day, for what has expired. Fails with a `document.`
   * code that says what to do, or with `inference.unavailable` where no text models are installed.
   */
  readDocument: {
    params: { readonly image: Uint8Array; readonly page: DocumentPage; readonly today: string };
    result: DocumentReading;
  };
  /** One live picture of the document camera. Watches are told apart by `watchId`; a new page begins anew. */
  watchDocument: {
    params: {
      readonly watchId: string;
      readonly jpeg: Uint8Array;
      readonly page: DocumentPage;
      readonly capturedAtMs: number;
    };
    result: DocumentGuidance;
  };
  /** Forgets a watch. An unknown one is fine. */
  endWatch: { params: { readonly watchId: string }; result: null };
  comparePortrait: { params: Capture & { readonly portrait: Uint8Array }; result: PortraitComparison };
  /** The mean of the neutral frames' embeddings: what `comparePortrait` compares with. `capture.too-few-frames` without. */
  faceTemplate: { params: Capture; result: { readonly template: Float32Array } };
};
