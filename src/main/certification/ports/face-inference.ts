import type { LivenessSummary, ChallengeAttempt, ComparisonSummary } from '../../../shared/domain/certification.ts';
import type { Challenge, FramedChallenge, ChallengeProgress, DisplayLog } from '../../../shared/domain/challenge.ts';
import type { QualityLimits } from '../../../shared/domain/face-quality.ts';
import type { TerminalCalibration } from '../../../shared/domain/terminal-calibration.ts';
import type { CardPhotoGuidance } from '../../../shared/ipc/card-photo.ts';
import type { FaceBox, PositionHint } from '../../../shared/ipc/kiosk-guidance.ts';
import type { Failure } from '../../../shared/reasons.ts';
import type { Result } from '../../../shared/result.ts';

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
