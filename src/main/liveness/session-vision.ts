import type { DisplayLog, FramedChallenge, LightChallenge } from '../../shared/domain/challenge.ts';
import type { FramedEvidence, LightEvidence, LightFrame, PixelBox } from '../../shared/domain/liveness.ts';
import type { TerminalCalibration } from '../../shared/domain/terminal-calibration.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { SessionFolder } from './recorded-session.ts';

/** A decoded frame: sRGB, three bytes a pixel. */
export interface SessionFrame {
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** What a whole capture says beside its challenge. */
export interface ClipSummary {
  readonly spoofScores: readonly number[];
  readonly spoofMedian: number | null;
  readonly continuityMin: number | null;
  readonly framesWithoutFace: number;
  readonly framesWithSeveralFaces: number;
}

interface Picture {
  readonly jpeg: Uint8Array;
  readonly capturedAtMs: number;
}

/** One capture as the kiosk's own inference process runs it; it takes the same pictures in the same order. */
export interface ReplayCapture {
  addEvidence(picture: Picture & { readonly phase: 'neutral' | 'light' }): Promise<Result<unknown, Failure>>;
  addLightFrame(frame: LightFrame, busy: boolean): Promise<void>;
  judgeLight(challenge: LightChallenge, display: DisplayLog, calibration: TerminalCalibration | null): LightEvidence;
  beginChallenge(challenge: FramedChallenge): void;
  /** `face` is relative to the picture. */
  challengeFrame(picture: Picture & { readonly face: PixelBox }): Promise<Result<unknown, Failure>>;
  challengeAudio(pcm: Uint8Array, startedAtMs: number): Promise<Result<unknown, Failure>>;
  judgeChallenge(): Promise<FramedEvidence>;
  summarise(): Promise<ClipSummary>;
  wipe(): void;
}

/** What a replay needs of the models, plugged in by whoever starts it. */
export interface SessionVision {
  decode(image: Uint8Array): Promise<Result<SessionFrame, Failure>>;
  /** The main face and how many count; null without a face. */
  locateFace(frame: SessionFrame): Promise<{ readonly box: PixelBox; readonly faces: number } | null>;
  /** Live score 0–1 and unit-length embedding of the main face; null without a face. */
  lookAt(frame: SessionFrame): Promise<{ readonly liveScore: number; readonly embedding: Float32Array } | null>;
  openCapture(): ReplayCapture;
}

/** Fails with `request.invalid`, naming the file, where it is missing. */
export async function readImage(folder: SessionFolder, file: string): Promise<Result<Uint8Array, Failure>> {
  const image = await folder.read(file);
  return image ? ok(image) : err(failure('request.invalid', `${file} can't be read`));
}

/** A picture of a recorded session, decoded. Fails as `readImage` and `decode` do. */
export async function readFrame(
  folder: SessionFolder,
  vision: SessionVision,
  file: string,
): Promise<Result<SessionFrame, Failure>> {
  const image = await readImage(folder, file);
  return image.ok ? vision.decode(image.value) : image;
}
