import type { Challenge, DisplayLog, FramedChallenge, LightChallenge } from '../../shared/domain/challenge.ts';
import type { LightFrame, PixelBox } from '../../shared/domain/liveness.ts';
import type { TerminalCalibration } from '../../shared/domain/terminal-calibration.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { RelativeBox } from './contract.ts';
import { encodePng, sizeOfPicture } from './image-codec.ts';

/** What one capture may keep; a longer one is not kept at all, because a part of it would replay to something else. */
export const MAX_RECORDING_BYTES = 60_000_000;

/** One challenge as it was played, with everything that it was judged by. */
export interface ChallengeRecording {
  readonly challenge: Challenge;
  readonly display: DisplayLog;
  readonly calibration: TerminalCalibration | null;
  readonly frames: readonly {
    readonly image: Uint8Array;
    readonly extension: 'png' | 'jpg';
    readonly capturedAtMs: number;
    readonly face: PixelBox;
    /** Frames queued up when it came, so that fewer meshes were made. */
    readonly busy?: boolean;
  }[];
  readonly evidence: readonly EvidencePicture[];
  readonly sound: readonly SoundPiece[];
}

interface EvidencePicture {
  readonly image: Uint8Array;
  readonly capturedAtMs: number;
  readonly phase: 'neutral' | 'light';
}

interface SoundPiece {
  readonly pcm: Uint8Array;
  readonly startedAtMs: number;
  /** Frames that had come before it. */
  readonly afterFrames: number;
}

interface FramedPicture {
  readonly jpeg: Uint8Array;
  readonly capturedAtMs: number;
  readonly face: RelativeBox;
}

/** Keeps copies of what a capture is given, so that it can be judged again. */
export interface SessionRecorder {
  evidence(frame: {
    readonly jpeg: Uint8Array;
    readonly capturedAtMs: number;
    readonly phase: 'neutral' | 'light';
  }): void;
  lightFrame(frame: LightFrame, busy: boolean): void;
  /** A light challenge has been judged by all frames so far. */
  lightJudged(challenge: LightChallenge, display: DisplayLog, calibration: TerminalCalibration | null): void;
  challengeBegun(challenge: FramedChallenge): void;
  challengeFrame(frame: FramedPicture): void;
  challengeSound(pcm: Uint8Array, startedAtMs: number): void;
  challengeJudged(): void;
  /**
   * The judged challenges in order, light frames as PNG, and the end of the recording.
   *
   * @returns `request.invalid` when it became too large
   */
  take(): Promise<Result<readonly ChallengeRecording[], Failure>>;
  /** Zeroes and drops all that was kept. */
  wipe(): void;
}

type RecordedCrop = Omit<LightFrame, 'mesh'> & { readonly busy: boolean };
type JudgedLight = Pick<ChallengeRecording, 'challenge' | 'display' | 'calibration'>;
interface FramedPart {
  readonly challenge: FramedChallenge;
  readonly frames: FramedPicture[];
  readonly sound: SoundPiece[];
}
type Judged = { readonly frameCount: number; readonly evidenceCount: number } & (
  { readonly kind: 'light'; readonly light: JudgedLight } | { readonly kind: 'framed'; readonly framed: FramedPart }
);

/**
 * A recorder with nothing kept.
 *
 * @param maxBytes of pictures, pixels and sound together; with the first byte beyond, all of it is zeroed and dropped.
 */
