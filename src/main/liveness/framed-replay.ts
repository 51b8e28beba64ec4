import {
  challengeSchema,
  recordedAudioSchema,
  type FramedChallenge,
  type RecordedAudio,
  type RecordedSession,
} from '../../shared/domain/challenge.ts';
import type { FramedEvidence } from '../../shared/domain/liveness.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { decideFramed, type FramedDecision } from './framed-decision.ts';
import { captureFaults } from './judge.ts';
import type { SessionFolder } from './recorded-session.ts';
import { readFrame, readImage, type ReplayCapture, type SessionVision } from './session-vision.ts';

export interface FramedJudgement extends FramedDecision {
  readonly evidence: FramedEvidence;
}

type Piece = RecordedAudio['pieces'][number];

function invalid(detail: string): Result<never, Failure> {
  return err(failure('request.invalid', detail));
}

function framedChallengeOf({ challenge }: RecordedSession): Result<FramedChallenge, Failure> {
  const parsed = challengeSchema.safeParse(challenge);
  if (!parsed.success) return invalid(`the ${challenge.kind} challenge is incomplete`);
  return parsed.data.kind === 'light' ? invalid('a light challenge has no prompts') : ok(parsed.data);
}

function audioOf({ audio }: RecordedSession): Result<readonly Piece[], Failure> {
  if (audio === undefined) return ok([]);
  const parsed = recordedAudioSchema.safeParse(audio);
  return parsed.success ? ok(parsed.data.pieces) : invalid('the audio is not described');
}

async function hear(
  folder: SessionFolder,
  capture: ReplayCapture,
  pieces: readonly Piece[],
): Promise<Result<null, Failure>> {
  for (const { file, startedAtMs } of pieces) {
    const pcm = await readImage(folder, file);
    if (!pcm.ok) return pcm;
    const heard = await capture.challengeAudio(pcm.value, startedAtMs);
    if (!heard.ok) return heard;
  }
  return ok(null);
}

async function replayInto(
  capture: ReplayCapture,
  folder: SessionFolder,
  session: RecordedSession,
  vision: SessionVision,
): Promise<Result<null, Failure>> {
  const pieces = audioOf(session);
  if (!pieces.ok) return pieces;
  for (const [i, { file, capturedAtMs, face }] of session.frames.entries()) {
    const heard = await hear(
      folder,
      capture,
      pieces.value.filter((piece) => piece.afterFrames === i),
    );
    if (!heard.ok) return heard;
    if (!face) return invalid(`${file} does not say where the face is`);
    const jpeg = await readImage(folder, file);
    if (!jpeg.ok) return jpeg;
    const size = await readFrame(folder, vision, file);
    if (!size.ok) return size;
    const { width, height } = size.value;
    const relative = { x: face.x / width, y: face.y / height, width: face.width / width, height: face.height / height };
    // What the kiosk refused is refused again and counts for nothing.
    await capture.challengeFrame({ jpeg: jpeg.value, capturedAtMs, face: relative });
  }
  return hear(
    folder,
    capture,
    pieces.value.filter((piece) => piece.afterFrames >= session.frames.length),
  );
}

/** Judges a recorded action, digits or silent session by the kiosk's own judge. */
export async function replayFramed(
  folder: SessionFolder,
  session: RecordedSession,
  vision: SessionVision,
): Promise<Result<FramedJudgement, Failure>> {
  const challenge = framedChallengeOf(session);
  if (!challenge.ok) return challenge;
  const capture = vision.openCapture();
  try {
    for (const { file, capturedAtMs, phase } of session.evidence ?? []) {
      const jpeg = await readImage(folder, file);
      if (!jpeg.ok) return jpeg;
      const added = await capture.addEvidence({ jpeg: jpeg.value, capturedAtMs, phase });
      if (!added.ok) return added;
    }
    capture.beginChallenge(challenge.value);
    const replayed = await replayInto(capture, folder, session, vision);
    if (!replayed.ok) return replayed;
    const evidence = await capture.judgeChallenge();
    const { spoofMedian, spoofScores, continuityMin, ...frames } = await capture.summarise();
    const { severalFaces } = captureFaults(frames);
    const findings = { spoofMedian, spoofFrames: spoofScores.length, continuityMin, severalFaces };
    return ok({ ...decideFramed(evidence, findings), evidence });
  } finally {
    capture.wipe();
  }
}