export function createSessionRecorder(maxBytes = MAX_RECORDING_BYTES): SessionRecorder {
  const pictures: EvidencePicture[] = [];
  const crops: RecordedCrop[] = [];
  const judged: Judged[] = [];
  const copies: Uint8Array[] = [];
  let running: FramedPart | null = null;
  let bytes = 0;
  let isTooLarge = false;

  const wipe = (): void => {
    for (const copy of copies) copy.fill(0);
    copies.length = pictures.length = crops.length = judged.length = bytes = 0;
    running = null;
  };
  /** Copies bytes whose owner zeroes them; null once the recording is too large. */
  const kept = (original: Uint8Array): Uint8Array | null => {
    bytes += original.length;
    if (bytes > maxBytes) {
      isTooLarge = true;
      wipe();
    }
    if (isTooLarge) return null;
    const copy = new Uint8Array(original);
    copies.push(copy);
    return copy;
  };

  return {
    evidence: ({ jpeg, capturedAtMs, phase }) => {
      const image = kept(jpeg);
      if (image) pictures.push({ image, capturedAtMs, phase });
    },
    lightFrame: ({ rgb, width, height, face, capturedAtMs }, busy) => {
      const copy = kept(rgb);
      if (copy) crops.push({ rgb: copy, width, height, face, capturedAtMs, busy });
    },
    lightJudged: (challenge, display, calibration) => {
      if (isTooLarge) return;
      const light = { challenge, display, calibration };
      judged.push({ kind: 'light', light, frameCount: crops.length, evidenceCount: pictures.length });
    },
    challengeBegun: (challenge) => void (running = { challenge, frames: [], sound: [] }),
    challengeFrame: ({ jpeg, capturedAtMs, face }) => {
      const copy = kept(jpeg);
      if (copy) running?.frames.push({ jpeg: copy, capturedAtMs, face });
    },
    challengeSound: (pcm, startedAtMs) => {
      const copy = kept(pcm);
      if (copy) running?.sound.push({ pcm: copy, startedAtMs, afterFrames: running.frames.length });
    },
    challengeJudged: () => {
      if (running && !isTooLarge) {
        judged.push({ kind: 'framed', framed: running, frameCount: 0, evidenceCount: pictures.length });
      }
      running = null;
    },
    take: async () => {
      if (isTooLarge) return err(failure('request.invalid', `the recording is larger than ${maxBytes} bytes`));
      const recordings: ChallengeRecording[] = [];
      for (const part of judged) {
        const evidence = copiesOf(pictures.slice(0, part.evidenceCount));
        if (part.kind === 'framed') recordings.push({ ...(await framedRecording(part.framed)), evidence });
        else recordings.push({ ...part.light, evidence, ...(await lightFrames(crops.slice(0, part.frameCount))) });
      }
      wipe();
      return ok(recordings);
    },
    wipe,
  };
}

/** What is handed on must survive the wiping. */
function copiesOf(pictures: readonly EvidencePicture[]): readonly EvidencePicture[] {
  return pictures.map((picture) => ({ ...picture, image: new Uint8Array(picture.image) }));
}

async function lightFrames(crops: readonly RecordedCrop[]): Promise<Pick<ChallengeRecording, 'frames' | 'sound'>> {
  const frames: ChallengeRecording['frames'][number][] = [];
  for (const { face, capturedAtMs, busy, ...pixels } of crops) {
    frames.push({ image: await encodePng(pixels), extension: 'png', capturedAtMs, face, ...(busy && { busy }) });
  }
  return { frames, sound: [] };
}

async function framedRecording({
  challenge,
  frames,
  sound,
}: FramedPart): Promise<Omit<ChallengeRecording, 'evidence'>> {
  const kept: ChallengeRecording['frames'][number][] = [];
  for (const { jpeg, capturedAtMs, face } of frames) {
    const size = await sizeOfPicture(jpeg);
    // A picture that can't be decoded was refused by the judge too.
    if (size === null) continue;
    const { width, height } = size;
    const inPixels = { x: face.x * width, y: face.y * height, width: face.width * width, height: face.height * height };
    kept.push({ image: new Uint8Array(jpeg), extension: 'jpg', capturedAtMs, face: inPixels });
  }
  const copied = sound.map((piece) => ({ ...piece, pcm: new Uint8Array(piece.pcm) }));
  return { challenge, display: [], calibration: null, frames: kept, sound: copied };
}
